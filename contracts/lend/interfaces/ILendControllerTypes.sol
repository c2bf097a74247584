// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IPriceOracle} from "../../oracle/interfaces/IPriceOracle.sol";

/// @notice Types, events and errors of the controller. Values are in 1e18 USD, factors in basis points, health in 1e18.
interface ILendControllerTypes {
    /// @param collateralFactor what a unit of collateral lets borrow
    /// @param threshold what it counts for when health is measured
    /// @param closeFactor most of one debt that one liquidation repays
    /// @param isolated as collateral only alone, and only for debts marked for it
    /// @param isolationDebt may be borrowed by accounts with isolated collateral
    struct AssetParameters {
        uint256 collateralFactor;
        uint256 threshold;
        uint256 closeFactor;
        bool isolated;
        bool isolationDebt;
    }

    /// @param pool of the asset
    /// @param decimals of the asset
    /// @param bonus of a liquidation, 1e18
    /// @param loweredAt when the threshold was lowered last
    struct AssetInfo {
        address pool;
        uint256 decimals;
        uint256 bonus;
        uint256 loweredAt;
        AssetParameters parameters;
    }

    /// @param debtId whose debt is repaid
    /// @param collateralId whose collateral is seized
    /// @param maxRepay most assets to pay
    /// @param minSeized least shares or assets to receive
    /// @param receiver of what is seized; zero for the caller
    /// @param asShares receives uTokens instead of the asset
    /// @param data when not empty, `ILiquidationCallback.onLiquidation` of the caller is called with it between seizing and
    /// paying
    struct Liquidation {
        address borrower;
        uint256 debtId;
        uint256 collateralId;
        uint256 maxRepay;
        uint256 minSeized;
        address receiver;
        bool asShares;
        bytes data;
    }

    /// @notice What a liquidation comes to.
    /// @param repaid assets of the debt
    /// @param assets of the collateral for the liquidator
    /// @param protocolAssets of the collateral for insurance and treasury
    /// @param takesAll nothing of this collateral is left
    /// @param strikesOff nothing of any collateral is left: what remains of all debts is bad
    struct Plan {
        uint256 repaid;
        uint256 assets;
        uint256 protocolAssets;
        bool takesAll;
        bool strikesOff;
    }

    /// @notice An account over all pools, at the prices that count against it.
    /// @param collateral value of all that is switched on
    /// @param power what it lets borrow
    /// @param threshold what it counts for in health
    /// @param debt value of all debts
    /// @param health threshold / debt, 1e18; the largest number without debt
    /// @param quality the worst of the prices
    struct AccountHealth {
        uint256 collateral;
        uint256 power;
        uint256 threshold;
        uint256 debt;
        uint256 health;
        IPriceOracle.Quality quality;
    }

    /// @notice `liquidator` repaid `repaid` of `borrower`'s debt and received `seized`, shares or assets.
    event Liquidated(
        address indexed borrower,
        address indexed liquidator,
        uint256 indexed debtId,
        uint256 collateralId,
        uint256 repaid,
        uint256 seized,
        uint256 protocolAssets,
        bool asShares
    );
    /// @notice `pool` of `asset` is number `id`.
    event AssetListed(uint256 indexed id, address indexed asset, address indexed pool);
    /// @notice The parameters of asset `id`.
    event AssetSet(uint256 indexed id, AssetParameters parameters);
    /// @notice Reserves are swept to `treasury`.
    event TreasurySet(address indexed treasury);

    /// @notice Thrown when `caller` is not the pool that it says.
    error NotPool(address caller);
    /// @notice Thrown when a risk would grow, or a liquidation run, on a price that is not good enough.
    error PriceNotFresh(address asset, IPriceOracle.Quality quality);
    /// @notice Thrown when `debt` would stand on a borrowing power of `power` only.
    error Undercollateralised(uint256 power, uint256 debt);
    /// @notice Thrown when isolated collateral would stand beside another, or behind a debt not marked for it.
    error IsolationBroken(uint256 id);
    /// @notice Thrown when asset `id` cannot be collateral.
    error NotCollateral(uint256 id);
    /// @notice Thrown when a pool refuses new risk and `account` has no debt that a deposit there would secure.
    error NoDebtToSecure(address account);
    /// @notice Thrown when `account` cannot be liquidated.
    error AccountHealthy(address account, uint256 health);
    /// @notice Thrown when liquidations wait until `from` (seconds).
    error LiquidationTooEarly(uint256 from);
    /// @notice Thrown when a liquidation would leave `debtLeft` and `collateralLeft` of value, less than `minimum` of one.
    error LeavesDust(uint256 debtLeft, uint256 collateralLeft, uint256 minimum);
    /// @notice Thrown when a liquidation would repay nothing and end nothing.
    error NothingToLiquidate();
    /// @notice Thrown when an account would liquidate itself.
    error SelfLiquidation();
    /// @notice Thrown when a liquidation brings `seized`, below the least that the liquidator takes.
    error SeizedTooLittle(uint256 seized, uint256 minimum);
    /// @notice Thrown when a callback does not answer with its selector.
    error CallbackRefused(address caller);
    /// @notice Thrown when lists differ in length.
    error LengthMismatch(uint256 one, uint256 other);
    /// @notice Thrown when there is no asset `id`.
    error UnknownId(uint256 id);
    /// @notice Thrown when a parameter is outside of its bounds.
    error OutOfBounds(uint256 value, uint256 limit);
    /// @notice Thrown when a threshold was lowered less than 7 days ago: again from `allowedAt` on.
    error LoweredTooSoon(uint256 allowedAt);
    /// @notice Thrown when a pool does not fit: another controller, id or decimals.
    error InvalidPool(address pool);
    /// @notice Thrown when an address that must not be zero is.
    error InvalidAccount(address account);
}
