// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice What a sweep owes to the owners of the orders it filled: a list in memory that ends with a zero payee.
/// @dev The value points at an entry of two words: payee, amount. Assembly, because the bounds checks of an array took a
/// tenth of what an order of a sweep costs to fill; `allocate` reserves the most entries there can be and the end.
type PaymentList is uint256;

using PaymentListLib for PaymentList global;

library PaymentListLib {
    /// @return list Room for `count` payments, all zero.
    function allocate(uint256 count) internal pure returns (PaymentList list) {
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            list := mload(0x40)
            let size := shl(6, add(count, 1))
            // Past the end, call data reads as zero.
            calldatacopy(list, calldatasize(), size)
            mstore(0x40, add(list, size))
        }
    }

    /// @notice Adds `amount` to what the current entry owes, or opens the next entry when the payee is another.
    /// @dev At most `count` calls of which none has a zero payee.
    /// @return current The entry that was added to.
    function owe(PaymentList self, uint256 payee, uint256 amount) internal pure returns (PaymentList current) {
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            current := self
            let open := mload(current)
            if iszero(eq(open, payee)) {
                if open {
                    current := add(current, 0x40)
                }
                mstore(current, payee)
            }
            let owed := add(current, 0x20)
            mstore(owed, add(mload(owed), amount))
        }
    }

    /// @return payee Zero at the end of the list.
    /// @return amount What is owed to it.
    function read(PaymentList self) internal pure returns (uint256 payee, uint256 amount) {
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            payee := mload(self)
            amount := mload(add(self, 0x20))
        }
    }

    function next(PaymentList self) internal pure returns (PaymentList) {
        return PaymentList.wrap(PaymentList.unwrap(self) + 0x40);
    }
}
