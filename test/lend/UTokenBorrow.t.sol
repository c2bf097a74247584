// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {ILendControllerTypes} from "../../contracts/lend/interfaces/ILendControllerTypes.sol";
import {IUTokenTypes} from "../../contracts/lend/interfaces/IUTokenTypes.sol";
import {IPriceOracle} from "../../contracts/oracle/interfaces/IPriceOracle.sol";
import {LendTest} from "./LendTest.sol";

/// @notice Borrowing, repaying, delegation.
contract UTokenBorrowTest is LendTest {
    function setUp() public override {
        super.setUp();
        supply(alice, uUsdc, 1_000_000e6);
        supply(alice, uBtc, 100e8);
        collateral(bob, uWeth, 10 ether);
    }

    function test_borrow_lends() public {
        vm.expectEmit(address(uUsdc));
        emit IUTokenTypes.Borrow(bob, carol, 10_000e6, 10_000e6);
        vm.prank(bob);
        assertEq(uUsdc.borrow(10_000e6, bob, carol), 10_000e6, "LEND-10 debt shares");
        assertEq(usdc.balanceOf(carol), 1e14 + 10_000e6, "LEND-10 receiver has the assets");
        assertEq(uUsdc.debtOf(bob), 10_000e6, "LEND-10 debt");
        assertEq(uUsdc.debtSharesOf(bob), 10_000e6, "LEND-10 shares");
        assertEq(uUsdc.totals().cash, 990_000e6, "LEND-10 cash");
        assertEq(uUsdc.totalAssets(), 1_000_000e6, "LEND-10 suppliers' total stays");
        (uint256 collateralBits, uint256 debtBits) = controller.accountBits(bob);
        assertEq(collateralBits, 2, "LEND-10 collateral bit");
        assertEq(debtBits, 1, "LEND-10 debt bit");
    }

    function test_borrow_upToTheCollateralFactor() public {
        // 10 WETH at 3,000 USD and 75 %.
        expectError(ILendControllerTypes.Undercollateralised.selector, 22_500e18, 22_500.000001e18);
        borrow(bob, uUsdc, 22_500e6 + 1);
        borrow(bob, uUsdc, 22_500e6);
        assertEq(health(bob), 1.066666666666666666e18, "LEND-16 health by the threshold");
        expectError(ILendControllerTypes.Undercollateralised.selector, 22_500e18, 22_500.000001e18);
        borrow(bob, uUsdc, 1);
    }

    /// @dev Collateral with a threshold alone: nothing is borrowed on it, so it needs no price, and leaves when the
    /// rest covers.
    function test_factorOfZero_isNoBorrowingPower() public {
        borrow(bob, uUsdc, 10_000e6);
        collateral(bob, uBtc, 1e8);
        controller.setAsset(2, parameters(0, 7_500, 5_000));
        setQuality(address(sbtc), IPriceOracle.Quality.Halted);
        expectError(ILendControllerTypes.Undercollateralised.selector, 22_500e18, 22_500.000001e18);
        borrow(bob, uUsdc, 12_500e6 + 1);
        borrow(bob, uUsdc, 12_500e6);
        assertEq(controller.withdrawable(2, bob), MAX, "LEND-16 all of it");
        setWeth(2_999);
        assertEq(controller.withdrawable(2, bob), 0, "LEND-16 nothing while the rest does not cover");
        expectError(ILendControllerTypes.Undercollateralised.selector, 22_492.5e18, 22_500e18);
        withdraw(bob, uBtc, 1);
        setWeth(3_000);
        withdraw(bob, uBtc, 1e8);
        assertEq(sbtc.balanceOf(bob), 1e13, "LEND-16 all back");
    }

    function test_borrow_withoutCollateralReverts() public {
        expectError(ILendControllerTypes.Undercollateralised.selector, 0, 1e12);
        borrow(carol, uUsdc, 1);
        // Shares that are not switched on are none.
        supply(carol, uWeth, 10 ether);
        expectError(ILendControllerTypes.Undercollateralised.selector, 0, 1e12);
        borrow(carol, uUsdc, 1);
    }

    function test_borrow_severalDebtsAndCollaterals() public {
        collateral(bob, uUsdc, 10_000e6);
        // 22,500 + 8,500 of power.
        borrow(bob, uBtc, 0.2e8);
        borrow(bob, uUsdc, 11_000e6);
        expectError(ILendControllerTypes.Undercollateralised.selector, 31_000e18, 31_000.000001e18);
        borrow(bob, uUsdc, 1);
        ILendControllerTypes.AccountHealth memory h = controller.healthOf(bob);
        assertEq(h.collateral, 40_000e18, "LEND-16 collateral");
        assertEq(h.power, 31_000e18, "LEND-16 power");
        assertEq(h.threshold, 24_000e18 + 8_800e18, "LEND-16 threshold");
        assertEq(h.debt, 31_000e18, "LEND-16 debt");
    }

    function test_borrow_ofOnesOwnCollateralAsset() public {
        collateral(carol, uUsdc, 1_000e6);
        borrow(carol, uUsdc, 850e6);
        expectError(ILendControllerTypes.Undercollateralised.selector, 850e18, 850.000001e18);
        borrow(carol, uUsdc, 1);
    }

    function test_borrowShares() public {
        borrow(bob, uUsdc, 10_000e6);
        vm.warp(T0 + YEAR);
        uint256 index = uUsdc.totals().debtIndex;
        vm.prank(bob);
        uint256 assets = uUsdc.borrowShares(1_000e6, bob, bob);
        assertEq(assets, (1_000e6 * index) / 1e18, "LEND-11 assets, rounded down");
        assertEq(uUsdc.debtSharesOf(bob), 11_000e6, "LEND-11 shares");
        vm.prank(bob);
        vm.expectRevert(IUTokenTypes.ZeroAmount.selector);
        uUsdc.borrowShares(0, bob, bob);
    }

    /// @dev LEND-12.
    function test_borrow_capAndCash() public {
        uUsdc.setCaps(1e9, 5_000);
        expectError(IUTokenTypes.BorrowCapExceeded.selector, 5_000e6 + 1, 5_000e6);
        borrow(bob, uUsdc, 5_000e6 + 1);
        borrow(bob, uUsdc, 5_000e6);
        expectError(IUTokenTypes.InsufficientCash.selector, 11 ether, 10 ether);
        borrow(bob, uWeth, 11 ether);
        vm.expectRevert(IUTokenTypes.ZeroAmount.selector);
        borrow(bob, uUsdc, 0);
        address[2] memory wrong = [address(0), address(uUsdc)];
        for (uint256 i; i < 2; ++i) {
            vm.prank(bob);
            expectError(IERC20Errors.ERC20InvalidReceiver.selector, wrong[i]);
            uUsdc.borrow(1, bob, wrong[i]);
        }
    }

    /// @dev A debt is rounded up: never free.
    function test_borrow_oneUnitIsNeverFree() public {
        borrow(bob, uUsdc, 10_000e6);
        vm.warp(T0 + 10 * YEAR);
        uint256 before = uUsdc.debtSharesOf(bob);
        borrow(bob, uUsdc, 1);
        assertGe(uUsdc.debtSharesOf(bob), before + 1, "LEND-10 a share at least");
    }

    // --------------------------------------------------------------------------------------------------- delegation

    function test_borrow_onBehalf() public {
        bytes memory none = abi.encodeWithSelector(IUTokenTypes.InsufficientBorrowAllowance.selector, bob, carol, 0, 1);
        vm.prank(carol);
        vm.expectRevert(none);
        uUsdc.borrow(1, bob, carol);

        vm.expectEmit(address(uUsdc));
        emit IUTokenTypes.BorrowApproval(bob, carol, 100e6);
        vm.prank(bob);
        uUsdc.approveBorrow(carol, 100e6);
        vm.prank(carol);
        uUsdc.borrow(60e6, bob, carol);
        assertEq(uUsdc.borrowAllowance(bob, carol), 40e6, "LEND-13 spent");
        assertEq(uUsdc.debtOf(bob), 60e6, "LEND-13 the owner owes");
        assertEq(uUsdc.debtOf(carol), 0, "LEND-13 the delegate does not");
        vm.prank(carol);
        uUsdc.borrowShares(40e6, bob, carol);
        vm.prank(carol);
        vm.expectRevert(none);
        uUsdc.borrow(1, bob, carol);

        vm.prank(bob);
        uUsdc.approveBorrow(carol, MAX);
        vm.prank(carol);
        uUsdc.borrow(60e6, bob, carol);
        assertEq(uUsdc.borrowAllowance(bob, carol), MAX, "LEND-13 without limit stays");
        // In this pool only.
        vm.prank(carol);
        vm.expectRevert(abi.encodeWithSelector(IUTokenTypes.InsufficientBorrowAllowance.selector, bob, carol, 0, 1));
        uBtc.borrow(1, bob, carol);
    }

    // ----------------------------------------------------------------------------------------------------- repaying

    function test_repay_partAndRest() public {
        borrow(bob, uUsdc, 10_000e6);
        vm.expectEmit(address(uUsdc));
        emit IUTokenTypes.Repay(carol, bob, 4_000e6, 4_000e6);
        vm.prank(carol);
        assertEq(uUsdc.repay(4_000e6, bob), 4_000e6, "LEND-14 anybody repays");
        assertEq(uUsdc.debtOf(bob), 6_000e6, "LEND-14 rest");
        vm.warp(T0 + YEAR);
        uint256 owed = uUsdc.debtOf(bob);
        assertGe(owed, 6_001e6, "LEND-14 with interest");
        assertEq(repay(bob, uUsdc, MAX), owed, "LEND-14 takes what is owed, no more");
        assertEq(uUsdc.debtOf(bob), 0, "LEND-14 free");
        (, uint256 debtBits) = controller.accountBits(bob);
        assertEq(debtBits, 0, "LEND-14 the bit is gone");
        withdraw(bob, uWeth, 10 ether);
    }

    function test_repay_nothingOwedReverts() public {
        expectError(IUTokenTypes.NothingOwed.selector, carol);
        repay(carol, uUsdc, 1);
        vm.prank(carol);
        expectError(IUTokenTypes.NothingOwed.selector, carol);
        uUsdc.repayShares(1, carol);
    }

    function test_repay_zeroAndDustRevert() public {
        borrow(bob, uUsdc, 10_000e6);
        vm.warp(T0 + 30 * YEAR);
        vm.expectRevert(IUTokenTypes.ZeroAmount.selector);
        repay(bob, uUsdc, 0);
        // The index is above 1: a unit is less than a share.
        vm.expectRevert(IUTokenTypes.ZeroAmount.selector);
        repay(bob, uUsdc, 1);
        vm.prank(bob);
        vm.expectRevert(IUTokenTypes.ZeroAmount.selector);
        uUsdc.repayShares(0, bob);
    }

    function test_repayShares() public {
        borrow(bob, uUsdc, 10_000e6);
        vm.warp(T0 + YEAR);
        uint256 index = uUsdc.totals().debtIndex;
        vm.prank(bob);
        uint256 repaid = uUsdc.repayShares(1_234, bob);
        assertEq(repaid, (1_234 * index) / 1e18 + 1, "LEND-15 assets, rounded up");
        assertEq(uUsdc.debtSharesOf(bob), 10_000e6 - 1_234, "LEND-15 shares");
        vm.prank(bob);
        uUsdc.repayShares(MAX, bob);
        assertEq(uUsdc.debtOf(bob), 0, "LEND-15 more than all is all");
    }

    function testFuzz_borrowRepay_neverProfits(uint256 amount, uint256 time, uint256 part) public {
        borrow(bob, uUsdc, 10_000e6);
        vm.warp(T0 + bound(time, 0, 3 * YEAR));
        collateral(dave, uBtc, 10e8);
        amount = bound(amount, 1, 600_000e6);
        uint256 price = sharePrice(uUsdc);
        borrow(dave, uUsdc, amount);
        assertGe(sharePrice(uUsdc), price, "INV-LEND-03 borrowing does not lower the share price");
        assertGe(uUsdc.debtOf(dave), amount, "INV-LEND-08 owes what it took at least");
        uint256 paid;
        part = bound(part, 2, amount + 1);
        if (part <= uUsdc.debtOf(dave)) paid = repay(dave, uUsdc, part);
        assertGe(sharePrice(uUsdc), price, "INV-LEND-03 nor does repaying");
        if (uUsdc.debtOf(dave) != 0) paid += repay(dave, uUsdc, MAX);
        assertGe(paid, amount, "INV-LEND-08 pays back what it took at least");
        assertLe(paid, amount + 2, "LEND-14 and a unit a step at most");
    }

    // -------------------------------------------------------------------------------------------------------- prices

    function test_quality_borrowNeedsFreshPricesOfAll() public {
        IPriceOracle.Quality[3] memory bad = [
            IPriceOracle.Quality.Halted,
            IPriceOracle.Quality.Fallback,
            IPriceOracle.Quality.Pending
        ];
        address[2] memory assets = [address(usdc), address(weth)];
        for (uint256 i; i < 6; ++i) {
            setQuality(assets[i % 2], bad[i / 2]);
            vm.expectRevert(
                abi.encodeWithSelector(ILendControllerTypes.PriceNotFresh.selector, assets[i % 2], bad[i / 2])
            );
            borrow(bob, uUsdc, 1e6);
            setQuality(assets[i % 2], IPriceOracle.Quality.Fresh);
        }
        borrow(bob, uUsdc, 1e6);
    }

    function test_quality_withdrawWithDebtNeedsFreshPrices() public {
        borrow(bob, uUsdc, 1_000e6);
        setQuality(address(usdc), IPriceOracle.Quality.Fallback);
        bytes memory stale = abi.encodeWithSelector(
            ILendControllerTypes.PriceNotFresh.selector,
            address(usdc),
            IPriceOracle.Quality.Fallback
        );
        vm.expectRevert(stale);
        withdraw(bob, uWeth, 1);
        vm.prank(bob);
        vm.expectRevert(stale);
        uWeth.transfer(carol, 1);
        assertEq(uWeth.maxWithdraw(bob), 0, "LEND-17 maxWithdraw knows");
        // What needs no price: repaying, adding collateral, withdrawing without debt.
        supply(bob, uWeth, 1 ether);
        repay(bob, uUsdc, MAX);
        withdraw(bob, uWeth, 11 ether);
    }

    function test_quality_noPriceForWhoHasNoDebt() public {
        setQuality(address(weth), IPriceOracle.Quality.Halted);
        setQuality(address(usdc), IPriceOracle.Quality.Halted);
        withdraw(bob, uWeth, 10 ether);
        withdraw(alice, uUsdc, 1_000_000e6);
    }

    /// @dev Debt counts at the high and collateral at the low price.
    function test_quality_lowAndHigh() public {
        oracle.setQuote(address(weth), 2_000e18, 3_000e18, IPriceOracle.Quality.Fresh, 0);
        expectError(ILendControllerTypes.Undercollateralised.selector, 15_000e18, 15_000.000001e18);
        borrow(bob, uUsdc, 15_000e6 + 1);
        oracle.setQuote(address(usdc), 1e18, 1.5e18, IPriceOracle.Quality.Fresh, 0);
        borrow(bob, uUsdc, 10_000e6);
        assertEq(controller.healthOf(bob).debt, 15_000e18, "LEND-17 debt at high");
        assertEq(controller.healthOf(bob).collateral, 20_000e18, "LEND-17 collateral at low");
    }

    function test_withdrawWithDebt_downToTheFactor() public {
        borrow(bob, uUsdc, 15_000e6);
        uint256 most = uWeth.maxWithdraw(bob);
        assertGe(most, 3.333333333333 ether, "LEND-07 about a third is free");
        vm.expectRevert(
            abi.encodeWithSelector(
                ILendControllerTypes.Undercollateralised.selector,
                14_999.999999999999976e18,
                15_000e18
            )
        );
        withdraw(bob, uWeth, 3.333333333333333344 ether);
        withdraw(bob, uWeth, most);
    }
}
