// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeTransferLib} from "solady/src/utils/SafeTransferLib.sol";

import {IGuardianPausable} from "../access/IGuardianPausable.sol";
import {ILendController} from "../lend/interfaces/ILendController.sol";
import {ILendControllerTypes} from "../lend/interfaces/ILendControllerTypes.sol";
import {IUTokenAdmin} from "../lend/interfaces/IUTokenAdmin.sol";
import {IUTokenCore} from "../lend/interfaces/IUTokenCore.sol";
import {IUTokenExtension} from "../lend/interfaces/IUTokenExtension.sol";
import {IUTokenTypes} from "../lend/interfaces/IUTokenTypes.sol";
import {AccountBitsLib} from "../lend/libraries/AccountBits.sol";
import {LendMath} from "../lend/libraries/LendMath.sol";
import {IPriceOracle} from "../oracle/interfaces/IPriceOracle.sol";
import {ILendLens} from "./interfaces/ILendLens.sol";
import {SafeRead} from "./libraries/SafeRead.sol";

/// @title Batch reads of lending
/// @notice No state, no rights: for `eth_call`. Each price is asked once a call, however many accounts use it, and the values
/// are those of the controller, rounding included; tests hold the two against each other.
/// Liveness: pools and the oracle are asked through `SafeRead`; what they answer is bounded before it is reckoned with.
contract LendLens is ILendLens {
    using AccountBitsLib for uint256;
    using LendMath for uint256;

    uint256 private constant _NEVER = type(uint256).max;
    uint256 private constant _NO_PRICE = type(uint128).max;
    /// @dev Beyond all that can be borrowed; times the units of a token it still fits.
    uint256 private constant _MAX_VALUE = type(uint192).max;

    ILendController private immutable _CONTROLLER;
    address private immutable _ORACLE;

    /// @dev An account's sums beyond what its view says.
    /// @param power of the collateral, each value times its factor in basis points
    /// @param owed value of all debts
    /// @param threshold of the collateral, at the prices that count against the account
    /// @param cover the same at the prices that favour it; likewise `owedInFavour`
    /// @param seizableFrom the first second at which one collateral can be seized; never, when there is none yet
    /// @param held assets of each pool whose collateral a liquidation may leave alone
    /// @param blocked a price that borrowing needs is not fresh
    struct Sums {
        uint256 power;
        uint256 owed;
        uint256 threshold;
        uint256 cover;
        uint256 owedInFavour;
        uint256 seizableFrom;
        uint256[] held;
        bool blocked;
    }

    constructor(ILendController controller) {
        _CONTROLLER = controller;
        _ORACLE = controller.oracle();
    }

    /// @inheritdoc ILendLens
    function accounts(address[] calldata list) external view returns (AccountView[] memory result) {
        MarketView[] memory known = _markets(false);
        result = new AccountView[](list.length);
        for (uint256 i; i < list.length; ++i) (result[i], ) = _account(known, list[i]);
    }

    /// @inheritdoc ILendLens
    function markets() external view returns (MarketView[] memory) {
        return _markets(true);
    }

    /// @inheritdoc ILendLens
    function dashboard(
        address account
    )
        external
        view
        returns (MarketView[] memory allMarkets, AccountView memory summary, PositionView[] memory positions)
    {
        allMarkets = _markets(true);
        Sums memory sums;
        (summary, sums) = _account(allMarkets, account);
        positions = new PositionView[](allMarkets.length);
        for (uint256 i; i < allMarkets.length; ++i) {
            positions[i] = _position(allMarkets[i], summary);
            if (allMarkets[i].readable && summary.unreadable == 0 && !_breaksIsolation(allMarkets, summary, i)) {
                positions[i].borrowable = _borrowable(allMarkets[i], sums);
            }
        }
    }

    // ------------------------------------------------------------------------------------------------------ markets

    function _markets(bool whole) private view returns (MarketView[] memory result) {
        result = new MarketView[](_CONTROLLER.assetCount());
        for (uint256 i; i < result.length; ++i) {
            MarketView memory market = result[i];
            market.id = i;
            market.info = _CONTROLLER.assetInfo(i);
            (, uint256 asset) = SafeRead.askNumber(market.info.pool, abi.encodeCall(IERC4626.asset, ()));
            if (asset >> 160 == 0) market.asset = address(uint160(asset));
            _readPrice(market);
            if (whole) _readPool(market);
        }
    }

    /// @dev What is no price is a halted one, as the oracle says it.
    function _readPrice(MarketView memory market) private view {
        (bool answered, bytes memory answer) = SafeRead.ask(
            _ORACLE,
            abi.encodeCall(IPriceOracle.tryPrice, (market.asset)),
            5
        );
        IPriceOracle.Quote memory price = market.price;
        (price.high, price.liquidatableFrom, market.priceAge) = (_NO_PRICE, _NEVER, _NEVER);
        if (!answered) return;

        (uint256 low, uint256 high, uint256 updatedAt, uint256 from, uint256 quality) = abi.decode(
            answer,
            (uint256, uint256, uint256, uint256, uint256)
        );
        if (low > high || high == 0 || high > _NO_PRICE || quality > uint256(IPriceOracle.Quality.Fresh)) return;
        market.price = IPriceOracle.Quote(low, high, updatedAt, from, IPriceOracle.Quality(quality));
        if (updatedAt != 0) market.priceAge = block.timestamp.minusOrZero(updatedAt);
        if (_usableFrom(market.price) != _NEVER) return;

        (, uint256 last) = SafeRead.askNumber(_ORACLE, abi.encodeCall(IPriceOracle.lastPrice, (market.asset)));
        if (last <= _NO_PRICE) market.lastPrice = last;
    }

    function _readPool(MarketView memory market) private view {
        address pool = market.info.pool;
        (bool has, bytes memory answer) = SafeRead.ask(pool, abi.encodeCall(IUTokenExtension.totals, ()), 8);
        market.readable = has && market.asset != address(0);
        if (has) market.totals = abi.decode(answer, (IUTokenTypes.Totals));
        (has, market.supplied) = SafeRead.askNumber(pool, abi.encodeCall(IERC4626.totalAssets, ()));
        market.readable = market.readable && has;
        (has, answer) = SafeRead.ask(pool, abi.encodeCall(IUTokenAdmin.parameters, ()), 8);
        market.readable = market.readable && has;
        if (has) {
            (market.model, market.reserveFactorBps, market.supplyCap, market.borrowCap, market.flashFee) = abi.decode(
                answer,
                (IUTokenTypes.RateModel, uint256, uint256, uint256, uint256)
            );
        }
        (has, market.borrowRate) = SafeRead.askNumber(pool, abi.encodeCall(IUTokenExtension.borrowRate, ()));
        market.readable = market.readable && has;
        (has, market.supplyRate) = SafeRead.askNumber(pool, abi.encodeCall(IUTokenExtension.supplyRate, ()));
        market.readable = market.readable && has;
        (has, market.pausedUntil) = SafeRead.askNumber(pool, abi.encodeCall(IGuardianPausable.pausedUntil, ()));
        market.readable = market.readable && has;
    }

    // ----------------------------------------------------------------------------------------------------- accounts

    function _account(
        MarketView[] memory known,
        address account
    ) private view returns (AccountView memory result, Sums memory sums) {
        result.account = account;
        result.quality = IPriceOracle.Quality.Fresh;
        (sums.held, sums.seizableFrom) = (new uint256[](known.length), _NEVER);
        (result.collateralBits, result.debtBits) = _CONTROLLER.accountBits(account);
        uint256 left = result.collateralBits | result.debtBits;
        while (left != 0) {
            uint256 id;
            (id, left) = left.next();
            (bool answered, uint256 has, uint256 owes) = _stateOf(known[id], account);
            if (!answered) {
                result.unreadable |= 1 << id;
            } else if (has | owes != 0) {
                _add(result, sums, known[id], has, owes);
            }
        }
        result.debt = sums.owed;
        result.health = _health(sums.threshold, sums.owed);
        _addElsewhere(result, sums, known);
        result.healthInFavour = _health(sums.cover, sums.owedInFavour);
    }

    /// @dev Another asset is no answer, nor are amounts that no pool can hold.
    function _stateOf(
        MarketView memory market,
        address account
    ) private view returns (bool answered, uint256 has, uint256 owes) {
        bytes memory answer;
        uint256 asset;
        (answered, answer) = SafeRead.ask(market.info.pool, abi.encodeCall(IUTokenCore.accountState, (account)), 3);
        if (answered) (asset, has, owes) = abi.decode(answer, (uint256, uint256, uint256));
        answered = asset != 0 && asset == uint160(market.asset) && (has | owes) >> 100 == 0;
    }

    /// @dev Adds one pool to the account, as the controller does for health, for liquidation and for borrowing. Amounts are
    /// below 2^100 and prices below 2^128, so that no sum of 64 leaves 256 bits.
    function _add(
        AccountView memory result,
        Sums memory sums,
        MarketView memory market,
        uint256 has,
        uint256 owes
    ) private pure {
        IPriceOracle.Quote memory price = market.price;
        ILendControllerTypes.AssetParameters memory p = market.info.parameters;
        uint256 unit = 10 ** market.info.decimals;
        if (uint8(price.quality) < uint8(result.quality)) result.quality = price.quality;

        uint256 value = has.mulDivDown(price.low, unit);
        result.collateral += value;
        result.power += value.mulDivDown(p.collateralFactor, LendMath.BPS);
        sums.power += value * p.collateralFactor;
        sums.threshold += value.mulDivDown(p.threshold, LendMath.BPS);
        sums.owed += owes.mulDivUp(price.high, unit);
        sums.owedInFavour += owes.mulDivUp(price.low, unit);

        if ((owes != 0 || p.collateralFactor != 0) && !_isFresh(price)) sums.blocked = true;
        uint256 from = _usableFrom(price);
        if (has != 0) sums.seizableFrom = sums.seizableFrom.min(from);
        if (owes == 0) {
            sums.held[market.id] = has;
            return;
        }
        // Both owed and collateral: a liquidation needs its price in any case.
        sums.cover += has.mulDivDown(price.high, unit).mulDivDown(p.threshold, LendMath.BPS);
        if (from > result.liquidatableFrom) result.liquidatableFrom = from;
    }

    /// @dev When the account can be liquidated, and what collateral that it does not owe counts for then. As the controller
    /// has it: what has no price for liquidations counts twice, at the last one known; without any it stands in the way.
    function _addElsewhere(AccountView memory result, Sums memory sums, MarketView[] memory known) private view {
        bool hasCollateral = sums.seizableFrom != _NEVER;
        for (uint256 i; i < known.length; ++i) {
            if (sums.held[i] == 0) continue;
            hasCollateral = true;
            if (_isUnknown(known[i])) result.liquidatableFrom = _NEVER;
        }
        if (hasCollateral && sums.seizableFrom > result.liquidatableFrom) result.liquidatableFrom = sums.seizableFrom;
        if (result.unreadable != 0) result.liquidatableFrom = _NEVER;

        uint256 at = result.liquidatableFrom;
        if (at == _NEVER || at < block.timestamp) at = block.timestamp;
        for (uint256 i; i < known.length; ++i) {
            if (sums.held[i] != 0) sums.cover += _coverOf(known[i], sums.held[i], at);
        }
    }

    /// @dev Whether nothing can be said of collateral that counts.
    function _isUnknown(MarketView memory market) private pure returns (bool) {
        return market.info.parameters.threshold != 0 && market.lastPrice == 0 && _usableFrom(market.price) == _NEVER;
    }

    function _coverOf(MarketView memory market, uint256 has, uint256 at) private pure returns (uint256) {
        uint256 from = _usableFrom(market.price);
        uint256 price = from == _NEVER && market.lastPrice != 0 ? market.lastPrice : market.price.high;
        uint256 times = from <= at ? 1 : 2;
        uint256 value = has.mulDivDown(price, 10 ** market.info.decimals) * times;
        return value.mulDivDown(market.info.parameters.threshold, LendMath.BPS);
    }

    /// @return The first second at which a liquidation may rely on `price`; the largest number when none may.
    function _usableFrom(IPriceOracle.Quote memory price) private pure returns (uint256) {
        bool usable = uint8(price.quality) >= uint8(IPriceOracle.Quality.Pending) && price.low != 0;
        return usable ? price.liquidatableFrom : _NEVER;
    }

    /// @dev Rounded down; the largest number without debt, and where it would not fit.
    function _health(uint256 cover, uint256 owed) private pure returns (uint256) {
        if (owed == 0 || cover > type(uint256).max / LendMath.WAD) return type(uint256).max;
        return cover.mulDivDown(LendMath.WAD, owed);
    }

    function _isFresh(IPriceOracle.Quote memory price) private pure returns (bool) {
        return price.quality == IPriceOracle.Quality.Fresh && price.low != 0;
    }

    // ---------------------------------------------------------------------------------------------------- positions

    function _position(
        MarketView memory market,
        AccountView memory summary
    ) private view returns (PositionView memory p) {
        address pool = market.info.pool;
        address account = summary.account;
        p.id = market.id;
        p.isCollateral = (summary.collateralBits >> market.id) & 1 != 0;
        p.wallet = SafeTransferLib.balanceOf(market.asset, account);
        bool has;
        (p.readable, p.shares) = SafeRead.askNumber(pool, abi.encodeCall(IERC20.balanceOf, (account)));
        (has, p.supplied) = SafeRead.askNumber(pool, abi.encodeCall(IERC4626.convertToAssets, (p.shares)));
        p.readable = p.readable && has;
        (has, p.debt) = SafeRead.askNumber(pool, abi.encodeCall(IUTokenExtension.debtOf, (account)));
        p.readable = p.readable && has;
        (has, p.withdrawable) = SafeRead.askNumber(pool, abi.encodeCall(IERC4626.maxWithdraw, (account)));
        p.readable = p.readable && has && market.readable;
    }

    /// @dev Whether a debt in market `index` would stand on isolated collateral that may not carry it.
    function _breaksIsolation(
        MarketView[] memory known,
        AccountView memory summary,
        uint256 index
    ) private pure returns (bool) {
        uint256 bits = summary.collateralBits;
        uint256 left = bits;
        bool isolated;
        while (left != 0) {
            uint256 id;
            (id, left) = left.next();
            if (!known[id].info.parameters.isolated) continue;
            if (bits & (bits - 1) != 0) return true;
            isolated = true;
        }
        if (!isolated) return false;
        left = summary.debtBits | (1 << index);
        while (left != 0) {
            uint256 id;
            (id, left) = left.next();
            if (!known[id].info.parameters.isolationDebt) return true;
        }
        return false;
    }

    function _borrowable(MarketView memory market, Sums memory sums) private view returns (uint256) {
        if (sums.blocked || !_isFresh(market.price) || block.timestamp < market.pausedUntil) return 0;
        uint256 unit = 10 ** market.info.decimals;
        // Debt is counted in whole shares and then in units, each time rounded up: by a share and a unit at most.
        uint256 margin = market.totals.debtIndex / LendMath.WAD + 2;
        // A unit of value less, since the sum of two debts may be rounded up once more.
        uint256 value = (sums.power.minusOrZero(sums.owed * LendMath.BPS) / LendMath.BPS).minusOrZero(1);
        uint256 covered = value.min(_MAX_VALUE).mulDivDown(unit, market.price.high).minusOrZero(margin);
        uint256 room = (market.borrowCap.min(_MAX_VALUE) * unit).minusOrZero(market.totals.debt).minusOrZero(margin);
        return covered.min(room).min(market.totals.cash);
    }
}
