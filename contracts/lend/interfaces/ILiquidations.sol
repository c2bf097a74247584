// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IBatchFlashBorrower} from "./IBatchFlashBorrower.sol";
import {ILendControllerTypes} from "./ILendControllerTypes.sol";

/// @notice Liquidation, and flash loans from several pools at once.
interface ILiquidations is ILendControllerTypes {
    /// @notice Repays part or all of an unhealthy account's debt and takes collateral with a bonus for it. The caller must
    /// have approved the debt's pool.
    /// @return repaid assets of the debt that were paid
    /// @return seized shares or assets of the collateral that were received
    function liquidate(Liquidation calldata order) external returns (uint256 repaid, uint256 seized);

    /// @return What `liquidate` would do now, or the reason why not as its revert.
    function previewLiquidation(
        address borrower,
        uint256 debtId,
        uint256 collateralId,
        uint256 maxRepay
    ) external view returns (Plan memory);

    /// @notice Lends `amounts` of the pools `ids` to `receiver` for the length of one callback. `receiver` must have
    /// approved each pool for amount and fee.
    function flashLoanBatch(
        IBatchFlashBorrower receiver,
        uint256[] calldata ids,
        uint256[] calldata amounts,
        bytes calldata data
    ) external;
}
