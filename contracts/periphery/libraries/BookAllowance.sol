// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeTransferLib} from "solady/src/utils/SafeTransferLib.sol";

/// @notice Allowances of the periphery to the order book.
/// @dev Without limit, and left standing: the order book takes tokens from its caller only, so nobody else can use
/// them, and the periphery holds nothing between calls. Once a token, which saves each later call an approval.
library BookAllowance {
    /// @notice Lets `book` take `amount` of `token` from this contract.
    /// @dev Tokens that answer nothing, and those that want a zero between two allowances, are served.
    function ensure(address token, address book, uint256 amount) internal {
        if (IERC20(token).allowance(address(this), book) < amount) {
            SafeTransferLib.safeApproveWithRetry(token, book, type(uint256).max);
        }
    }
}
