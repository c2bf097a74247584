// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice One payer's part of a payment, in one word: payer 160 | beyond 1 | amount 95 (high to low).
/// beyond: the payer itself signed, so free and thawing funds pay what the reservation does not.
library DueWord {
    /// @dev The largest amount, in units of USDC.
    uint256 internal constant MOST = type(uint96).max >> 1;

    uint256 private constant _BEYOND = 1 << 95;

    /// @dev `amount` must be at most `MOST`.
    function pack(address payer, uint256 amount, bool beyond) internal pure returns (uint256) {
        return (uint256(uint160(payer)) << 96) | (beyond ? _BEYOND : 0) | amount;
    }

    function payerOf(uint256 due) internal pure returns (address) {
        return address(uint160(due >> 96));
    }

    function amountOf(uint256 due) internal pure returns (uint256) {
        return due & MOST;
    }

    function isBeyond(uint256 due) internal pure returns (bool) {
        return due & _BEYOND != 0;
    }
}
