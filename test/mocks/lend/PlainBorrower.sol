// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @notice The least that takes a flash loan: for measuring. Answers every call that it does not know as ERC-3156 asks.
contract PlainBorrower {
    /// @dev keccak256("ERC3156FlashBorrower.onFlashLoan")
    bytes32 private constant _ANSWER = 0x439148f0bbc682ca079e46d6e2c2f0c1e3b820f1a291b069d8882abf8cf18dd9;

    function approve(IERC20 token, address spender) external {
        token.approve(spender, type(uint256).max);
    }

    fallback() external {
        assembly {
            mstore(0, _ANSWER)
            return(0, 32)
        }
    }
}
