// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ILendControllerTypes} from "../interfaces/ILendControllerTypes.sol";
import {LendMath} from "./LendMath.sol";

/// @notice How much of a debt may be repaid, and what collateral is taken for it.
/// @dev Values in 1e18 USD. All amounts are below 2^96 units and all prices below 2^100, so no product leaves 256 bits; one
/// that would reverts.
library LiquidationMath {
    using LendMath for uint256;

    uint256 internal constant TARGET_HEALTH = 1.1e18;
    /// @dev Below it the whole debt may be repaid.
    uint256 internal constant FULL_CLOSE_HEALTH = 0.95e18;
    /// @dev 10 USD: less is not left behind.
    uint256 internal constant DUST = 10e18;
    uint256 internal constant MAX_BONUS = 0.1e18;

    uint256 private constant _WAD = 1e18;
    uint256 private constant _BPS_IN_WAD = 1e14;

    /// @dev One side of a liquidation.
    /// @param amount that the account owes or has, in units
    /// @param price 1e18 USD a whole token, the one that favours the account
    /// @param unit units of a whole token
    struct Side {
        uint256 amount;
        uint256 price;
        uint256 unit;
    }

    /// @dev The whole account.
    /// @param debt value of all debts
    /// @param collateral value of all collateral
    /// @param cover the same, each times its threshold
    /// @param thresholdBps of the collateral that is seized
    /// @param closeFactorBps of the debt that is repaid
    /// @param riskBps what the riskiest collateral's threshold is short of 100 %
    /// @param strikes whether taking all of this collateral leaves none elsewhere
    struct Whole {
        uint256 debt;
        uint256 collateral;
        uint256 cover;
        uint256 thresholdBps;
        uint256 closeFactorBps;
        uint256 riskBps;
        bool strikes;
    }

    /// @return min(10 %, 1 / (0.3 t + 0.7) - 1), rounded down, 1e18.
    function bonusDown(uint256 thresholdBps) internal pure returns (uint256) {
        uint256 divisor = (3 * thresholdBps * _BPS_IN_WAD) / 10 + 0.7e18;
        return (LendMath.mulDivDown(_WAD, _WAD, divisor) - _WAD).min(MAX_BONUS);
    }

    /// @return cover / debt, rounded down, 1e18; the largest number without debt.
    function healthDown(uint256 cover, uint256 debt) internal pure returns (uint256) {
        return debt == 0 ? type(uint256).max : cover.mulDivDown(_WAD, debt);
    }

    function set(Side memory side, uint256 amount, uint256 price, uint256 unit) internal pure {
        (side.amount, side.price, side.unit) = (amount, price, unit);
    }

    /// @dev Adds one collateral to the account.
    /// @param value of it, 1e18 USD
    /// @param times how often it counts in health
    function count(Whole memory whole, uint256 value, uint256 thresholdBps, uint256 times) internal pure {
        whole.collateral += value;
        whole.cover += (value * times).mulDivDown(thresholdBps, LendMath.BPS);
        uint256 risk = LendMath.BPS - thresholdBps;
        if (risk > whole.riskBps) whole.riskBps = risk;
    }

    /// @notice What repaying up to `asked` comes to.
    /// @param p is filled with it: every function that returns a struct allocates one more
    function plan(
        ILendControllerTypes.Plan memory p,
        Side memory debt,
        Side memory collateral,
        Whole memory whole,
        uint256 asked
    ) internal pure {
        (uint256 own, uint256 protocols) = _bonusesDown(whole);
        p.repaid = _mostUp(debt, collateral, whole, own + protocols).min(asked);
        uint256 base = valueDown(debt, p.repaid).mulDivDown(collateral.unit, collateral.price);
        p.assets = base.mulDivDown(_WAD + own, _WAD);
        p.protocolAssets = base.mulDivDown(protocols, _WAD);

        if (p.assets + p.protocolAssets >= collateral.amount) {
            uint256 share = _WAD + own + protocols;
            p.repaid = _costUp(debt, collateral, share).min(p.repaid);
            p.protocolAssets = collateral.amount.mulDivDown(protocols, share);
            (p.assets, p.takesAll) = (collateral.amount - p.protocolAssets, true);
        }
        // Not even dust may stay elsewhere: whoever keeps collateral could have debts struck off at will, many times.
        p.strikesOff = p.takesAll && whole.strikes;
        if (!p.takesAll && p.repaid < debt.amount) _requireNoDust(debt, collateral, p);
    }

    /// @dev The liquidator's 60 % of the bonus; and of the protocol's 40 % what the account's collateral has room for once
    /// all debts and the liquidators' parts are paid from it, each as large as that of the riskiest collateral. So no debt is
    /// ever struck off for a fee: what is left covers what is owed no worse than before.
    function _bonusesDown(Whole memory whole) private pure returns (uint256 own, uint256 protocols) {
        uint256 bonus = bonusDown(whole.thresholdBps);
        own = (bonus * 6) / 10;
        uint256 mostOwn = (bonusDown(LendMath.BPS - whole.riskBps) * 6) / 10;
        protocols = healthDown(whole.collateral, whole.debt).minusOrZero(_WAD + mostOwn).min(bonus - own);
    }

    function valueDown(Side memory side, uint256 amount) internal pure returns (uint256) {
        return amount.mulDivDown(side.price, side.unit);
    }

    /// @dev What all of the collateral costs, `share` of it being taken for what is repaid (1e18), in units of the debt.
    function _costUp(Side memory debt, Side memory collateral, uint256 share) private pure returns (uint256) {
        uint256 value = collateral.amount.mulDivUp(collateral.price, collateral.unit).mulDivUp(_WAD, share);
        return value.mulDivUp(debt.unit, debt.price);
    }

    /// @dev The most of the debt that may be repaid.
    function _mostUp(
        Side memory debt,
        Side memory collateral,
        Whole memory whole,
        uint256 bonus
    ) private pure returns (uint256 most) {
        if (healthDown(whole.cover, whole.debt) < FULL_CLOSE_HEALTH) return debt.amount;
        uint256 missing = whole.debt.mulDivUp(TARGET_HEALTH, _WAD).minusOrZero(whole.cover);
        uint256 gain = TARGET_HEALTH - (_WAD + bonus).mulDivUp(whole.thresholdBps, LendMath.BPS);
        most = missing.mulDivUp(_WAD, gain).mulDivUp(debt.unit, debt.price);
        most = most.min(debt.amount.mulDivUp(whole.closeFactorBps, LendMath.BPS));

        // What would be left is not worth anybody's gas: all may go.
        if (valueDown(debt, debt.amount - most) < DUST) return debt.amount;
        uint256 taken = valueDown(debt, most).mulDivDown(collateral.unit, collateral.price);
        taken = taken.mulDivDown(_WAD + bonus, _WAD);
        if (valueDown(collateral, collateral.amount.minusOrZero(taken)) < DUST) return debt.amount;
    }

    function _requireNoDust(Side memory debt, Side memory collateral, ILendControllerTypes.Plan memory p) private pure {
        uint256 debtLeft = valueDown(debt, debt.amount - p.repaid);
        uint256 collateralLeft = valueDown(collateral, collateral.amount - p.assets - p.protocolAssets);
        if (debtLeft < DUST || collateralLeft < DUST) {
            revert ILendControllerTypes.LeavesDust(debtLeft, collateralLeft, DUST);
        }
    }
}
