// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ILendControllerTypes} from "../../lend/interfaces/ILendControllerTypes.sol";
import {IUTokenTypes} from "../../lend/interfaces/IUTokenTypes.sol";
import {IPriceOracle} from "../../oracle/interfaces/IPriceOracle.sol";

/// @notice Cheap batch reads of lending: one `eth_call` for a keeper's watch list or a page's dashboard.
/// @dev A pool or a price that gives no answer is said to give none, and spoils nothing else. Values are in 1e18 USD, health
/// in 1e18.
interface ILendLens {
    /// @notice An account over all pools.
    /// @param collateralBits bit `id` is set where the account's shares are collateral
    /// @param debtBits bit `id` is set where the account owes
    /// @param unreadable bit `id` is set where the pool gave no answer: it is missing in all values
    /// @param collateral value at the prices that count against the account; likewise `power` and `debt`
    /// @param power what the collateral lets borrow
    /// @param debt value of all debts
    /// @param health at the prices that count against the account; the largest number without debt
    /// @param healthInFavour at the prices that favour it: the account can be liquidated when this is below 1. As it counts at
    /// `liquidatableFrom`, or now where that has passed: collateral whose price is not good for liquidations then counts twice
    /// @param liquidatableFrom the first second at which the oracle lets the account be liquidated: all debts have a price for
    /// it, and one collateral to seize; the largest number when a price or a pool forbids it. A pool's own grace after a pause
    /// is in its market's `pausedUntil`
    /// @param quality the worst of the prices
    struct AccountView {
        address account;
        uint256 collateralBits;
        uint256 debtBits;
        uint256 unreadable;
        uint256 collateral;
        uint256 power;
        uint256 debt;
        uint256 health;
        uint256 healthInFavour;
        uint256 liquidatableFrom;
        IPriceOracle.Quality quality;
    }

    /// @notice A pool with its price.
    /// @param asset zero when the pool did not say
    /// @param info what the controller knows of it
    /// @param price halted when the oracle gave no answer
    /// @param lastPrice the oracle's last one, asked for while `price` is halted or a fallback; zero when there is none
    /// @param priceAge seconds since the source last updated the price; the largest number when it never did
    /// @param readable whether the pool answered everything; what it did not answer is zero
    /// @param totals with interest up to now
    /// @param supplied assets that all shares are worth
    /// @param borrowRate a year, 1e18; likewise `supplyRate`
    /// @param supplyCap in whole tokens; likewise `borrowCap`
    /// @param flashFee in millionths
    /// @param pausedUntil new risk is refused until then, seconds; liquidations wait 15 minutes longer
    struct MarketView {
        uint256 id;
        address asset;
        ILendControllerTypes.AssetInfo info;
        IPriceOracle.Quote price;
        uint256 lastPrice;
        uint256 priceAge;
        bool readable;
        IUTokenTypes.Totals totals;
        uint256 supplied;
        uint256 borrowRate;
        uint256 supplyRate;
        IUTokenTypes.RateModel model;
        uint256 reserveFactorBps;
        uint256 supplyCap;
        uint256 borrowCap;
        uint256 flashFee;
        uint256 pausedUntil;
    }

    /// @notice An account in one pool, in assets.
    /// @param readable whether pool and controller answered everything; what they did not answer is zero
    /// @param isCollateral whether the shares are switched on as collateral
    /// @param shares uTokens held
    /// @param supplied what they are worth, rounded down
    /// @param debt rounded up
    /// @param withdrawable what could be withdrawn now: for the account's debts, and for the pool's cash
    /// @param borrowable what could be borrowed now: for the account's power, the pool's cash and cap, prices, pauses and
    /// isolation; up to a few units too little
    /// @param wallet what the account holds of the asset
    struct PositionView {
        uint256 id;
        bool readable;
        bool isCollateral;
        uint256 shares;
        uint256 supplied;
        uint256 debt;
        uint256 withdrawable;
        uint256 borrowable;
        uint256 wallet;
    }

    /// @notice The health of many accounts.
    function accounts(address[] calldata list) external view returns (AccountView[] memory);

    /// @notice Every market.
    function markets() external view returns (MarketView[] memory);

    /// @notice Every market, and the account in each of them.
    function dashboard(
        address account
    )
        external
        view
        returns (MarketView[] memory allMarkets, AccountView memory summary, PositionView[] memory positions);
}
