// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title Reads what a token says of itself, whatever the token does
/// @notice Never deployed: its creation is passed to `eth_call`, and what it returns is the answer. Each question has
/// a gas limit and at most `ANSWER` bytes of each answer are copied, so that a token that reverts, loops or returns
/// megabytes cannot make the call fail. An error of the call is then always the node's.
/// Answer: for symbol, name and decimals in turn one word with the bytes returned (0 for none) and `ANSWER` bytes.
contract TokenProbe {
    uint256 private constant _GAS = 100_000;
    uint256 private constant _ANSWER = 160;

    constructor(address token) {
        bytes memory answers = new bytes(3 * (32 + _ANSWER));
        _ask(token, 0x95d89b41, answers, 0);
        _ask(token, 0x06fdde03, answers, 1);
        _ask(token, 0x313ce567, answers, 2);
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            return(add(answers, 0x20), mload(answers))
        }
    }

    function _ask(address token, bytes4 selector, bytes memory answers, uint256 index) private view {
        uint256 offset = 32 + index * (32 + _ANSWER);
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            mstore(0x00, selector)
            if staticcall(_GAS, token, 0x00, 0x04, 0x00, 0x00) {
                let size := returndatasize()
                if gt(size, _ANSWER) {
                    size := _ANSWER
                }
                let at := add(answers, offset)
                mstore(at, size)
                returndatacopy(add(at, 0x20), 0x00, size)
            }
        }
    }
}
