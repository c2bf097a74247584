// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice Questions that cannot make the asker fail, whatever the asked contract does.
library SafeRead {
    /// @dev What one answer may cost.
    uint256 internal constant GAS = 3_000_000;
    /// @dev With so much left, the asked contract gets all of `GAS` after the 64th that stays behind: no answer is then its
    /// own fault, and never that of who called with too little.
    uint256 internal constant GAS_NEEDED = 3_100_000;

    /// @notice Thrown when so little gas is left that an answer could be missing for that alone.
    error NotEnoughGas(uint256 left, uint256 needed);

    /// @param words least length of the answer, in words
    /// @return answered whether `answer` can be decoded into so many unsigned integers
    function ask(
        address target,
        bytes memory question,
        uint256 words
    ) internal view returns (bool answered, bytes memory answer) {
        if (gasleft() < GAS_NEEDED) revert NotEnoughGas(gasleft(), GAS_NEEDED);
        // A long answer costs who gives it as much as it costs to copy, so the gas bounds it.
        (answered, answer) = target.staticcall{gas: GAS}(question);
        answered = answered && answer.length >= words * 32;
    }

    /// @return answered false, and zero, when there is no answer
    function askNumber(address target, bytes memory question) internal view returns (bool answered, uint256 number) {
        bytes memory answer;
        (answered, answer) = ask(target, question, 1);
        if (answered) number = abi.decode(answer, (uint256));
    }
}
