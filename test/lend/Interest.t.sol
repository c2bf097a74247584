// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IUTokenTypes} from "../../contracts/lend/interfaces/IUTokenTypes.sol";
import {MarketLib} from "../../contracts/lend/libraries/Market.sol";
import {LendTest} from "./LendTest.sol";
import {InterestModel} from "./InterestModel.sol";

/// @notice The curve, compounding, the reserve, and the whole of it against an independent model.
contract InterestTest is LendTest {
    function test_curve_atItsCorners() public {
        supply(alice, uUsdc, 100_000e6);
        assertEq(uUsdc.borrowRate(), 0, "LEND-21 base");
        collateral(bob, uWeth, 1_000 ether);
        borrow(bob, uUsdc, 40_000e6);
        assertEq(uUsdc.borrowRate(), 0.025e18, "LEND-21 half of the way to the kink");
        borrow(bob, uUsdc, 40_000e6);
        assertEq(uUsdc.borrowRate(), 0.05e18, "LEND-21 kink");
        assertEq(uUsdc.supplyRate(), 0.036e18, "LEND-21 80 % of 90 % of it");
        borrow(bob, uUsdc, 10_000e6);
        assertEq(uUsdc.borrowRate(), 1.55e18, "LEND-21 half of the steep part");
        borrow(bob, uUsdc, 10_000e6);
        assertEq(uUsdc.borrowRate(), 3.05e18, "LEND-21 all of it");
        assertEq(uUsdc.supplyRate(), 2.745e18, "LEND-21 supply");
        assertEq(uBtc.supplyRate(), 0, "LEND-21 an empty pool earns nothing");
        assertEq(uBtc.borrowRate(), 0.01e18, "LEND-21 base of another");
    }

    function test_interest_withoutDebtIsNone() public {
        supply(alice, uWeth, 100 ether);
        vm.warp(T0 + 10 * YEAR);
        uWeth.accrue();
        assertEq(uWeth.totalAssets(), 100 ether, "INV-LEND-16 none");
        assertEq(uWeth.totals().debtIndex, 1e18, "INV-LEND-16 the index stands");
        assertEq(uWeth.totals().updatedAt, T0 + 10 * YEAR, "LEND-22 time is written");
    }

    function test_interest_compounds() public {
        supply(alice, uUsdc, 100_000e6);
        collateral(bob, uWeth, 1_000 ether);
        borrow(bob, uUsdc, 80_000e6);
        vm.warp(T0 + YEAR);
        // 1 + x + x^2/2 + x^3/6 at 5 %
        assertEq(uUsdc.totals().debtIndex, 1.051270833333333333e18, "LEND-22 index");
        assertEq(uUsdc.debtOf(bob), 84_101.666667e6, "LEND-22 debt, rounded up");
        assertEq(uUsdc.totals().reserve, 410.166666e6, "LEND-23 a tenth to the reserve");
        vm.expectEmit(address(uUsdc));
        emit IUTokenTypes.Accrued(1.051270833333333333e18);
        uUsdc.accrue();
        uUsdc.accrue();
        assertEq(uUsdc.debtOf(bob), 84_101.666667e6, "LEND-22 once");
    }

    /// @dev accrueInterestCommutes: accruing in between changes the result by less than the series leaves out.
    function testFuzz_interest_oftenOrOnce(uint256 time, uint256 steps, uint256 debt) public {
        time = bound(time, 1, 2 * YEAR);
        steps = bound(steps, 1, 8);
        debt = bound(debt, 1, 79_999e6);
        supply(alice, uUsdc, 100_000e6);
        supply(alice, uBtc, 100_000e6);
        collateral(bob, uWeth, 10_000 ether);
        borrow(bob, uUsdc, debt);
        for (uint256 i = 1; i <= steps; ++i) {
            uint256 index = uUsdc.totals().debtIndex;
            vm.warp(T0 + (time * i) / steps);
            uUsdc.accrue();
            assertGe(uUsdc.totals().debtIndex, index, "INV-LEND-15 the index does not fall");
        }
        assertGe(uUsdc.totals().debt + uUsdc.totals().cash, 100_000e6, "INV-LEND-15 neither do the assets");
    }

    function test_reserve_sweep() public {
        openPosition(20_000e6);
        vm.expectRevert(IUTokenTypes.NothingToSend.selector);
        uUsdc.sweepReserve();
        vm.warp(T0 + YEAR);
        uint256 reserve = uUsdc.totals().reserve;
        vm.prank(dave);
        uUsdc.fundInsurance(1_000e6);
        uint256 price = sharePrice(uUsdc);
        vm.expectEmit(address(uUsdc));
        emit IUTokenTypes.ReserveSwept(treasury, reserve);
        vm.prank(carol);
        assertEq(uUsdc.sweepReserve(), reserve, "LEND-23 all but the insurance");
        assertEq(usdc.balanceOf(treasury), reserve, "LEND-23 to the treasury");
        assertEq(uUsdc.totals().reserve, 1_000e6, "LEND-23 the insurance stays");
        assertEq(sharePrice(uUsdc), price, "INV-LEND-03 the share price stands");
        vm.expectRevert(IUTokenTypes.NothingToSend.selector);
        uUsdc.sweepReserve();
        vm.expectRevert(IUTokenTypes.ZeroAmount.selector);
        uUsdc.fundInsurance(0);
    }

    function test_reserve_fitsItsBits() public {
        uint256 most = type(uint80).max;
        weth.mint(dave, 2 * most);
        vm.startPrank(dave);
        expectError(MarketLib.AmountTooLarge.selector, most + 1);
        uWeth.fundInsurance(most + 1);
        uWeth.fundInsurance(most);
        expectError(MarketLib.AmountTooLarge.selector, 1);
        uWeth.fundInsurance(1);
        vm.stopPrank();
        assertEq(uWeth.totals().reserve, most, "LEND-23 the most that fits");
        assertEq(weth.balanceOf(address(uWeth)), most, "LEND-23 and was paid");
    }

    function test_reserve_sweepIsLimitedByCash() public {
        supply(alice, uUsdc, 20_000e6);
        collateral(bob, uWeth, 10 ether);
        borrow(bob, uUsdc, 20_000e6);
        vm.warp(T0 + YEAR);
        vm.expectRevert(IUTokenTypes.NothingToSend.selector);
        uUsdc.sweepReserve();
        repay(bob, uUsdc, 10e6);
        assertEq(uUsdc.sweepReserve(), 10e6, "LEND-23 what there is");
    }

    /// @dev At the highest rate for a very long time nothing overflows, and everybody can still repay and leave.
    function test_interest_atItsLimit() public {
        uUsdc.setRateModel(rates(10_000, 20_000, 100_000, 1_000));
        supply(alice, uUsdc, 20_000e6);
        collateral(bob, uWeth, 10 ether);
        borrow(bob, uUsdc, 20_000e6);
        for (uint256 i = 1; i < 20; ++i) {
            vm.warp(T0 + i * 20 * YEAR);
            uUsdc.accrue();
        }
        uint256 owed = uUsdc.debtOf(bob);
        assertEq(uUsdc.totals().debtIndex, type(uint96).max, "LEND-22 the index stands at its limit");
        usdc.mint(bob, owed);
        assertEq(repay(bob, uUsdc, MAX), owed, "LEND-22 repayable");
        assertLe(uUsdc.totals().reserve, type(uint80).max, "LEND-23 so is the reserve");
        withdraw(alice, uUsdc, uUsdc.maxWithdraw(alice));
    }

    // --------------------------------------------------------------------------------------------- against the model

    struct Step {
        uint8 kind;
        uint8 who;
        uint64 amount;
        uint32 wait;
    }

    mapping(string what => mapping(address whose => uint256)) private highest;

    /// @dev Any sequence of actions: pool and model tell the same debts, worths and totals.
    function testFuzz_model(Step[12] memory steps) public {
        InterestModel model = new InterestModel(InterestModel.Curve(0, 500, 30_000, 8_000, 1_000), T0);
        address[3] memory who = [alice, bob, carol];
        for (uint256 i; i < 3; ++i) {
            collateral(who[i], uWeth, 100_000 ether);
            supply(who[i], uUsdc, 1_000e6);
            model.supply(who[i], 1_000e6);
        }
        uint256 now_ = T0;
        for (uint256 i; i < steps.length; ++i) {
            // At most 12 days a step: what the series leaves out stays below what is asserted.
            now_ += steps[i].wait % 12 days;
            vm.warp(now_);
            model.advance(now_);
            act(model, who[steps[i].who % 3], steps[i].kind % 4, steps[i].amount);
            check(model, who);
        }
    }

    function act(InterestModel model, address who, uint256 kind, uint256 seed) private {
        // The model accrues at each step; so must the pool, or its series runs over several.
        uUsdc.accrue();
        uint256 cash = uUsdc.totals().cash;
        if (kind == 0) {
            uint256 amount = bound(seed, 1e6, 1e11);
            supply(who, uUsdc, amount);
            model.supply(who, amount);
        } else if (kind == 1) {
            uint256 most = uUsdc.maxWithdraw(who);
            if (most < 1e6) return;
            uint256 amount = bound(seed, 1e6, most);
            withdraw(who, uUsdc, amount);
            model.withdraw(who, amount);
        } else if (kind == 2) {
            if (cash < 1e6) return;
            uint256 amount = bound(seed, 1e6, cash);
            borrow(who, uUsdc, amount);
            model.borrow(who, amount);
        } else {
            uint256 owed = uUsdc.debtOf(who);
            if (owed < 1e6) return;
            uint256 amount = bound(seed, 1e6, owed);
            repay(who, uUsdc, amount);
            model.repay(who, amount);
        }
    }

    function check(InterestModel model, address[3] memory who) private {
        assertEq(uUsdc.totals().cash, model.cash(), "LEND-22 cash to the unit");
        close(uUsdc.totalAssets(), model.total(), address(uUsdc), "LEND-22 total");
        // What the series leaves out of the interest, not of the debt: x^3/24, some 40 millionths.
        uint256 expected = model.reserve() / 1e27;
        assertLe(uUsdc.totals().reserve, expected + 20 + expected / 10_000, "LEND-23 reserve");
        assertGe(uUsdc.totals().reserve + 20 + expected / 10_000, expected, "LEND-23 reserve");
        for (uint256 i; i < 3; ++i) {
            close(uUsdc.debtOf(who[i]), model.debtOf(who[i]), who[i], "LEND-22 debt");
            close(uUsdc.previewRedeem(uUsdc.balanceOf(who[i])), model.worthOf(who[i]), who[i], "LEND-22 worth");
        }
    }

    /// @dev Within 20 units and a 20,000th: x is below 0.1 in 12 days at 305 %, so x^4/24 is below 5 millionths a step. Of
    /// the most that there was so far: what a repayment or a withdrawal leaves keeps the difference of what went.
    function close(uint256 a, uint256 b, address whose, string memory message) private {
        if (b > highest[message][whose]) highest[message][whose] = b;
        uint256 slack = 20 + highest[message][whose] / 20_000;
        assertLe(a, b + slack, message);
        assertGe(a + slack, b, message);
    }
}
