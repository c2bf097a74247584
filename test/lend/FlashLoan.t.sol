// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC3156FlashBorrower} from "@openzeppelin/contracts/interfaces/IERC3156FlashBorrower.sol";
import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {IGuardianPausable} from "../../contracts/access/IGuardianPausable.sol";
import {IUTokenTypes} from "../../contracts/lend/interfaces/IUTokenTypes.sol";
import {ILendControllerTypes} from "../../contracts/lend/interfaces/ILendControllerTypes.sol";
import {LendActor} from "../mocks/lend/LendActor.sol";
import {LendTest} from "./LendTest.sol";

/// @notice Flash loans: one pool by ERC-3156, several at once by the controller.
contract FlashLoanTest is LendTest {
    LendActor private actor;

    function setUp() public override {
        super.setUp();
        openPosition(10_000e6);
        actor = newActor();
    }

    function test_flashLoan() public {
        uint256 before = usdc.balanceOf(address(actor));
        assertEq(uUsdc.maxFlashLoan(address(usdc)), 990_000e6, "LEND-34 the cash");
        assertEq(uUsdc.maxFlashLoan(address(weth)), 0, "LEND-34 of this asset only");
        assertEq(uUsdc.flashFee(address(usdc), 990_000e6), 792e6, "LEND-34 8 bps");
        assertEq(uUsdc.flashFee(address(usdc), 1), 1, "LEND-34 rounded up");
        vm.expectEmit(address(uUsdc));
        emit IUTokenTypes.FlashLoan(address(actor), 990_000e6, 792e6);
        vm.prank(carol);
        assertTrue(uUsdc.flashLoan(actor, address(usdc), 990_000e6, "hello"), "LEND-34 answers true");
        assertEq(string(actor.lastData()), "hello", "LEND-34 data");
        assertEq(actor.lastFee(), 792e6, "LEND-34 fee");
        assertEq(usdc.balanceOf(address(actor)), before - 792e6, "LEND-34 paid");
        IUTokenTypes.Totals memory t = uUsdc.totals();
        assertEq(t.cash, 990_792e6, "LEND-34 cash");
        assertEq(t.reserve, 633.6e6, "LEND-34 80 % to the reserve");
        assertEq(uUsdc.totalAssets(), 1_000_000e6 + 158.4e6, "LEND-34 20 % to the suppliers");
        checkSolvent(uUsdc, "INV-LEND-01 solvent");
    }

    function test_flashLoan_reverts() public {
        expectError(IUTokenTypes.UnsupportedToken.selector, address(weth));
        uUsdc.flashLoan(actor, address(weth), 1, "");
        vm.expectRevert();
        uUsdc.flashFee(address(weth), 1);
        expectError(IUTokenTypes.InsufficientCash.selector, 990_000e6 + 1, 990_000e6);
        uUsdc.flashLoan(actor, address(usdc), 990_000e6 + 1, "");
        vm.expectRevert(IUTokenTypes.ZeroAmount.selector);
        uUsdc.flashLoan(actor, address(usdc), 0, "");
        expectError(IERC20Errors.ERC20InvalidReceiver.selector, address(uUsdc));
        uUsdc.flashLoan(IERC3156FlashBorrower(address(uUsdc)), address(usdc), 1, "");
        actor.setWrongAnswer(true);
        expectError(IUTokenTypes.CallbackRefused.selector, address(actor));
        uUsdc.flashLoan(actor, address(usdc), 1e6, "");
        actor.setWrongAnswer(false);
        actor.execute(address(usdc), abi.encodeCall(usdc.approve, (address(uUsdc), 0)));
        vm.expectRevert(
            abi.encodeWithSelector(IUTokenTypes.PullFailed.selector, address(usdc), address(actor), 1e6 + 800)
        );
        uUsdc.flashLoan(actor, address(usdc), 1e6, "");
    }

    /// @dev Nothing that the borrower does with the loan in this pool goes through, and no price is told meanwhile.
    function test_flashLoan_reentryIsRefused() public {
        bytes[] memory nested = new bytes[](1);
        nested[0] = abi.encodeCall(uUsdc.accrue, ());
        bytes[16] memory calls = [
            abi.encodeCall(uUsdc.deposit, (1e6, address(actor))),
            abi.encodeCall(uUsdc.mint, (1e12, address(actor))),
            abi.encodeCall(uUsdc.withdraw, (1, address(actor), address(actor))),
            abi.encodeCall(uUsdc.redeem, (1e6, address(actor), address(actor))),
            abi.encodeCall(uUsdc.borrow, (1, address(actor), address(actor))),
            abi.encodeCall(uUsdc.repay, (1, bob)),
            abi.encodeCall(uUsdc.flashLoan, (actor, address(usdc), 1, "")),
            abi.encodeCall(uUsdc.setCollateral, (true)),
            abi.encodeCall(uUsdc.multicall, (nested)),
            abi.encodeCall(uUsdc.totalAssets, ()),
            abi.encodeCall(uUsdc.convertToAssets, (1e12)),
            abi.encodeCall(uUsdc.accountState, (bob)),
            abi.encodeCall(uUsdc.sweepReserve, ()),
            abi.encodeCall(uUsdc.fundInsurance, (1)),
            abi.encodeCall(uUsdc.transfer, (bob, 0)),
            abi.encodeCall(uUsdc.borrowRate, ())
        ];
        for (uint256 i; i < calls.length; ++i) actor.program(address(uUsdc), calls[i]);
        uint256 rate = uUsdc.borrowRate();
        uUsdc.flashLoan(actor, address(usdc), 990_000e6, "");
        LendActor.Attempt[] memory attempts = actor.attempts();
        assertEq(attempts.length, calls.length, "INV-LEND-18 all were tried");
        for (uint256 i; i < attempts.length; ++i) {
            assertTrue(!attempts[i].success, "INV-LEND-18 refused");
            assertEq(
                bytes32(bytes4(attempts[i].result)),
                bytes32(IGuardianPausable.Reentrancy.selector),
                "INV-LEND-18 by the lock, not by chance"
            );
        }
        // Utilisation falls by the fee that came in, and by nothing else.
        assertLe(uUsdc.borrowRate(), rate, "INV-LEND-19 the rate does not rise");
        assertGe(uUsdc.borrowRate() + rate / 1_000, rate, "INV-LEND-19 and falls by the fee's weight only");
    }

    /// @dev An account with collateral or debt in the lending pool cannot grow a risk anywhere meanwhile.
    function test_flashLoan_freezesAccountsOfThePool() public {
        actor.execute(address(uWeth), abi.encodeCall(uWeth.deposit, (10 ether, address(actor))));
        actor.execute(address(uWeth), abi.encodeCall(uWeth.setCollateral, (true)));
        actor.execute(address(uUsdc), abi.encodeCall(uUsdc.borrow, (1e6, address(actor), address(actor))));
        supply(alice, uBtc, 1e8);
        actor.program(address(uBtc), abi.encodeCall(uBtc.borrow, (1, address(actor), address(actor))));
        actor.program(address(uWeth), abi.encodeCall(uWeth.withdraw, (1, address(actor), address(actor))));
        actor.program(address(controller), abi.encodeCall(controller.liquidate, (liquidation(bob, uUsdc, uWeth, 1e6))));
        uUsdc.flashLoan(actor, address(usdc), 1e6, "");
        LendActor.Attempt[] memory attempts = actor.attempts();
        assertEq(attempts.length, 3, "INV-LEND-18 all were tried");
        for (uint256 i; i < 3; ++i) {
            assertTrue(!attempts[i].success, "INV-LEND-18 refused");
            assertEq(
                bytes32(bytes4(attempts[i].result)),
                bytes32(IGuardianPausable.Reentrancy.selector),
                "INV-LEND-18 by the pool's lock"
            );
        }
    }

    function testFuzz_flashLoan_leavesPriceAndTotals(uint256 amount, uint256 fee, uint256 time) public {
        vm.warp(T0 + bound(time, 0, YEAR));
        amount = bound(amount, 1, 990_000e6);
        fee = bound(fee, 0, 900);
        uUsdc.setFlashFee(fee);
        uint256 price = sharePrice(uUsdc);
        IUTokenTypes.Totals memory t = uUsdc.totals();
        uUsdc.flashLoan(actor, address(usdc), amount, "");
        uint256 charged = (amount * fee + 999_999) / 1_000_000;
        IUTokenTypes.Totals memory u = uUsdc.totals();
        assertEq(u.cash, t.cash + charged, "LEND-34 the fee arrived");
        assertEq(u.supplyShares, t.supplyShares, "INV-LEND-19 shares stay");
        assertEq(u.debtShares, t.debtShares, "INV-LEND-19 debts stay");
        assertGe(sharePrice(uUsdc), price, "INV-LEND-03 the share price does not fall");
    }

    // --------------------------------------------------------------------------------------------------------- batch

    function test_batch() public {
        (uint256[] memory ids, uint256[] memory amounts) = both(990_000e6, 1_010 ether);
        uint256 dollars = usdc.balanceOf(address(actor));
        uint256 ether_ = weth.balanceOf(address(actor));
        vm.prank(carol);
        controller.flashLoanBatch(actor, ids, amounts, "two");
        assertEq(string(actor.lastData()), "two", "LEND-35 data");
        assertEq(usdc.balanceOf(address(actor)), dollars - 792e6, "LEND-35 fee");
        assertEq(weth.balanceOf(address(actor)), ether_ - 0.808 ether, "LEND-35 fee");
        // Open again.
        supply(carol, uUsdc, 1e6);
        supply(carol, uWeth, 1 ether);
        checkSolvent(uUsdc, "INV-LEND-01 solvent");
        checkSolvent(uWeth, "INV-LEND-01 solvent");
    }

    function test_batch_reverts() public {
        (uint256[] memory ids, uint256[] memory amounts) = both(1e6, 1 ether);
        uint256[] memory one = new uint256[](1);
        expectError(ILendControllerTypes.LengthMismatch.selector, 2, 1);
        controller.flashLoanBatch(actor, ids, one, "");
        ids[1] = 0;
        vm.expectRevert(IGuardianPausable.Reentrancy.selector);
        controller.flashLoanBatch(actor, ids, amounts, "");
        ids[1] = 9;
        expectError(ILendControllerTypes.UnknownId.selector, 9);
        controller.flashLoanBatch(actor, ids, amounts, "");
        ids[1] = 1;
        actor.setWrongAnswer(true);
        expectError(ILendControllerTypes.CallbackRefused.selector, address(actor));
        controller.flashLoanBatch(actor, ids, amounts, "");
    }

    function test_batch_locksItsPoolsAndTheController() public {
        (uint256[] memory ids, uint256[] memory amounts) = both(1e6, 1 ether);
        actor.program(address(uUsdc), abi.encodeCall(uUsdc.deposit, (1e6, address(actor))));
        actor.program(address(uWeth), abi.encodeCall(uWeth.deposit, (1 ether, address(actor))));
        actor.program(address(controller), abi.encodeCall(controller.flashLoanBatch, (actor, ids, amounts, "")));
        actor.program(address(controller), abi.encodeCall(controller.liquidate, (liquidation(bob, uUsdc, uWeth, 1e6))));
        controller.flashLoanBatch(actor, ids, amounts, "");
        LendActor.Attempt[] memory attempts = actor.attempts();
        assertEq(attempts.length, 4, "INV-LEND-18 all were tried");
        for (uint256 i; i < 4; ++i) {
            assertEq(
                bytes32(bytes4(attempts[i].result)),
                bytes32(IGuardianPausable.Reentrancy.selector),
                "INV-LEND-18 refused"
            );
        }
    }

    function both(uint256 a, uint256 b) private pure returns (uint256[] memory ids, uint256[] memory amounts) {
        (ids, amounts) = (new uint256[](2), new uint256[](2));
        (ids[1], amounts[0], amounts[1]) = (1, a, b);
    }
}
