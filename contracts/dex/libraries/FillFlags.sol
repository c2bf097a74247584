// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice Bits of `FillOptions.flags`.
library FillFlags {
    /// @dev Every leg takes exactly its `takeAmount`, or the call reverts.
    uint256 internal constant FILL_OR_KILL = 1 << 0;
    /// @dev A call that finds nothing to fill returns zeroes instead of reverting.
    uint256 internal constant IMMEDIATE_OR_CANCEL = 1 << 1;
    /// @dev Ask for the caller's discount on the taker fee.
    uint256 internal constant USE_DISCOUNT = 1 << 2;
}
