// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";

import {IGuardianPausable} from "../../contracts/access/IGuardianPausable.sol";
import {DexHelpers} from "../dex/DexHelpers.sol";

/// @notice Bounds, interval and roles of the pause; the order book is the protocol at hand.
contract GuardianPausableTest is DexHelpers {
    uint64 private constant GUARDIAN = 1;
    uint64 private constant GOVERNANCE = 2;
    uint32 private constant DELAY = 48 hours;
    uint256 private constant FOR_EVER = type(uint40).max;

    address private guardian = address(0x6A4D);
    address private governor = address(0x60E4);

    function setUp() public override {
        super.setUp();
        bytes4[] memory guarded = new bytes4[](2);
        (guarded[0], guarded[1]) = (IGuardianPausable.pause.selector, IGuardianPausable.unpause.selector);
        manager.setTargetFunctionRole(address(book), guarded, GUARDIAN);
        bytes4[] memory governed = new bytes4[](2);
        (governed[0], governed[1]) = (IGuardianPausable.retire.selector, book.setTakerFee.selector);
        manager.setTargetFunctionRole(address(book), governed, GOVERNANCE);
        manager.grantRole(GUARDIAN, guardian, 0);
        manager.grantRole(GOVERNANCE, governor, DELAY);
    }

    // ------------------------------------------------------------------------------------------------------ bounds

    function test_pause_revertsForNothing() public {
        expectError(IGuardianPausable.PauseTooLong.selector, 0, 7 days);
        vm.prank(guardian);
        book.pause(0);
    }

    function test_pause_takesSevenDaysAtMost() public {
        expectError(IGuardianPausable.PauseTooLong.selector, 7 days + 1, 7 days);
        vm.prank(guardian);
        book.pause(7 days + 1);

        vm.expectEmit(address(book));
        emit IGuardianPausable.Paused(guardian, T0 + 7 days);
        pauseFor(7 days);
        assertEq(book.pausedUntil(), T0 + 7 days, "ACC-01 end of the pause");
        assertEq(book.pauseAllowedAt(), T0 + 7 days + 72 hours, "ACC-02 next pause");
    }

    function test_pause_endsByItself() public {
        pauseFor(1 hours);

        vm.warp(T0 + 1 hours - 1);
        expectError(IGuardianPausable.ProtocolPaused.selector, T0 + 1 hours);
        plainOrderNow();

        vm.warp(T0 + 1 hours);
        assertEq(book.ownerOf(plainOrder(alice)), alice, "ACC-01 creation runs again at the end");
    }

    function testFuzz_pause_keepsTheFee(uint256 duration) public {
        duration = bound(duration, 1, 7 days);
        pauseFor(duration);
        assertEq(book.takerFee(), FEE, "ACC-10 the fee shares the word");
        assertEq(book.pausedUntil(), T0 + duration, "ACC-01 until");
        vm.prank(guardian);
        book.unpause();
        assertEq(book.takerFee(), FEE, "ACC-10 the fee shares the word");
    }

    // ----------------------------------------------------------------------------------------------------- interval

    function test_pause_needs72HoursBetween() public {
        pauseFor(1 days);

        vm.warp(T0 + 1 days + 72 hours - 1);
        expectError(IGuardianPausable.PauseTooSoon.selector, T0 + 1 days + 72 hours);
        vm.prank(guardian);
        book.pause(1);

        vm.warp(T0 + 1 days + 72 hours);
        pauseFor(1);
        assertEq(book.pausedUntil(), T0 + 1 days + 72 hours + 1, "ACC-02 a second pause");
    }

    function test_pause_cannotBeExtended() public {
        pauseFor(1 days);
        vm.warp(T0 + 1);
        expectError(IGuardianPausable.PauseTooSoon.selector, T0 + 1 days + 72 hours);
        vm.prank(guardian);
        book.pause(7 days);
    }

    function test_unpause_countsTheIntervalFromNow() public {
        pauseFor(7 days);
        vm.warp(T0 + 10);
        vm.expectEmit(address(book));
        emit IGuardianPausable.Unpaused(guardian);
        vm.prank(guardian);
        book.unpause();

        assertEq(book.ownerOf(plainOrder(alice)), alice, "ACC-03 creation runs in the same second");
        vm.warp(T0 + 10 + 72 hours - 1);
        expectError(IGuardianPausable.PauseTooSoon.selector, T0 + 10 + 72 hours);
        vm.prank(guardian);
        book.pause(1);
        vm.warp(T0 + 10 + 72 hours);
        pauseFor(1);
        assertEq(book.pausedUntil(), T0 + 11 + 72 hours, "ACC-03 the next pause");
    }

    function test_unpause_revertsWithoutAPause() public {
        expectError(IGuardianPausable.NotPaused.selector);
        vm.prank(guardian);
        book.unpause();
    }

    function test_unpause_revertsAtTheEnd() public {
        pauseFor(100);
        vm.warp(T0 + 100);
        expectError(IGuardianPausable.NotPaused.selector);
        vm.prank(guardian);
        book.unpause();
    }

    // ------------------------------------------------------------------------------------------------------- roles

    function test_pause_isTheGuardians() public {
        refusesFor(bob);
        book.pause(1);
        refusesFor(governor);
        book.pause(1);
        refusesFor(bob);
        book.unpause();
    }

    function test_retire_waitsForTheTimelock() public {
        bytes memory data = abi.encodeCall(IGuardianPausable.retire, ());
        vm.expectRevert();
        vm.prank(governor);
        book.retire();

        vm.prank(governor);
        (bytes32 operation, ) = manager.schedule(address(book), data, 0);
        vm.warp(T0 + DELAY - 1);
        vm.expectRevert(abi.encodeWithSelector(IAccessManager.AccessManagerNotReady.selector, operation));
        vm.prank(governor);
        book.retire();

        vm.warp(T0 + DELAY);
        vm.expectEmit(address(book));
        emit IGuardianPausable.Retired(governor);
        vm.prank(governor);
        book.retire();
        assertEq(book.pausedUntil(), FOR_EVER, "ACC-04 retired for ever");
    }

    function test_retire_isNotTheGuardians() public {
        refusesFor(guardian);
        book.retire();
    }

    function test_setTakerFee_waitsForTheTimelockThroughExecute() public {
        bytes memory data = abi.encodeCall(book.setTakerFee, (1_000));
        vm.prank(governor);
        manager.schedule(address(book), data, 0);
        vm.warp(T0 + DELAY);
        vm.prank(governor);
        manager.execute(address(book), data);
        assertEq(book.takerFee(), 1_000, "ACC-05 executed");
    }

    function test_schedule_canBeCancelledBeforeItRuns() public {
        bytes memory data = abi.encodeCall(book.setTakerFee, (1_000));
        vm.prank(governor);
        (bytes32 operation, ) = manager.schedule(address(book), data, 0);
        manager.cancel(governor, address(book), data);
        vm.warp(T0 + DELAY);
        vm.expectRevert(abi.encodeWithSelector(IAccessManager.AccessManagerNotScheduled.selector, operation));
        vm.prank(governor);
        book.setTakerFee(1_000);
    }

    // ----------------------------------------------------------------------------------------------------- retired

    function test_retired_cannotBeUndone() public {
        retireNow();
        expectError(IGuardianPausable.NotPaused.selector);
        vm.prank(guardian);
        book.unpause();
        expectError(IGuardianPausable.PauseTooSoon.selector, FOR_EVER);
        vm.prank(guardian);
        book.pause(1);
        vm.warp(T0 + 3650 days);
        expectError(IGuardianPausable.ProtocolPaused.selector, FOR_EVER);
        plainOrderNow();
    }

    function test_retire_endsARunningPauseForGood() public {
        pauseFor(1 days);
        retireNow();
        vm.warp(T0 + 2 days);
        expectError(IGuardianPausable.ProtocolPaused.selector, FOR_EVER);
        plainOrderNow();
    }

    // ----------------------------------------------------------------------------------------------------- helpers

    function pauseFor(uint256 duration) private {
        vm.prank(guardian);
        book.pause(duration);
    }

    function retireNow() private {
        manager.grantRole(GOVERNANCE, address(this), 0);
        book.retire();
    }

    function plainOrderNow() private {
        vm.prank(alice);
        book.create(address(weth), address(usdc), 1, PRICE_ONE, NEVER, 0);
    }

    function refusesFor(address who) private {
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, who));
        vm.prank(who);
    }
}
