// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Test} from "../support/Test.sol";

/// @notice Reads packed vectors field by field.
abstract contract VectorReader is Test {
    struct Cursor {
        bytes data;
        uint256 at;
    }

    /// @return value The big-endian number in the next `size` bytes.
    function _next(Cursor memory cursor, uint256 size) internal pure returns (uint256 value) {
        (bytes memory data, uint256 at) = (cursor.data, cursor.at);
        assembly ("memory-safe") {
            value := shr(sub(256, mul(8, size)), mload(add(add(data, 0x20), at)))
        }
        cursor.at = at + size;
    }

    function _skip(Cursor memory cursor, uint256 size) internal pure {
        cursor.at += size;
    }

    function _message(string memory what, uint256 index) internal pure returns (string memory) {
        return string.concat(what, " ", vm.toString(index));
    }
}
