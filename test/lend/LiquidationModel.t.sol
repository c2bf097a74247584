// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ILendControllerTypes} from "../../contracts/lend/interfaces/ILendControllerTypes.sol";
import {LiquidationMath} from "../../contracts/lend/libraries/LiquidationMath.sol";
import {Test} from "../support/Test.sol";

/// @notice The liquidation's amounts against a model in plain dollars, and against what they must never do.
contract LiquidationModelTest is Test {
    uint256 private constant USD = 1e18;

    struct Case {
        uint256 debt;
        uint256 collateral;
        uint256 thresholdBps;
        uint256 closeFactorBps;
        uint256 otherCover;
        uint256 asked;
    }

    function plan(Case memory c) external pure returns (ILendControllerTypes.Plan memory p) {
        LiquidationMath.plan(p, debtOf(c), collateralOf(c), wholeOf(c), c.asked);
    }

    /// @dev Debt in a stablecoin of 6 decimals at 1 USD, collateral of 18 at 2 USD: cents and dollars are easy to see.
    function debtOf(Case memory c) private pure returns (LiquidationMath.Side memory) {
        return LiquidationMath.Side(c.debt, USD, 1e6);
    }

    function collateralOf(Case memory c) private pure returns (LiquidationMath.Side memory) {
        return LiquidationMath.Side(c.collateral, 2 * USD, 1e18);
    }

    function wholeOf(Case memory c) private pure returns (LiquidationMath.Whole memory) {
        uint256 cover = ((c.collateral * 2) * c.thresholdBps) / 10_000 + c.otherCover;
        uint256 value = c.collateral * 2 + c.otherCover;
        // What else there is counts for all of its value, so it is no riskier.
        return
            LiquidationMath.Whole({
                debt: c.debt * 1e12,
                collateral: value,
                cover: cover,
                thresholdBps: c.thresholdBps,
                closeFactorBps: c.closeFactorBps,
                riskBps: 10_000 - c.thresholdBps,
                strikes: c.otherCover == 0
            });
    }

    function caseOf(uint256 a, uint256 b, uint256 seed) private pure returns (Case memory c) {
        c.debt = bound(a, 1, 1e13);
        c.thresholdBps = (seed % 9_501);
        c.closeFactorBps = 1_000 + ((seed >> 16) % 9_001);
        // Cover from nothing to all of the debt.
        c.collateral = bound(b, 0, (c.debt * 1e12 * 2) / (c.thresholdBps / 5_000 + 1));
        c.otherCover = (seed >> 32) % 3 == 0 ? 0 : ((seed >> 64) % 1_000) * (c.debt * 1e9);
        c.asked = (seed >> 40) % 2 == 0 ? type(uint96).max : 1 + ((seed >> 96) % (c.debt * 2));
    }

    /// @dev What no plan may do, whatever the account looks like.
    function testFuzz_plan_bounds(uint256 a, uint256 b, uint256 seed) public view {
        Case memory c = caseOf(a, b, seed);
        if (LiquidationMath.healthDown(wholeOf(c).cover, wholeOf(c).debt) >= 1e18) return;
        try this.plan(c) returns (ILendControllerTypes.Plan memory p) {
            assertLe(p.repaid, c.debt, "INV-LEND-11 at most the debt");
            assertLe(p.repaid, c.asked, "INV-LEND-11 at most what was asked");
            assertLe(p.assets + p.protocolAssets, c.collateral, "INV-LEND-11 at most the collateral");
            if (p.takesAll) assertEq(p.assets + p.protocolAssets, c.collateral, "LEND-28 all is all");
            if (p.strikesOff) assertTrue(p.takesAll && c.otherCover == 0, "LEND-31 only with the last collateral");
            if (p.strikesOff && p.repaid < c.debt) {
                // But for the units that rounding leaves.
                assertLe(p.protocolAssets * 2, 4e12 + c.debt * 10, "LEND-28 no debt is struck off for a fee");
            }
            // The liquidator never gets more than 60 % of a tenth on top.
            assertLe(p.assets * 2, (p.repaid * 1e12 * 106) / 100 + 2, "LEND-28 bonus at most 6 %");
            // Nor is worse off than 60 % of the formula's bonus, but for rounding.
            uint256 own = 1e18 + (LiquidationMath.bonusDown(c.thresholdBps) * 6) / 10;
            assertGe(p.assets * 2 + 4 + 2e12, (p.repaid * 1e12 * own) / 1e18, "LEND-28 the liquidator's part");
            bool dust = (c.debt - p.repaid) * 1e12 < 10 * USD;
            if (!p.takesAll && p.repaid != c.debt) assertTrue(!dust, "LEND-27 no dust of debt");
        } catch (bytes memory reason) {
            assertEq(
                bytes32(bytes4(reason)),
                bytes32(ILendControllerTypes.LeavesDust.selector),
                "LEND-27 the only reason to refuse"
            );
            assertTrue(c.asked < c.debt, "LEND-27 who asks for all is never refused");
        }
    }

    /// @dev Asking for everything always works on an ill account.
    function testFuzz_plan_liveness(uint256 a, uint256 b, uint256 seed) public view {
        Case memory c = caseOf(a, b, seed);
        c.asked = type(uint96).max;
        if (LiquidationMath.healthDown(wholeOf(c).cover, wholeOf(c).debt) >= 1e18) return;
        ILendControllerTypes.Plan memory p = this.plan(c);
        assertTrue(p.repaid != 0 || p.takesAll, "LEND-24 something happens");
    }

    /// @dev The target by another route: try to repay a thousandth more than the plan and see health above 1.1.
    function testFuzz_plan_reachesTheTarget(uint256 debt, uint256 health, uint256 threshold) public view {
        Case memory c;
        c.debt = bound(debt, 10_000e6, 1e13);
        health = bound(health, 0.95e18, 1e18 - 1);
        c.thresholdBps = bound(threshold, 5_000, 9_000);
        c.closeFactorBps = 10_000;
        c.asked = type(uint96).max;
        c.collateral = (((c.debt * 1e12 * health) / 1e18) * 10_000) / c.thresholdBps / 2;
        if (LiquidationMath.healthDown(wholeOf(c).cover, wholeOf(c).debt) < 0.95e18) return;
        ILendControllerTypes.Plan memory p = this.plan(c);
        if (p.takesAll || p.repaid == c.debt) return;
        uint256 after_ = healthAfter(c, p.repaid);
        assertGe(after_, 1.1e18 - 1e12, "LEND-25 health is 1.1");
        assertLe(after_, 1.1e18 + 1e12, "LEND-25 and not above");
    }

    function healthAfter(Case memory c, uint256 repaid) private pure returns (uint256) {
        uint256 bonus = (10 * 1e36) / (3 * c.thresholdBps * 1e14 + 7e18) - 1e18;
        if (bonus > 0.1e18) bonus = 0.1e18;
        uint256 value = c.collateral * 2 - (repaid * 1e12 * (1e18 + bonus)) / 1e18;
        return (((value * c.thresholdBps) / 10_000) * 1e18) / ((c.debt - repaid) * 1e12);
    }

    function testFuzz_bonus_byTheFormula(uint256 threshold) public pure {
        threshold = bound(threshold, 0, 10_000);
        uint256 exact = (10 * 1e36) / (3 * threshold * 1e14 + 7e18) - 1e18;
        uint256 expected = exact < 0.1e18 ? exact : 0.1e18;
        assertEq(LiquidationMath.bonusDown(threshold), expected, "LEND-25 bonus");
    }

    function test_health_withoutDebt() public pure {
        assertEq(LiquidationMath.healthDown(5, 0), type(uint256).max, "LEND-24 no debt, no illness");
        assertEq(LiquidationMath.healthDown(0, 5), 0, "LEND-24 no cover");
    }
}
