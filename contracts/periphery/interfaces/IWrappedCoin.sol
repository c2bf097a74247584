// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice The chain's own coin as an ERC-20.
interface IWrappedCoin {
    /// @notice Wraps the value sent for the caller.
    function deposit() external payable;

    /// @notice Unwraps `amount` of the caller's and sends it to the caller.
    function withdraw(uint256 amount) external;
}
