// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice The one ERC-20 call that Solady's `SafeTransferLib` lacks: a `transfer` that may fail.
library TokenLib {
    /// @notice Sends `amount` of `token` to `to`.
    /// @return success False when the token reverted, returned something other than true, or has no code.
    /// @dev Assembly, so that what the token returns beyond one word is not copied: a hostile token cannot make the
    /// caller pay for a long answer. The call is laid out over the scratch space, as Solady does.
    function tryTransfer(address token, address to, uint256 amount) internal returns (bool success) {
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            mstore(0x14, to)
            mstore(0x34, amount)
            // The selector of `transfer(address,uint256)`, just before `to`.
            mstore(0x00, 0xa9059cbb000000000000000000000000)
            success := call(gas(), token, 0, 0x10, 0x44, 0x00, 0x20)
            if iszero(and(eq(mload(0x00), 1), success)) {
                // Not a plain `true`: right only if the token has code and answered nothing at all.
                success := lt(or(iszero(extcodesize(token)), returndatasize()), success)
            }
            // The upper half of `amount` lay over the free memory pointer's.
            mstore(0x34, 0)
        }
    }
}
