// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice What a liquidator implements to pay with what it seized.
interface ILiquidationCallback {
    /// @notice Called after the collateral has arrived and before `repaid` of the debt's asset is pulled from the caller.
    /// @param repaid assets of pool `debtId` that will be pulled
    /// @param seized shares or assets of pool `collateralId` that were received
    /// @return This function's selector.
    function onLiquidation(
        uint256 debtId,
        uint256 collateralId,
        uint256 repaid,
        uint256 seized,
        bytes calldata data
    ) external returns (bytes4);
}
