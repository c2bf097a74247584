// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice The 16 flag bits of an order.
/// @dev Low to high: six switches, one free, the binary logarithm of the minimum fill in 7 bits, two free.
library OrderFlags {
    /// @dev Set by the contract: the order was transferred at least once; its owner is stored.
    uint256 internal constant TRANSFERRED = 1 << 0;
    /// @dev Set by the contract: an ERC-721 approval is stored.
    uint256 internal constant APPROVED = 1 << 1;
    /// @dev Set by the contract: only one taker may fill; it is stored.
    uint256 internal constant PRIVATE = 1 << 2;
    /// @dev Set by the contract: the amount is released over time; the schedule is stored.
    uint256 internal constant RELEASED = 1 << 3;
    /// @dev Maker's choice, needs `createMany`: fills are recorded by the pair's observer.
    uint256 internal constant OBSERVED = 1 << 4;
    /// @dev Maker's choice: a fill reverts unless the payee's balance grows by exactly what is owed.
    uint256 internal constant EXACT_PAYMENT = 1 << 5;

    uint256 internal constant MIN_FILL_SHIFT = 7;
    uint256 internal constant MIN_FILL_MASK = 0x7f;
    /// @dev Maker's choice: a fill takes everything or nothing. The minimum fill, 2^127 units, is then more than any order
    /// holds, and what remains may always be taken whole.
    uint256 internal constant ALL_OR_NONE = MIN_FILL_MASK << MIN_FILL_SHIFT;

    /// @dev What makes a fill look beyond the order's two words.
    uint256 internal constant RARE = TRANSFERRED | PRIVATE | RELEASED;
    /// @dev What a maker may set at creation without the rare features.
    uint256 internal constant SIMPLE = EXACT_PAYMENT | ALL_OR_NONE;
    /// @dev What a maker may set at creation with them.
    uint256 internal constant ALL = SIMPLE | OBSERVED;

    /// @return The least a fill may take unless it takes all that remains: a power of two, in units of the sold token.
    function minFill(uint256 flags) internal pure returns (uint256) {
        return 1 << ((flags >> MIN_FILL_SHIFT) & MIN_FILL_MASK);
    }
}
