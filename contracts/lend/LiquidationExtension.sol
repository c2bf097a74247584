// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";

import {AuthoritySlot} from "../access/AuthoritySlot.sol";
import {GuardWord} from "../access/GuardWord.sol";
import {PassTo} from "../libraries/PassTo.sol";
import {StaticRead} from "../libraries/StaticRead.sol";
import {IPriceOracle} from "../oracle/interfaces/IPriceOracle.sol";
import {ControllerState} from "./ControllerState.sol";
import {IBatchFlashBorrower} from "./interfaces/IBatchFlashBorrower.sol";
import {ILiquidationCallback} from "./interfaces/ILiquidationCallback.sol";
import {ILiquidations} from "./interfaces/ILiquidations.sol";
import {IUTokenHooks} from "./interfaces/IUTokenHooks.sol";
import {AccountBits, AccountBitsLib} from "./libraries/AccountBits.sol";
import {AssetWord} from "./libraries/AssetWord.sol";
import {LendMath} from "./libraries/LendMath.sol";
import {LiquidationMath} from "./libraries/LiquidationMath.sol";
import {ThroughCore} from "./ThroughCore.sol";

/// @title Liquidation, and flash loans from several pools at once
/// @notice Runs by delegatecall from `LendController`, over its storage and at its address; passes on to
/// `ControllerExtension` what it does not know.
///
/// A liquidation reads everything first, then writes all books (debt, bad debt, collateral), then calls out: the payout,
/// the liquidator, the payment. The debt's pool is locked from its first write until it is paid.
contract LiquidationExtension is AuthoritySlot, ControllerState, ThroughCore, PassTo, ILiquidations {
    using AccountBitsLib for uint256;
    using LendMath for uint256;

    address private immutable _NEXT;

    constructor(IPriceOracle oracle_, address next_) AuthoritySlot(address(0)) ControllerState(oracle_) {
        _NEXT = next_;
    }

    // -------------------------------------------------------------------------------------------------- liquidation

    /// @inheritdoc ILiquidations
    function liquidate(Liquidation calldata order) external onlyThroughCore returns (uint256 repaid, uint256 seized) {
        GuardWord guard = _lock();
        address borrower = order.borrower;
        if (borrower == msg.sender) revert SelfLiquidation();
        Position memory position;
        Plan memory p = _plan(position, borrower, order.debtId, order.collateralId, order.maxRepay);
        repaid = p.repaid;

        IUTokenHooks debtPool = IUTokenHooks(position.debtPool);
        uint256 remaining = debtPool.settle(borrower, msg.sender, repaid, p.strikesOff);
        if (p.strikesOff) _strikeOffElsewhere(borrower, order.debtId);
        else if (remaining == 0) _bits[borrower] = _bits[borrower].withDebt(order.debtId, false);

        seized = IUTokenHooks(position.collateralPool).seize(
            borrower,
            order.receiver == address(0) ? msg.sender : order.receiver,
            p.assets,
            p.protocolAssets,
            p.takesAll,
            order.asShares
        );
        if (seized < order.minSeized) revert SeizedTooLittle(seized, order.minSeized);
        _emitLiquidated(order, p, seized);

        if (order.data.length != 0) _callBack(order, repaid, seized);
        debtPool.collect(msg.sender, repaid);
        _unlock(guard);
    }

    /// @inheritdoc ILiquidations
    function previewLiquidation(
        address borrower,
        uint256 debtId,
        uint256 collateralId,
        uint256 maxRepay
    ) external view onlyThroughCore returns (Plan memory) {
        Position memory position;
        return _plan(position, borrower, debtId, collateralId, maxRepay);
    }

    function _strikeOffElsewhere(address borrower, uint256 debtId) private {
        AccountBits bits = _bits[borrower].withDebt(debtId, false);
        uint256 left = bits.debt();
        _bits[borrower] = AccountBits.wrap(bits.collateral());
        while (left != 0) {
            uint256 id;
            (id, left) = left.next();
            _pool(id).forgive(borrower);
        }
    }

    function _emitLiquidated(Liquidation calldata order, Plan memory p, uint256 seized) private {
        emit Liquidated(
            order.borrower,
            msg.sender,
            order.debtId,
            order.collateralId,
            p.repaid,
            seized,
            p.protocolAssets,
            order.asShares
        );
    }

    function _callBack(Liquidation calldata order, uint256 repaid, uint256 seized) private {
        bytes4 answer = ILiquidationCallback(msg.sender).onLiquidation(
            order.debtId,
            order.collateralId,
            repaid,
            seized,
            order.data
        );
        if (answer != ILiquidationCallback.onLiquidation.selector) revert CallbackRefused(msg.sender);
    }

    /// @dev An account at the prices that favour it, and the two assets that a liquidation is about.
    struct Position {
        uint256 debtId;
        uint256 collateralId;
        address debtPool;
        address collateralPool;
        uint256 collateralElsewhere;
        LiquidationMath.Side debt;
        LiquidationMath.Side collateral;
        LiquidationMath.Whole whole;
    }

    /// @dev What may be done about the account, or why nothing.
    /// @param position filled with what there is
    function _plan(
        Position memory position,
        address borrower,
        uint256 debtId,
        uint256 collateralId,
        uint256 maxRepay
    ) private view returns (Plan memory p) {
        (position.debtId, position.collateralId) = (debtId, collateralId);
        uint256 left = _bits[borrower].either() | (1 << debtId) | (1 << collateralId);
        while (left != 0) {
            uint256 id;
            (id, left) = left.next();
            _add(position, id, borrower);
        }
        // Beyond 256 there is not even a bit.
        if (position.debtPool == address(0)) revert UnknownId(debtId);
        if (position.collateralPool == address(0)) revert UnknownId(collateralId);
        LiquidationMath.Whole memory whole = position.whole;
        uint256 health = LiquidationMath.healthDown(whole.cover, whole.debt);
        if (health >= LendMath.WAD) revert AccountHealthy(borrower, health);

        if (position.debt.amount == 0) revert NothingToLiquidate();
        whole.strikes = position.collateralElsewhere == 0;
        LiquidationMath.plan(p, position.debt, position.collateral, whole, maxRepay);
        if (p.repaid == 0 && !p.strikesOff) revert NothingToLiquidate();
    }

    /// @dev Adds what the account has and owes of asset `id`.
    function _add(Position memory position, uint256 id, address borrower) private view {
        AssetWord word = _assets[id];
        if (word.pool() == address(0)) revert UnknownId(id);
        (address asset, uint256 has, uint256 owes) = _stateAt(word, borrower);
        bool isTaken = id == position.collateralId;
        if (isTaken) position.collateralPool = word.pool();
        else position.collateralElsewhere |= has;
        if (id == position.debtId) position.debtPool = word.pool();
        LiquidationMath.Whole memory whole = position.whole;
        if (owes == 0 && !isTaken) {
            // What does not count needs no price.
            if (has != 0 && word.threshold() != 0) _addElsewhere(whole, word, asset, has);
            return;
        }

        (uint256 low, uint256 high) = _liquidationPrices(asset);
        uint256 unit = word.unit();
        uint256 threshold = word.threshold();
        if (has != 0) LiquidationMath.count(whole, has.mulDivDown(high, unit), threshold, 1);
        if (owes != 0) whole.debt += owes.mulDivUp(low, unit);
        if (isTaken) {
            LiquidationMath.set(position.collateral, has, high, unit);
            whole.thresholdBps = threshold;
        }
        if (id == position.debtId) {
            LiquidationMath.set(position.debt, owes, low, unit);
            whole.closeFactorBps = word.closeFactor();
        }
    }

    /// @dev Adds collateral that this liquidation leaves alone. A borrower can hold a little of anything, so a price that is
    /// not good for liquidations must not hold off one of the rest: it counts twice in the borrower's favour, the last one
    /// known where there is none now.
    function _addElsewhere(
        LiquidationMath.Whole memory whole,
        AssetWord word,
        address asset,
        uint256 has
    ) private view {
        (uint256 low, uint256 high, uint256 liquidatableFrom, IPriceOracle.Quality quality) = _quoteOf(asset);
        bool isKnown = quality >= IPriceOracle.Quality.Pending && low != 0;
        if (!isKnown) high = StaticRead.one(address(_ORACLE), IPriceOracle.lastPrice.selector, uint160(asset));
        if (high == 0) revert PriceNotFresh(asset, quality);
        uint256 times = isKnown && block.timestamp >= liquidatableFrom ? 1 : 2;
        LiquidationMath.count(whole, has.mulDivDown(high, word.unit()), word.threshold(), times);
    }

    /// @dev Liquidations need no confirmed price, but never run on a fallback, nor before the oracle's grace has passed.
    function _liquidationPrices(address asset) private view returns (uint256 low, uint256 high) {
        uint256 liquidatableFrom;
        IPriceOracle.Quality quality;
        (low, high, liquidatableFrom, quality) = _quoteOf(asset);
        if (quality < IPriceOracle.Quality.Pending || low == 0) revert PriceNotFresh(asset, quality);
        if (block.timestamp < liquidatableFrom) revert LiquidationTooEarly(liquidatableFrom);
    }

    // -------------------------------------------------------------------------------------------------- flash loans

    /// @inheritdoc ILiquidations
    function flashLoanBatch(
        IBatchFlashBorrower receiver,
        uint256[] calldata ids,
        uint256[] calldata amounts,
        bytes calldata data
    ) external onlyThroughCore {
        GuardWord guard = _lock();
        if (ids.length != amounts.length) revert LengthMismatch(ids.length, amounts.length);
        address[] memory assets = new address[](ids.length);
        uint256[] memory fees = new uint256[](ids.length);
        for (uint256 i; i < ids.length; ++i) {
            IUTokenHooks pool = _pool(ids[i]);
            assets[i] = IERC4626(address(pool)).asset();
            fees[i] = pool.lend(address(receiver), amounts[i]);
        }

        bytes4 answer = receiver.onBatchFlashLoan(msg.sender, assets, amounts, fees, data);
        if (answer != IBatchFlashBorrower.onBatchFlashLoan.selector) revert CallbackRefused(address(receiver));

        for (uint256 i; i < ids.length; ++i) {
            _pool(ids[i]).collect(address(receiver), amounts[i] + fees[i]);
        }
        _unlock(guard);
    }

    // -------------------------------------------------------------------------------------------------------- other

    function _pool(uint256 id) private view returns (IUTokenHooks) {
        address pool = _assets[id].pool();
        if (pool == address(0)) revert UnknownId(id);
        return IUTokenHooks(pool);
    }

    /// @dev What remains is the other extension's.
    fallback() external onlyThroughCore {
        _passTo(_NEXT);
    }
}
