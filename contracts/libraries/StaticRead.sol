// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice Asks a view of another contract of this project, with one word, for an answer of a fixed number of words, and
/// puts these on the stack. The compiler would allocate memory for them and check and copy each.
/// @dev For contracts that are fixed at deployment, and answers whose every value is a valid one: nothing but the length is
/// checked, and one that is too short counts as a failed call. What a failed call returned is passed on.
library StaticRead {
    function one(address target, bytes4 selector, uint256 argument) internal view returns (uint256 a) {
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            // Both fit the scratch space.
            mstore(0x00, selector)
            mstore(0x04, argument)
            if iszero(and(gt(returndatasize(), 0x1f), staticcall(gas(), target, 0x00, 0x24, 0x00, 0x20))) {
                returndatacopy(mload(0x40), 0, returndatasize())
                revert(mload(0x40), returndatasize())
            }
            a := mload(0x00)
        }
    }

    function three(
        address target,
        bytes4 selector,
        uint256 argument
    ) internal view returns (uint256 a, uint256 b, uint256 c) {
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            // Behind what is allocated: nothing else is, until the words are taken.
            let memory_ := mload(0x40)
            mstore(memory_, selector)
            mstore(add(memory_, 0x04), argument)
            if iszero(and(gt(returndatasize(), 0x5f), staticcall(gas(), target, memory_, 0x24, memory_, 0x60))) {
                returndatacopy(memory_, 0, returndatasize())
                revert(memory_, returndatasize())
            }
            a := mload(memory_)
            b := mload(add(memory_, 0x20))
            c := mload(add(memory_, 0x40))
        }
    }

    function five(
        address target,
        bytes4 selector,
        uint256 argument
    ) internal view returns (uint256 a, uint256 b, uint256 c, uint256 d, uint256 e) {
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            // As above.
            let memory_ := mload(0x40)
            mstore(memory_, selector)
            mstore(add(memory_, 0x04), argument)
            if iszero(and(gt(returndatasize(), 0x9f), staticcall(gas(), target, memory_, 0x24, memory_, 0xa0))) {
                returndatacopy(memory_, 0, returndatasize())
                revert(memory_, returndatasize())
            }
            a := mload(memory_)
            b := mload(add(memory_, 0x20))
            c := mload(add(memory_, 0x40))
            d := mload(add(memory_, 0x60))
            e := mload(add(memory_, 0x80))
        }
    }
}
