// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice Who holds a discount on the taker fee.
interface IFeeDiscount {
    /// @return The discount of `account`, in millionths of the fee. More than a million counts as a million.
    function discountOf(address account) external view returns (uint256);
}
