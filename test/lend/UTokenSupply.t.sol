// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";
import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {IUTokenTypes} from "../../contracts/lend/interfaces/IUTokenTypes.sol";
import {LendTest} from "./LendTest.sol";

/// @notice Supplying, withdrawing, the receipt as ERC-20 and ERC-4626.
contract UTokenSupplyTest is LendTest {
    function test_deposit_firstIsAMillionSharesAUnit() public {
        vm.expectEmit(address(uUsdc));
        emit IERC20.Transfer(address(0), bob, 100e12);
        vm.expectEmit(address(uUsdc));
        emit IERC4626.Deposit(alice, bob, 100e6, 100e12);
        vm.prank(alice);
        uint256 shares = uUsdc.deposit(100e6, bob);
        assertEq(shares, 100e12, "LEND-01 shares");
        assertEq(uUsdc.balanceOf(bob), 100e12, "LEND-01 receiver has them");
        assertEq(uUsdc.balanceOf(alice), 0, "LEND-01 payer has none");
        assertEq(usdc.balanceOf(address(uUsdc)), 100e6, "LEND-01 the pool holds the assets");
        assertEq(uUsdc.totalAssets(), 100e6, "LEND-01 total");
        assertEq(uUsdc.totalSupply(), 100e12, "LEND-01 supply");
        assertEq(uUsdc.totals().cash, 100e6, "LEND-01 cash");
    }

    function testFuzz_supplyAndWithdraw_matchTheirPreviews(uint256 a, uint256 b, uint256 time) public {
        accrueSome(bound(time, 0, 400 days));
        a = bound(a, 1, 1e12);
        b = bound(b, 1, 1e18);
        uint256 shares = uUsdc.previewDeposit(a);
        assertEq(supply(carol, uUsdc, a), shares, "LEND-07 previewDeposit");
        uint256 cost = uUsdc.previewMint(b);
        vm.prank(carol);
        assertEq(uUsdc.mint(b, carol), cost, "LEND-07 previewMint");
        assertEq(uUsdc.balanceOf(carol), shares + b, "LEND-01 all shares are there");

        uint256 part = bound(a / 2, 1, uUsdc.maxWithdraw(carol));
        uint256 burned = uUsdc.previewWithdraw(part);
        assertEq(withdraw(carol, uUsdc, part), burned, "LEND-07 previewWithdraw");
        uint256 rest = uUsdc.balanceOf(carol);
        uint256 back = uUsdc.previewRedeem(rest);
        if (back == 0) return;
        vm.prank(carol);
        assertEq(uUsdc.redeem(rest, carol, carol), back, "LEND-07 previewRedeem");
        assertEq(uUsdc.balanceOf(carol), 0, "LEND-02 nothing is left");
        assertLe(part + back, a + cost, "INV-LEND-07 a round trip brings no profit");
        assertGe(part + back + 4, a + cost, "LEND-02 and costs a unit a step at most");
        checkSolvent(uUsdc, "INV-LEND-01 solvent");
    }

    function testFuzz_conversions_roundDown(uint256 assets, uint256 shares, uint256 time) public {
        accrueSome(bound(time, 0, 400 days));
        assets = bound(assets, 0, 1e13);
        shares = bound(shares, 0, 1e19);
        IUTokenTypes.Totals memory t = uUsdc.totals();
        uint256 total = uUsdc.totalAssets();
        uint256 converted = uUsdc.convertToShares(assets);
        assertEq(converted, (assets * (t.supplyShares + 1e6)) / (total + 1), "LEND-07 convertToShares");
        assertEq(uUsdc.previewDeposit(assets), converted, "LEND-07 previewDeposit is as exact");
        assertLe(uUsdc.convertToAssets(converted), assets, "INV-LEND-07 there and back brings no profit");
        assertEq(
            uUsdc.convertToAssets(shares),
            (shares * (total + 1)) / (t.supplyShares + 1e6),
            "LEND-07 convertToAssets"
        );
    }

    function testFuzz_roundTrips_neverProfit(uint256 amount, uint256 time, bool byShares) public {
        accrueSome(bound(time, 0, 1_000 days));
        amount = bound(amount, 1, 1e13);
        uint256 price = sharePrice(uUsdc);
        vm.startPrank(carol);
        uint256 paid = amount;
        uint256 shares = amount * 1e6;
        if (byShares) paid = uUsdc.mint(shares, carol);
        else shares = uUsdc.deposit(amount, carol);
        uint256 worth = uUsdc.previewRedeem(shares);
        assertLe(worth, paid, "INV-LEND-07 no profit");
        if (worth != 0) uUsdc.redeem(shares, carol, carol);
        vm.stopPrank();
        assertGe(sharePrice(uUsdc), price, "INV-LEND-03 the share price does not fall");
    }

    function test_withdraw_pays() public {
        supply(alice, uUsdc, 100e6);
        vm.expectEmit(address(uUsdc));
        emit IERC20.Transfer(alice, address(0), 40e12);
        vm.expectEmit(address(uUsdc));
        emit IERC4626.Withdraw(alice, bob, alice, 40e6, 40e12);
        vm.prank(alice);
        assertEq(uUsdc.withdraw(40e6, bob, alice), 40e12, "LEND-02 shares");
        assertEq(usdc.balanceOf(bob), 1e14 + 40e6, "LEND-02 receiver is paid");
        assertEq(uUsdc.balanceOf(alice), 60e12, "LEND-02 rest");
        assertEq(uUsdc.totals().cash, 60e6, "LEND-02 cash");
    }

    function test_withdraw_moreThanHeldReverts() public {
        supply(alice, uUsdc, 100e6);
        supply(bob, uUsdc, 100e6);
        vm.expectRevert(abi.encodeWithSelector(IERC20Errors.ERC20InsufficientBalance.selector, alice, 100e12, 101e12));
        withdraw(alice, uUsdc, 101e6);
    }

    function test_withdraw_moreThanCashReverts() public {
        supply(alice, uUsdc, 20_000e6);
        collateral(bob, uWeth, 10 ether);
        borrow(bob, uUsdc, 15_000e6);
        expectError(IUTokenTypes.InsufficientCash.selector, 5_001e6, 5_000e6);
        withdraw(alice, uUsdc, 5_001e6);
        assertEq(uUsdc.maxWithdraw(alice), 5_000e6, "LEND-07 maxWithdraw knows the cash");
        withdraw(alice, uUsdc, 5_000e6);
    }

    /// @dev LEND-03.
    function test_zeroAmountsRevert() public {
        openPosition(10_000e6);
        vm.warp(T0 + YEAR);
        vm.startPrank(alice);
        vm.expectRevert(IUTokenTypes.ZeroAmount.selector);
        uUsdc.deposit(0, alice);
        vm.expectRevert(IUTokenTypes.ZeroAmount.selector);
        uUsdc.mint(0, alice);
        vm.expectRevert(IUTokenTypes.ZeroAmount.selector);
        uUsdc.withdraw(0, alice, alice);
        vm.expectRevert(IUTokenTypes.ZeroAmount.selector);
        uUsdc.redeem(0, alice, alice);
        // Worth less than a unit.
        vm.expectRevert(IUTokenTypes.ZeroAmount.selector);
        uUsdc.redeem(1, alice, alice);
        vm.stopPrank();
    }

    /// @dev LEND-04.
    function test_receivers_nobodyAndThePoolRevert() public {
        supply(alice, uUsdc, 100e6);
        address[2] memory wrong = [address(0), address(uUsdc)];
        for (uint256 i; i < 2; ++i) {
            vm.startPrank(alice);
            expectError(IERC20Errors.ERC20InvalidReceiver.selector, wrong[i]);
            uUsdc.deposit(1e6, wrong[i]);
            expectError(IERC20Errors.ERC20InvalidReceiver.selector, wrong[i]);
            uUsdc.mint(1e12, wrong[i]);
            expectError(IERC20Errors.ERC20InvalidReceiver.selector, wrong[i]);
            uUsdc.withdraw(1e6, wrong[i], alice);
            expectError(IERC20Errors.ERC20InvalidReceiver.selector, wrong[i]);
            uUsdc.redeem(1e12, wrong[i], alice);
            expectError(IERC20Errors.ERC20InvalidReceiver.selector, wrong[i]);
            uUsdc.transfer(wrong[i], 1);
            vm.stopPrank();
        }
    }

    function test_supplyCap() public {
        uUsdc.setCaps(1_000, 1_000);
        supply(alice, uUsdc, 999e6);
        assertEq(uUsdc.maxDeposit(bob), 1e6, "LEND-05 room");
        assertEq(uUsdc.maxMint(bob), 1e12, "LEND-05 room in shares");
        expectError(IUTokenTypes.SupplyCapExceeded.selector, 1_000e6 + 1, 1_000e6);
        supply(bob, uUsdc, 1e6 + 1);
        supply(bob, uUsdc, 1e6);
        assertEq(uUsdc.maxDeposit(bob), 0, "LEND-05 full");
        uUsdc.setCaps(10, 10);
        assertEq(uUsdc.maxDeposit(bob), 0, "LEND-05 above a lowered cap");
        withdraw(alice, uUsdc, 999e6);
    }

    function test_allowance_isSpentByOthers() public {
        supply(alice, uUsdc, 100e6);
        vm.prank(alice);
        assertTrue(uUsdc.approve(bob, 30e12), "LEND-06 approve answers");
        vm.prank(bob);
        uUsdc.withdraw(10e6, bob, alice);
        assertEq(uUsdc.allowance(alice, bob), 20e12, "LEND-06 withdraw spends");
        vm.prank(bob);
        uUsdc.redeem(5e12, bob, alice);
        vm.prank(bob);
        assertTrue(uUsdc.transferFrom(alice, carol, 15e12), "LEND-06 transferFrom answers");
        assertEq(uUsdc.balanceOf(carol), 15e12, "LEND-09 moved");
        bytes memory none = abi.encodeWithSelector(IERC20Errors.ERC20InsufficientAllowance.selector, bob, 0, 1e12);
        vm.startPrank(bob);
        vm.expectRevert(none);
        uUsdc.withdraw(1e6, bob, alice);
        vm.expectRevert(none);
        uUsdc.redeem(1e12, bob, alice);
        vm.expectRevert(none);
        uUsdc.transferFrom(alice, carol, 1e12);
        vm.stopPrank();
        vm.prank(alice);
        uUsdc.approve(bob, MAX);
        vm.prank(bob);
        uUsdc.withdraw(1e6, bob, alice);
        assertEq(uUsdc.allowance(alice, bob), MAX, "LEND-06 without limit stays");
    }

    function test_withdrawable_ofAnEmptyPosition() public {
        openPosition(10_000e6);
        vm.prank(bob);
        uBtc.setCollateral(true);
        assertEq(controller.withdrawable(2, bob), 0, "LEND-07 nothing lies there");
        assertEq(uBtc.maxWithdraw(bob), 0, "LEND-07 maxWithdraw");
    }

    function test_transfer_toItselfAndZero() public {
        supply(alice, uUsdc, 100e6);
        vm.startPrank(alice);
        uUsdc.transfer(alice, 100e12);
        assertEq(uUsdc.balanceOf(alice), 100e12, "LEND-09 to itself");
        assertTrue(uUsdc.transfer(bob, 0), "LEND-09 nothing");
        vm.expectRevert(
            abi.encodeWithSelector(IERC20Errors.ERC20InsufficientBalance.selector, alice, 100e12, 100e12 + 1)
        );
        uUsdc.transfer(bob, 100e12 + 1);
        vm.stopPrank();
    }

    function test_metadata() public view {
        assertEq(uUsdc.name(), "Cxmpute uUSDC", "LEND-07 name");
        assertEq(uUsdc.symbol(), "uUSDC", "LEND-07 symbol");
        assertEq(uint256(uUsdc.decimals()), 12, "LEND-07 decimals");
        assertEq(uint256(uWeth.decimals()), 24, "LEND-07 decimals");
        assertEq(uint256(uBtc.decimals()), 14, "LEND-07 decimals");
        assertEq(uUsdc.asset(), address(usdc), "LEND-07 asset");
        assertEq(uWeth.id(), 1, "LEND-07 id");
        assertEq(uWeth.controller(), address(controller), "LEND-07 controller");
    }

    function test_donation_movesNothing() public {
        openPosition(10_000e6);
        uint256 price = sharePrice(uUsdc);
        uint256 rate = uUsdc.borrowRate();
        vm.prank(carol);
        usdc.transfer(address(uUsdc), 1e12);
        assertEq(sharePrice(uUsdc), price, "INV-LEND-20 share price");
        assertEq(uUsdc.borrowRate(), rate, "INV-LEND-20 rate");
        assertEq(uUsdc.totalAssets(), 1_000_000e6, "INV-LEND-20 total");
    }

    /// @dev Whatever an attacker puts in and sends before and after a victim's deposit, it takes out no more than it put in.
    function testFuzz_firstDepositor_cannotProfit(uint256 first, uint256 gift, uint256 victim, uint256 second) public {
        first = bound(first, 1, 1e12);
        gift = bound(gift, 0, 1e13);
        victim = bound(victim, 1, 1e12);
        second = bound(second, 0, 1e12);
        uint256 before = usdc.balanceOf(carol);
        uint256 shares = supply(carol, uUsdc, first);
        vm.prank(carol);
        usdc.transfer(address(uUsdc), gift);
        uint256 victims = supply(bob, uUsdc, victim);
        if (second != 0) shares += supply(carol, uUsdc, second);
        vm.prank(carol);
        uUsdc.redeem(shares, carol, carol);
        assertLe(usdc.balanceOf(carol), before - gift, "INV-LEND-20 no profit");
        assertEq(uUsdc.previewRedeem(victims), victim, "INV-LEND-20 the victim has all of its own");
    }

    /// @dev Rounding gifts of a first supplier that plays alone: a million dust steps would move the price by nothing that
    /// a later supplier could feel.
    function test_firstDepositor_dustSteps() public {
        supply(carol, uUsdc, 2);
        for (uint256 i; i < 100; ++i) {
            // A unit for a millionth of a share, a hundred times.
            vm.prank(carol);
            uUsdc.mint(1, carol);
        }
        uint256 shares = supply(bob, uUsdc, 1_000e6);
        assertGe(uUsdc.previewRedeem(shares) + 1, 1_000e6, "INV-LEND-20 the victim loses a unit at most");
    }

    function accrueSome(uint256 time) private {
        openPosition(15_000e6);
        vm.warp(T0 + time);
    }
}
