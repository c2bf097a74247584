// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice Passes a call that a contract does not know to another one, over the same storage. Where to is fixed at
/// deployment: this divides a contract by how often its parts are used; it cannot upgrade it.
abstract contract PassTo {
    /// @dev For the end of a fallback: does not return.
    function _passTo(address target) internal {
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            let memory_ := mload(0x40)
            calldatacopy(memory_, 0, calldatasize())
            let success := delegatecall(gas(), target, memory_, calldatasize(), 0, 0)
            returndatacopy(memory_, 0, returndatasize())
            if iszero(success) {
                revert(memory_, returndatasize())
            }
            return(memory_, returndatasize())
        }
    }

    /// @dev As `_passTo`, with `word` behind the call: what the target cannot know of this contract.
    function _passWith(address target, address word) internal {
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            let memory_ := mload(0x40)
            calldatacopy(memory_, 0, calldatasize())
            mstore(add(memory_, calldatasize()), word)
            let success := delegatecall(gas(), target, memory_, add(calldatasize(), 0x20), 0, 0)
            returndatacopy(memory_, 0, returndatasize())
            if iszero(success) {
                revert(memory_, returndatasize())
            }
            return(memory_, returndatasize())
        }
    }
}
