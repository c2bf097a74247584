// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @notice The least that takes a flash loan: has approved the lender, and answers every callback with one word.
contract FlashBorrower {
    bytes32 private immutable _ANSWER;

    /// @notice Thrown when the lender refuses.
    error LoanFailed(bytes reason);

    constructor(IERC20 token, address lender, bytes32 answer) {
        token.approve(lender, type(uint256).max);
        _ANSWER = answer;
    }

    /// @notice Asks for a loan, where it must be the borrower who does.
    function start(address lender, bytes calldata data) external {
        // solhint-disable-next-line avoid-low-level-calls
        (bool success, bytes memory reason) = lender.call(data);
        if (!success) revert LoanFailed(reason);
    }

    fallback() external {
        bytes32 answer = _ANSWER;
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            mstore(0, answer)
            return(0, 32)
        }
    }
}
