// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice Says what fees the platform ever had, as it is told; out of two words, as the escrow does.
contract SteeredFees {
    uint256 private _swept;
    uint256 private _waiting;

    function setFees(uint256 fees) external {
        (_swept, _waiting) = (fees / 2, fees - fees / 2);
    }

    function feesCollected() external view returns (uint256) {
        return _swept + _waiting;
    }
}
