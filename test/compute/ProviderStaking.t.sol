// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {IGuardianPausable} from "../../contracts/access/IGuardianPausable.sol";
import {IProviderStaking} from "../../contracts/compute/interfaces/IProviderStaking.sol";
import {ComputeIds} from "../../contracts/compute/libraries/ComputeIds.sol";
import {ComputeTest} from "./ComputeTest.sol";

/// @notice Stake: in, out, locked, frozen, slashed. The test is the dispute manager.
contract ProviderStakingTest is ComputeTest {
    uint256 private constant STAKE = 100_000e18;

    function test_unxv_isOneBillionForEver() public view {
        assertEq(unxv.totalSupply(), 1_000_000_000e18, "UNXV supply");
        assertEq(unxv.balanceOf(address(this)), 1_000_000_000e18 - STAKE, "UNXV to its recipient");
        assertEq(unxv.symbol(), "UNXV", "UNXV symbol");
    }

    // ------------------------------------------------------------------------------------------------------- in, out

    function test_stake_forAnybody_andAssign() public {
        unxv.approve(address(staking), 50e18);
        vm.expectEmit(address(staking));
        emit IProviderStaking.Staked(provider, address(this), 50e18);
        staking.stake(provider, 50e18);
        assertEq(staking.idleOf(provider), 50e18, "STK-01 idle");
        vm.startPrank(provider);
        expectIdle(50e18, 51e18);
        staking.assign(provisionId, 51e18);
        vm.expectEmit(address(staking));
        emit IProviderStaking.Assigned(provisionId, 20e18);
        staking.assign(provisionId, 20e18);
        expectIdle(30e18, 31e18);
        staking.unstake(31e18, other);
        staking.unstake(30e18, other);
        vm.stopPrank();
        assertStake(STAKE + 20e18, 0, "STK-01 behind the provision");
        assertEq(unxv.balanceOf(other), 30e18, "STK-01 out again");
        assertEq(staking.idleOf(provider), 0, "STK-01 nothing idle");
    }

    function test_stake_refusesBadInput() public {
        vm.expectRevert(IProviderStaking.ZeroAmount.selector);
        staking.stake(provider, 0);
        vm.expectRevert(abi.encodeWithSelector(IProviderStaking.InvalidAddress.selector, address(0)));
        staking.stake(address(0), 1);
        uint256[3] memory ids = [provisionId, ComputeIds.provisionId(other, 0), ComputeIds.provisionId(other, 1) | 1];
        for (uint256 i; i < ids.length; ++i) {
            bytes memory notYours = abi.encodeWithSelector(IProviderStaking.NotYourProvision.selector, ids[i], other);
            vm.startPrank(other);
            vm.expectRevert(notYours);
            staking.stakeAndAssign(ids[i], 1);
            vm.expectRevert(notYours);
            staking.thaw(ids[i], 1);
            vm.expectRevert(notYours);
            staking.cancelThaw(ids[i], 1);
            vm.expectRevert(notYours);
            staking.deprovision(ids[i]);
            vm.stopPrank();
        }
        vm.startPrank(provider);
        vm.expectRevert(IProviderStaking.ZeroAmount.selector);
        staking.assign(provisionId, 0);
        vm.expectRevert(IProviderStaking.ZeroAmount.selector);
        staking.unstake(0, other);
        vm.expectRevert(abi.encodeWithSelector(IProviderStaking.InvalidAddress.selector, address(0)));
        staking.unstake(1, address(0));
        vm.expectRevert(abi.encodeWithSelector(IProviderStaking.InvalidAddress.selector, address(staking)));
        staking.unstake(1, address(staking));
        vm.stopPrank();
    }

    function test_pause_stopsNewStakeOnly() public {
        unxv.approve(address(staking), 10e18);
        staking.stake(provider, 10e18);
        IGuardianPausable(address(staking)).pause(1 days);
        bytes memory paused = abi.encodeWithSelector(IGuardianPausable.ProtocolPaused.selector, T0 + 1 days);
        vm.expectRevert(paused);
        staking.stake(provider, 1);
        vm.startPrank(provider);
        vm.expectRevert(paused);
        staking.assign(provisionId, 1);
        vm.expectRevert(paused);
        staking.stakeAndAssign(provisionId, 1);
        staking.thaw(provisionId, 1e18);
        staking.unstake(10e18, provider);
        vm.stopPrank();
        assertEq(unxv.balanceOf(provider), 10e18, "STK-02 out while paused");
    }

    // --------------------------------------------------------------------------------------------------------- thaw

    function test_thaw_sevenDaysToTheSecond() public {
        vm.startPrank(provider);
        vm.expectRevert(IProviderStaking.NothingToDo.selector);
        staking.deprovision(provisionId);
        vm.expectEmit(address(staking));
        emit IProviderStaking.Thawing(provisionId, 40_000e18, T0 + 7 days);
        staking.thaw(provisionId, 40_000e18);
        vm.warp(T0 + 7 days - 1);
        vm.expectRevert(abi.encodeWithSelector(IProviderStaking.TooEarly.selector, T0 + 7 days));
        staking.deprovision(provisionId);
        vm.warp(T0 + 7 days);
        assertEq(staking.deprovision(provisionId), 40_000e18, "STK-02 all of it");
        vm.stopPrank();
        assertStake(60_000e18, 0, "STK-02 less is behind");
        assertEq(staking.idleOf(provider), 40_000e18, "STK-02 and idle");
        assertEq(staking.thawEndsAt(provisionId), 0, "STK-02 nothing thaws");
    }

    function test_thaw_moreStartsAnew_andLessMayStay() public {
        vm.startPrank(provider);
        staking.thaw(provisionId, 40_000e18);
        vm.warp(T0 + 6 days);
        staking.thaw(provisionId, 1);
        assertEq(staking.thawEndsAt(provisionId), T0 + 13 days, "STK-02 anew");
        vm.expectRevert(abi.encodeWithSelector(IProviderStaking.InsufficientStake.selector, 60_000e18 - 1, 60_000e18));
        staking.thaw(provisionId, 60_000e18);
        vm.expectRevert(
            abi.encodeWithSelector(IProviderStaking.InsufficientStake.selector, 40_000e18 + 1, 40_000e18 + 2)
        );
        staking.cancelThaw(provisionId, 40_000e18 + 2);
        staking.cancelThaw(provisionId, 1);
        assertStake(STAKE, 40_000e18, "STK-02 less thaws");
        staking.cancelThaw(provisionId, 40_000e18);
        vm.expectRevert(IProviderStaking.ZeroAmount.selector);
        staking.thaw(provisionId, 0);
        vm.expectRevert(IProviderStaking.ZeroAmount.selector);
        staking.cancelThaw(provisionId, 0);
        vm.stopPrank();
        assertStake(STAKE, 0, "STK-02 nothing thaws");
    }

    function test_thaw_keepsTheMinimum() public {
        registry.setRequiredStake(provisionId, 15_000e18);
        vm.startPrank(provider);
        vm.expectRevert(abi.encodeWithSelector(IProviderStaking.StakeBelowMinimum.selector, 15_000e18 - 1, 15_000e18));
        staking.thaw(provisionId, uint96(85_000e18 + 1));
        staking.thaw(provisionId, 85_000e18);
        vm.stopPrank();
        assertStake(STAKE, 85_000e18, "STK-02 all but the minimum");
    }

    // -------------------------------------------------------------------------------------------------------- locks

    /// @dev 10 USDC are 100 UNXV, of which twice as many are locked, until the eighth day after begins.
    function test_lock_endsWithTheEighthDay() public {
        vm.prank(address(escrow));
        assertEq(staking.lock(provisionId, 10 * USD), 0, "STK-03 covered");
        assertEq(staking.lockedOf(provisionId), 200e18, "STK-03 twice");
        uint256 endsAt = (T0 / 1 days + 8) * 1 days;
        vm.warp(T0 + 3 days);
        vm.prank(address(escrow));
        staking.lock(provisionId, 5 * USD);
        assertEq(staking.lockedOf(provisionId), 300e18, "STK-03 more on another day");
        vm.warp(endsAt - 1);
        assertEq(staking.lockedOf(provisionId), 300e18, "STK-03 still");
        vm.warp(endsAt);
        assertEq(staking.lockedOf(provisionId), 100e18, "STK-03 the first ends");
        vm.warp(endsAt + 3 days);
        assertEq(staking.lockedOf(provisionId), 0, "STK-03 and the second");
        vm.warp(endsAt + 100 days);
        vm.prank(address(escrow));
        staking.lock(provisionId, 5 * USD);
        assertEq(staking.lockedOf(provisionId), 100e18, "STK-03 nothing of long ago");
    }

    function test_lock_coversWhatItCan() public {
        vm.prank(provider);
        staking.thaw(provisionId, uint96(STAKE - 100e18));
        vm.startPrank(address(escrow));
        assertEq(staking.lock(provisionId, 10 * USD), 5 * USD, "STK-03 half is not covered");
        assertEq(staking.lock(provisionId, 1), 1, "STK-03 then nothing is");
        vm.stopPrank();
        assertEq(staking.lockedOf(provisionId), 100e18, "STK-03 what does not thaw");
        vm.prank(address(escrow));
        assertEq(staking.lock(ComputeIds.provisionId(other, 1), 7), 7, "STK-03 without stake nothing is");
        vm.prank(other);
        vm.expectRevert(abi.encodeWithSelector(IProviderStaking.NotAllowed.selector, other));
        staking.lock(provisionId, 1);
    }

    /// @dev The last fee's period: stake that backs it does not leave before (0G's leaves at once).
    function test_deprovision_notBeforeTheLastFeesPeriod() public {
        vm.prank(provider);
        staking.thaw(provisionId, uint96(STAKE - 300e18));
        vm.warp(T0 + 7 days - 1);
        vm.prank(address(escrow));
        staking.lock(provisionId, 15 * USD);
        vm.startPrank(provider);
        staking.thaw(provisionId, 300e18);
        vm.warp(T0 + 14 days);
        assertEq(staking.deprovision(provisionId), STAKE - 300e18, "INV-CMP-05 all but what is locked");
        vm.expectRevert(abi.encodeWithSelector(IProviderStaking.StakeLocked.selector, provisionId));
        staking.deprovision(provisionId);
        uint256 endsAt = ((T0 + 7 days - 1) / 1 days + 8) * 1 days;
        vm.warp(endsAt - 1);
        vm.expectRevert(abi.encodeWithSelector(IProviderStaking.StakeLocked.selector, provisionId));
        staking.deprovision(provisionId);
        vm.warp(endsAt);
        assertEq(staking.deprovision(provisionId), 300e18, "INV-CMP-05 then the rest");
        vm.stopPrank();
    }

    /// @dev Rounded up to a hundredth, and never less than twice the payment's worth.
    function testFuzz_lock_coversExactly(uint256 amount, uint256 rate) public {
        amount = bound(amount, 1, 100_000 * USD);
        rate = bound(rate, RATE / 2, RATE * 2);
        staking.setRate(rate);
        vm.prank(address(escrow));
        uint256 uncovered = staking.lock(provisionId, amount);
        uint256 locked = staking.lockedOf(provisionId);
        assertLe(locked, STAKE, "STK-03 no more than there is");
        if (uncovered == 0) {
            assertGe(locked, amount * rate * 2, "STK-03 twice its worth");
            assertLe(locked, amount * rate * 2 + 1e16, "STK-03 to the hundredth");
        } else {
            assertGe(locked + 1e16, STAKE, "STK-03 everything");
            assertGe(uncovered * rate * 2 + locked, amount * rate * 2, "STK-03 nothing falls between");
            assertLe(uncovered, amount, "STK-03 no more than the payment");
        }
    }

    // ----------------------------------------------------------------------------------------------------- disputes

    function test_freeze_nothingLeaves() public {
        vm.startPrank(provider);
        staking.thaw(provisionId, 40_000e18);
        vm.stopPrank();
        assertEq(staking.freeze(provisionId), STAKE, "STK-05 the snapshot");
        staking.freeze(provisionId);
        vm.warp(T0 + 30 days);
        staking.unfreeze(provisionId);
        vm.prank(provider);
        vm.expectRevert(abi.encodeWithSelector(IProviderStaking.StakeLocked.selector, provisionId));
        staking.deprovision(provisionId);
        assertTrue(staking.isFrozen(provisionId), "STK-05 counted");
        staking.unfreeze(provisionId);
        vm.prank(provider);
        assertEq(staking.deprovision(provisionId), 40_000e18, "STK-05 then it leaves");
        vm.expectRevert(IProviderStaking.NothingToDo.selector);
        staking.unfreeze(provisionId);
    }

    function test_slash_aTenthInSevenDays() public {
        vm.expectEmit(address(staking));
        emit IProviderStaking.Slashed(provisionId, other, 600e18, 300e18);
        assertEq(staking.slash(provisionId, 600e18, STAKE, other), 600e18, "STK-04 what is asked");
        assertEq(unxv.balanceOf(other), 300e18, "STK-04 half to the filer");
        assertEq(unxv.balanceOf(insurance), 300e18, "STK-04 half to the insurance");
        vm.warp(T0 + 1 days);
        assertEq(staking.slash(provisionId, MAX, STAKE, other), 9_400e18, "STK-04 up to a tenth");
        assertEq(unxv.balanceOf(other), 800e18, "STK-04 the filer at most 500");
        assertEq(unxv.balanceOf(insurance), 9_200e18, "STK-04 the rest to the insurance");
        assertEq(staking.slash(provisionId, 1, STAKE, other), 0, "STK-04 nothing more");
        assertEq(staking.slashedRecently(provisionId), 10_000e18, "STK-04 all of it");
        vm.warp(T0 + 7 days - 1);
        assertEq(staking.slash(provisionId, 1, STAKE, other), 0, "STK-04 not before seven days");
        vm.warp(T0 + 7 days);
        assertEq(staking.slash(provisionId, MAX, STAKE, address(0)), 600e18, "STK-04 what the first took");
        assertEq(unxv.balanceOf(insurance), 9_800e18, "STK-04 without a filer all is the insurance's");
        assertStake(STAKE - 10_600e18, 0, "STK-04 gone");
        vm.warp(T0 + 8 days);
        assertEq(staking.slash(provisionId, MAX, 1_000e18, other), 0, "STK-04 by the snapshot given");
    }

    /// @dev What thaws is slashed to the last second, and what is slashed no longer thaws.
    function test_slash_reachesWhatThaws() public {
        vm.prank(provider);
        staking.thaw(provisionId, uint96(STAKE));
        vm.warp(T0 + 7 days);
        staking.slash(provisionId, MAX, STAKE, other);
        assertStake(STAKE - 10_000e18, STAKE - 10_000e18, "STK-04 what thaws too");
        vm.prank(provider);
        assertEq(staking.deprovision(provisionId), STAKE - 10_000e18, "STK-04 the rest leaves");
        assertEq(staking.slash(provisionId, MAX, STAKE * 10, other), 0, "STK-04 nothing is left");
    }

    function test_slash_isTheDisputeManagers() public {
        bytes memory refused = abi.encodeWithSelector(IProviderStaking.NotAllowed.selector, other);
        vm.startPrank(other);
        vm.expectRevert(refused);
        staking.slash(provisionId, 1, STAKE, other);
        vm.expectRevert(refused);
        staking.freeze(provisionId);
        vm.expectRevert(refused);
        staking.unfreeze(provisionId);
        vm.stopPrank();
    }

    // ----------------------------------------------------------------------------------------------- administration

    function test_setRate_byAFactorOfTwo_withinBounds() public {
        expectBounds(RATE * 2 + 1, RATE / 2, RATE * 2);
        staking.setRate(RATE * 2 + 1);
        expectBounds(RATE / 2 - 1, RATE / 2, RATE * 2);
        staking.setRate(RATE / 2 - 1);
        staking.setRate(RATE * 2);
        assertEq(staking.unxvPerUsdc(), RATE * 2, "STK-08 set");
        for (uint256 rate = RATE * 4; rate <= 1e16; rate *= 2) staking.setRate(rate);
        staking.setRate(1e16);
        expectBounds(1e16 + 1, 5e15, 1e16);
        staking.setRate(1e16 + 1);
        for (uint256 rate = 5e15; rate >= 1e9; rate /= 2) staking.setRate(rate);
        staking.setRate(1e9);
        expectBounds(1e9 - 1, 1e9, 2e9);
        staking.setRate(1e9 - 1);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, other));
        vm.prank(other);
        staking.setRate(1e9);
    }

    function test_setUp_once() public {
        vm.expectRevert(IProviderStaking.AlreadySet.selector);
        staking.setUp(other, other, other, other);
        IProviderStaking fresh = IProviderStaking(
            deploy("ProviderStaking", abi.encode(address(manager), address(unxv), insurance, RATE))
        );
        bytes memory invalid = abi.encodeWithSelector(IProviderStaking.InvalidAddress.selector, address(0));
        vm.expectRevert(invalid);
        fresh.setUp(address(0), other, other, other);
        vm.expectRevert(invalid);
        fresh.setUp(other, address(0), other, other);
        vm.expectRevert(invalid);
        fresh.setUp(other, other, address(0), other);
        vm.expectRevert(invalid);
        fresh.setUp(other, other, other, address(0));
        vm.expectRevert(invalid);
        fresh.setInsurance(address(0));
        fresh.setInsurance(other);
        vm.startPrank(other);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, other));
        fresh.setUp(other, other, other, other);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, other));
        fresh.setInsurance(other);
        vm.stopPrank();
        vm.expectRevert(invalid);
        this.deployStaking(address(0), RATE);
        expectBounds(1e9 - 1, 1e9, 1e16);
        this.deployStaking(address(unxv), 1e9 - 1);
    }

    function deployStaking(address token, uint256 rate) external {
        deploy("ProviderStaking", abi.encode(address(manager), token, insurance, rate));
    }

    // ------------------------------------------------------------------------------------------------------- helpers

    function assertStake(uint256 tokens, uint256 thawing, string memory message) private view {
        (uint256 actual, uint256 actualThawing) = staking.stakeOf(provisionId);
        assertEq(actual, tokens, string.concat(message, ": tokens"));
        assertEq(actualThawing, thawing, string.concat(message, ": thawing"));
    }

    function expectIdle(uint256 idle, uint256 amount) private {
        vm.expectRevert(abi.encodeWithSelector(IProviderStaking.InsufficientIdle.selector, idle, amount));
    }

    function expectBounds(uint256 value, uint256 least, uint256 most) private {
        vm.expectRevert(abi.encodeWithSelector(IProviderStaking.OutOfBounds.selector, value, least, most));
    }
}
