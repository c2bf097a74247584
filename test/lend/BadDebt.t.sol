// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IUTokenTypes} from "../../contracts/lend/interfaces/IUTokenTypes.sol";
import {ILendControllerTypes} from "../../contracts/lend/interfaces/ILendControllerTypes.sol";
import {LendTest} from "./LendTest.sol";

/// @notice What happens to a debt without collateral: it is gone at once, and who bears it is known.
contract BadDebtTest is LendTest {
    function test_badDebt_isTheSuppliers() public {
        openPosition(22_000e6);
        setWeth(2_000);
        ILendControllerTypes.Plan memory p = controller.previewLiquidation(bob, 0, 1, MAX);
        uint256 loss = 22_000e6 - p.repaid;
        vm.expectEmit(address(uUsdc));
        emit IUTokenTypes.BadDebt(bob, loss, 0, loss);
        liquidate(carol, bob, uUsdc, uWeth, MAX);
        assertEq(uUsdc.debtOf(bob), 0, "LEND-31 gone");
        assertEq(uUsdc.totalAssets(), 1_000_000e6 - loss, "LEND-31 the suppliers bear it");
        (uint256 collateralBits, uint256 debtBits) = controller.accountBits(bob);
        assertEq(debtBits, 0, "LEND-31 no debt bit");
        assertEq(collateralBits, 2, "LEND-31 the switch stays");
        assertLe(uUsdc.maxWithdraw(alice), 1_000_000e6 - loss, "INV-LEND-02 claims are at most what there is");
        withdraw(alice, uUsdc, uUsdc.maxWithdraw(alice));
        checkSolvent(uUsdc, "INV-LEND-01 solvent");
    }

    function test_badDebt_insuranceAndReserveFirst() public {
        openPosition(22_000e6);
        vm.prank(dave);
        uUsdc.fundInsurance(1_500e6);
        assertEq(uUsdc.totals().insurance, 1_500e6, "LEND-23 insured");
        setWeth(2_000);
        ILendControllerTypes.Plan memory p = controller.previewLiquidation(bob, 0, 1, MAX);
        uint256 loss = 22_000e6 - p.repaid;
        vm.expectEmit(address(uUsdc));
        emit IUTokenTypes.BadDebt(bob, loss, 1_500e6, loss);
        liquidate(carol, bob, uUsdc, uWeth, MAX);
        IUTokenTypes.Totals memory t = uUsdc.totals();
        assertEq(t.reserve, 0, "LEND-31 the reserve is spent");
        assertEq(t.insurance, 0, "LEND-31 with the insurance");
        assertEq(uUsdc.totalAssets(), 1_000_000e6 - (loss - 1_500e6), "LEND-31 the suppliers bear the rest");
    }

    function test_badDebt_withinTheInsurance_costsTheSuppliersNothing() public {
        openPosition(22_000e6);
        vm.prank(dave);
        uUsdc.fundInsurance(10_000e6);
        uint256 price = sharePrice(uUsdc);
        setWeth(2_000);
        liquidate(carol, bob, uUsdc, uWeth, MAX);
        assertEq(sharePrice(uUsdc), price, "INV-LEND-03 the share price stands");
        assertGe(uUsdc.totals().reserve, 7_000e6, "LEND-31 what was not needed stays");
        assertEq(uUsdc.totals().insurance, uUsdc.totals().reserve, "LEND-31 as insurance");
    }

    function test_badDebt_inEveryPoolAtOnce() public {
        supply(alice, uBtc, 10e8);
        openPosition(11_000e6);
        borrow(bob, uBtc, 0.1e8);
        setWeth(1_050);
        liquidate(carol, bob, uUsdc, uWeth, MAX);
        assertEq(uUsdc.debtOf(bob), 0, "LEND-31 gone here");
        assertEq(uBtc.debtOf(bob), 0, "LEND-31 and there");
        assertEq(uBtc.totalAssets(), 10e8 - 0.1e8, "LEND-31 borne by that asset's suppliers");
        (, uint256 debtBits) = controller.accountBits(bob);
        assertEq(debtBits, 0, "LEND-31 no debt bits");
        assertEq(uWeth.balanceOf(bob), 0, "INV-LEND-09 no collateral either");
    }

    function test_badDebt_waitsForOtherCollateral() public {
        supply(alice, uBtc, 10e8);
        openPosition(22_000e6);
        collateral(bob, uBtc, 0.01e8);
        setWeth(1_500);
        liquidate(carol, bob, uUsdc, uWeth, MAX);
        assertEq(uWeth.balanceOf(bob), 0, "LEND-31 one collateral is gone");
        assertGe(uUsdc.debtOf(bob), 5_000e6, "LEND-31 the debt stands: there is other collateral");
        liquidate(carol, bob, uUsdc, uBtc, MAX);
        assertEq(uUsdc.debtOf(bob), 0, "LEND-31 now it is bad");
        assertEq(uBtc.balanceOf(bob), 0, "LEND-31 and nothing is left");
    }

    /// @dev Collateral that is worth less than a unit is taken for nothing, and the debt is struck off.
    function test_badDebt_worthlessCollateral() public {
        supply(alice, uBtc, 10e8);
        supply(alice, uUsdc, 1_000_000e6);
        collateral(bob, uBtc, 1);
        collateral(bob, uWeth, 10 ether);
        borrow(bob, uUsdc, 22_000e6);
        oracle.set(address(sbtc), 1);
        setWeth(1_500);
        liquidate(carol, bob, uUsdc, uWeth, MAX);
        assertGe(uUsdc.debtOf(bob), 1, "LEND-31 a unit of sBTC is left");
        (uint256 repaid, ) = liquidate(carol, bob, uUsdc, uBtc, MAX);
        assertLe(repaid, 1, "LEND-31 costs next to nothing");
        assertEq(uUsdc.debtOf(bob), 0, "LEND-31 struck off");
    }

    function testFuzz_badDebt_claimsNeverExceedAssets(
        uint256 debt,
        uint256 price,
        uint256 insured,
        uint256 time
    ) public {
        debt = bound(debt, 100e6, 22_500e6);
        insured = bound(insured, 0, 5_000e6);
        openPosition(debt);
        supply(dave, uUsdc, 333_333_333_333);
        if (insured != 0) {
            vm.prank(dave);
            uUsdc.fundInsurance(insured);
        }
        vm.warp(T0 + bound(time, 0, 400 days));
        price = bound(price, 1, (uUsdc.debtOf(bob) * 1e12) / 10 - 1);
        oracle.set(address(weth), price);
        liquidate(carol, bob, uUsdc, uWeth, MAX);
        assertEq(uUsdc.debtOf(bob), 0, "INV-LEND-09 no debt without collateral");
        uint256 claims = uUsdc.previewRedeem(uUsdc.balanceOf(alice)) + uUsdc.previewRedeem(uUsdc.balanceOf(dave));
        IUTokenTypes.Totals memory t = uUsdc.totals();
        assertLe(claims + t.reserve, t.cash + t.debt + 1, "INV-LEND-02 claims are at most what there is");
        assertEq(t.debt, 0, "INV-LEND-05 nothing is owed");
        redeemAll(alice, uUsdc);
        checkSolvent(uUsdc, "INV-LEND-01 solvent");
    }
}
