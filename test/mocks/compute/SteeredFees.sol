// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice Says what fees the platform ever had, as it is told.
contract SteeredFees {
    uint256 public feesCollected;

    function setFees(uint256 fees) external {
        feesCollected = fees;
    }
}
