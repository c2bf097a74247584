// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IGuardianPausable} from "../../contracts/access/IGuardianPausable.sol";
import {IProviderDelegation} from "../../contracts/compute/interfaces/IProviderDelegation.sol";
import {ComputeIds} from "../../contracts/compute/libraries/ComputeIds.sol";
import {ComputeTest} from "./ComputeTest.sol";

/// @notice Delegated stake against the real staking. The test is the dispute manager, and whoever pays rewards.
contract ProviderDelegationTest is ComputeTest {
    uint256 private constant STAKE = 100_000e18;
    address private constant ANN = address(0xA11);
    address private constant BEN = address(0xBE7);

    function setUp() public override {
        super.setUp();
        for (uint160 i = 0; i < 2; ++i) {
            address who = i == 0 ? ANN : BEN;
            unxv.transfer(who, 1_000_000e18);
            vm.prank(who);
            unxv.approve(address(delegation), MAX);
        }
        unxv.approve(address(delegation), MAX);
        vm.prank(provider);
        delegation.setCut(provisionId, 2_000);
    }

    // ------------------------------------------------------------------------------------------------------ in, out

    function test_delegate_givesShares() public {
        vm.expectEmit(address(delegation));
        emit IProviderDelegation.Delegated(provisionId, ANN, 1_000e18, 1_000_000e18);
        assertEq(delegate(ANN, 1_000e18), 1_000_000e18, "STK-06 a thousand shares a unit at first");
        assertEq(unxv.balanceOf(ANN), 999_000e18, "STK-06 pulled");
        assertEq(unxv.balanceOf(address(delegation)), 1_000e18, "STK-06 held");
        assertEq(delegation.delegatedTo(provisionId), 1_000e18, "STK-06 behind the provision");
        assertWorth(ANN, 1_000e18, "STK-06 worth what was paid");
        assertEq(delegate(BEN, 500e18), 500_000e18, "STK-06 the same price for the next");
        assertEq(delegation.poolOf(provisionId).shares, 1_500_000e18, "STK-06 all shares");
    }

    function test_delegate_refusesBadInput() public {
        vm.startPrank(ANN);
        vm.expectRevert(abi.encodeWithSelector(IProviderDelegation.TooLittle.selector, 1e18 - 1, 1e18));
        delegation.delegate(provisionId, 1e18 - 1, 0);
        vm.expectRevert(abi.encodeWithSelector(IProviderDelegation.TooFewShares.selector, 1_000e18, 1_000e18 + 1));
        delegation.delegate(provisionId, 1e18, 1_000e18 + 1);
        uint256 closed = ComputeIds.provisionId(other, 1);
        vm.expectRevert(abi.encodeWithSelector(IProviderDelegation.PoolClosed.selector, closed));
        delegation.delegate(closed, 1e18, 0);
        vm.stopPrank();
    }

    /// @dev A stranger who delegates without bound would take the provider's rewards.
    function test_delegate_atMostEightTimesItsOwn() public {
        vm.prank(provider);
        staking.thaw(provisionId, 50_000e18);
        delegate(ANN, 300_000e18);
        vm.startPrank(BEN);
        vm.expectRevert(abi.encodeWithSelector(IProviderDelegation.PoolFull.selector, 100_000e18, 100_000e18 + 1));
        delegation.delegate(provisionId, 100_000e18 + 1, 0);
        delegation.delegate(provisionId, 100_000e18, 0);
        vm.expectRevert(abi.encodeWithSelector(IProviderDelegation.PoolFull.selector, 0, 1e18));
        delegation.delegate(provisionId, 1e18, 0);
        vm.stopPrank();
        // Less of its own does not turn out who is there.
        vm.prank(provider);
        staking.thaw(provisionId, 10_000e18);
        vm.prank(BEN);
        vm.expectRevert(abi.encodeWithSelector(IProviderDelegation.PoolFull.selector, 0, 1e18));
        delegation.delegate(provisionId, 1e18, 0);
        assertEq(delegation.delegatedTo(provisionId), 400_000e18, "STK-06 who is there stays");
    }

    function test_undelegate_sevenDaysToTheSecond() public {
        uint256 shares = delegate(ANN, 1_000e18);
        vm.startPrank(ANN);
        vm.expectRevert(abi.encodeWithSelector(IProviderDelegation.InsufficientShares.selector, shares, shares + 1));
        delegation.undelegate(provisionId, shares + 1);
        vm.expectRevert(IProviderDelegation.ZeroAmount.selector);
        delegation.undelegate(provisionId, 0);
        vm.expectRevert(IProviderDelegation.NothingToDo.selector);
        delegation.withdraw(provisionId, ANN);
        delegation.undelegate(provisionId, shares / 4);
        vm.warp(T0 + 1 days);
        vm.expectEmit(address(delegation));
        emit IProviderDelegation.DelegationThawing(provisionId, ANN, shares / 2, T0 + 8 days);
        delegation.undelegate(provisionId, shares / 4);
        vm.warp(T0 + 8 days - 1);
        vm.expectRevert(abi.encodeWithSelector(IProviderDelegation.TooEarly.selector, T0 + 8 days));
        delegation.withdraw(provisionId, ANN);
        vm.warp(T0 + 8 days);
        vm.expectRevert(abi.encodeWithSelector(IProviderDelegation.InvalidAddress.selector, address(0)));
        delegation.withdraw(provisionId, address(0));
        vm.expectRevert(abi.encodeWithSelector(IProviderDelegation.InvalidAddress.selector, address(delegation)));
        delegation.withdraw(provisionId, address(delegation));
        vm.expectEmit(address(delegation));
        emit IProviderDelegation.DelegationWithdrawn(provisionId, ANN, other, 500e18, shares / 2);
        assertEq(delegation.withdraw(provisionId, other), 500e18, "STK-06 half of it");
        vm.stopPrank();
        assertEq(unxv.balanceOf(other), 500e18, "STK-06 sent");
        assertWorth(ANN, 500e18, "STK-06 the rest stays");
        IProviderDelegation.DelegationView memory left = delegation.delegationOf(provisionId, ANN);
        assertEq(left.thawing, 0, "STK-06 nothing thaws");
        assertEq(left.thawEnds, 0, "STK-06 no end");
    }

    function test_cancelUndelegate() public {
        uint256 shares = delegate(ANN, 1_000e18);
        vm.startPrank(ANN);
        delegation.undelegate(provisionId, shares);
        vm.expectRevert(abi.encodeWithSelector(IProviderDelegation.InsufficientShares.selector, 0, 1));
        delegation.undelegate(provisionId, 1);
        vm.expectRevert(IProviderDelegation.ZeroAmount.selector);
        delegation.cancelUndelegate(provisionId, 0);
        vm.expectRevert(abi.encodeWithSelector(IProviderDelegation.InsufficientShares.selector, shares, shares + 1));
        delegation.cancelUndelegate(provisionId, shares + 1);
        delegation.cancelUndelegate(provisionId, shares / 2);
        assertEq(delegation.delegationOf(provisionId, ANN).thawEnds, T0 + 7 days, "STK-06 the end stays");
        vm.expectEmit(address(delegation));
        emit IProviderDelegation.DelegationThawing(provisionId, ANN, 0, 0);
        delegation.cancelUndelegate(provisionId, shares / 2);
        vm.warp(T0 + 8 days);
        vm.expectRevert(IProviderDelegation.NothingToDo.selector);
        delegation.withdraw(provisionId, ANN);
        vm.stopPrank();
    }

    function test_pause_stopsNewDelegationsOnly() public {
        uint256 shares = delegate(ANN, 1_000e18);
        vm.prank(ANN);
        delegation.undelegate(provisionId, shares);
        vm.warp(T0 + 7 days);
        IGuardianPausable(address(delegation)).pause(1 days);
        vm.startPrank(ANN);
        vm.expectRevert(abi.encodeWithSelector(IGuardianPausable.ProtocolPaused.selector, T0 + 8 days));
        delegation.delegate(provisionId, 1e18, 0);
        assertEq(delegation.withdraw(provisionId, ANN), 1_000e18, "STK-06 out while paused");
        vm.stopPrank();
    }

    // ----------------------------------------------------------------------------------------------------- rewards

    function test_addRewards_cutAndDrip() public {
        delegate(ANN, 3_000e18);
        delegate(BEN, 1_000e18);
        vm.expectEmit(address(delegation));
        emit IProviderDelegation.PoolRewarded(provisionId, 20e18, 80e18, T0 + 7 days);
        delegation.addRewards(provisionId, 100e18);
        assertEq(unxv.balanceOf(provider), 20e18, "STK-06 the provider's cut");
        assertEq(delegation.delegatedTo(provisionId), 4_000e18, "STK-06 nothing dripped yet");
        vm.warp(T0 + 3.5 days);
        assertEq(delegation.delegatedTo(provisionId), 4_040e18, "STK-06 half after half the time");
        vm.warp(T0 + 7 days);
        assertEq(delegation.delegatedTo(provisionId), 4_080e18, "STK-06 all of it after seven days");
        assertNear(worth(ANN), 3_060e18, 10, "STK-06 by shares");
        assertNear(worth(BEN), 1_020e18, 10, "STK-06 by shares, the other");
        vm.warp(T0 + 30 days);
        assertEq(delegation.delegatedTo(provisionId), 4_080e18, "STK-06 and no more");
    }

    /// @dev Whoever comes just before a reward has its seven days to wait like the others, and earns by time.
    function test_addRewards_whoComesLateGetsNothingOfBefore() public {
        delegate(ANN, 1_000e18);
        delegation.addRewards(provisionId, 100e18);
        vm.warp(T0 + 7 days - 1);
        uint256 shares = delegate(BEN, 700_000e18);
        vm.prank(BEN);
        delegation.undelegate(provisionId, shares);
        vm.warp(T0 + 14 days);
        vm.prank(BEN);
        uint256 out = delegation.withdraw(provisionId, BEN);
        assertLe(out, 700_000e18 + 80e18 / uint256(7 days) + 1, "STK-06 a second's worth at most");
        assertGe(worth(ANN), 1_080e18 - 80e18 / uint256(7 days) - 2, "STK-06 the rest is hers");
    }

    /// @dev Dust does not begin the seven days anew.
    function test_addRewards_dustPutsNothingOff() public {
        delegate(ANN, 1_000e18);
        delegation.addRewards(provisionId, 100e18);
        for (uint256 day = 1; day < 7; ++day) {
            vm.warp(T0 + day * 1 days);
            delegation.addRewards(provisionId, 5);
        }
        vm.warp(T0 + 7 days + 6);
        assertEq(delegation.delegatedTo(provisionId), 1_080e18 + 6 * 4, "STK-06 dripped all the same");
        IProviderDelegation.PoolView memory pool = delegation.poolOf(provisionId);
        assertLe(pool.dripping, 0, "STK-06 nothing is left to drip");
    }

    function test_addRewards_twoAreWeighed() public {
        delegate(ANN, 1_000e18);
        delegation.addRewards(provisionId, 100e18);
        vm.warp(T0 + 3.5 days);
        // 40 for 3.5 days and 40 for 7: 80 for 5.25.
        delegation.addRewards(provisionId, 50e18);
        assertEq(delegation.poolOf(provisionId).dripEnds, T0 + 8.75 days, "STK-06 by amounts");
        assertEq(delegation.poolOf(provisionId).dripping, 80e18, "STK-06 both");
        vm.warp(T0 + 8.75 days);
        assertEq(delegation.delegatedTo(provisionId), 1_120e18, "STK-06 both there");
    }

    function test_addRewards_withoutDelegatorsToTheProvider() public {
        delegation.addRewards(provisionId, 100e18);
        assertEq(unxv.balanceOf(provider), 100e18, "STK-06 all to the provider");
        uint256 closed = ComputeIds.provisionId(other, 7);
        delegation.addRewards(closed, 5e18);
        assertEq(unxv.balanceOf(other), 5e18, "STK-06 of a closed pool too");
        vm.expectRevert(abi.encodeWithSelector(IProviderDelegation.InvalidAddress.selector, address(0)));
        delegation.addRewards(uint256(1) << 64, 1);
        vm.expectRevert(IProviderDelegation.ZeroAmount.selector);
        delegation.addRewards(provisionId, 0);
    }

    /// @dev Who lifts the price of a nearly empty pool gives it to nobody's shares, and whoever comes after loses nothing.
    function test_firstDelegator_cannotRobTheSecond() public {
        uint256 shares = delegate(ANN, 1e18);
        vm.startPrank(ANN);
        delegation.undelegate(provisionId, shares - 1);
        vm.warp(T0 + 7 days);
        delegation.withdraw(provisionId, ANN);
        vm.stopPrank();
        delegation.addRewards(provisionId, 100_000e18);
        vm.warp(T0 + 14 days);
        delegate(BEN, 1_000e18);
        assertGe(worth(BEN), 910e18, "STK-06 the second has nearly all of its own");
        assertLe(worth(ANN), 100e18, "STK-06 the first has lost what it gave");
    }

    function test_lastDelegator_leavesTheRestToTheProvider() public {
        uint256 shares = delegate(ANN, 1_000e18);
        vm.prank(ANN);
        delegation.undelegate(provisionId, shares);
        vm.warp(T0 + 7 days);
        delegation.addRewards(provisionId, 100e18);
        uint256 before = unxv.balanceOf(provider);
        vm.expectEmit(address(delegation));
        emit IProviderDelegation.PoolEmptied(provisionId, 80e18);
        vm.prank(ANN);
        delegation.withdraw(provisionId, ANN);
        assertEq(unxv.balanceOf(provider), before + 80e18, "STK-06 what nobody owns is the provider's");
        assertEq(unxv.balanceOf(address(delegation)), 0, "STK-06 nothing stays behind");
        assertEq(delegate(BEN, 10e18), 10_000e18, "STK-06 it begins anew");
    }

    function test_cut_fallsAtOnce_risesInSevenDays() public {
        vm.startPrank(provider);
        vm.expectRevert(abi.encodeWithSelector(IProviderDelegation.CutTooHigh.selector, 10_001, 10_000));
        delegation.setCut(provisionId, 10_001);
        vm.expectEmit(address(delegation));
        emit IProviderDelegation.CutSet(provisionId, 1_000, 0, 0);
        delegation.setCut(provisionId, 1_000);
        vm.expectEmit(address(delegation));
        emit IProviderDelegation.CutSet(provisionId, 1_000, 10_000, T0 + 7 days);
        delegation.setCut(provisionId, 10_000);
        vm.warp(T0 + 7 days - 1);
        assertEq(delegation.poolOf(provisionId).cut, 1_000, "STK-07 not yet");
        vm.warp(T0 + 7 days);
        assertEq(delegation.poolOf(provisionId).cut, 10_000, "STK-07 to the second");
        delegation.setCut(provisionId, 500);
        assertEq(delegation.poolOf(provisionId).cut, 500, "STK-07 down at once");
        delegation.setCut(provisionId, 600);
        delegation.setCut(provisionId, 400);
        assertEq(delegation.poolOf(provisionId).nextCutFrom, 0, "STK-07 a lower one ends the raise");
        vm.stopPrank();
        uint256[3] memory ids = [provisionId, ComputeIds.provisionId(other, 0), ComputeIds.provisionId(other, 1) | 1];
        vm.startPrank(other);
        for (uint256 i; i < ids.length; ++i) {
            vm.expectRevert(abi.encodeWithSelector(IProviderDelegation.NotYourProvision.selector, ids[i], other));
            delegation.setCut(ids[i], 1);
        }
        vm.stopPrank();
    }

    // ---------------------------------------------------------------------------------------------------- slashing

    function test_slash_ownFirst_thenDelegated() public {
        delegate(ANN, 600_000e18);
        delegate(BEN, 200_000e18);
        uint256 snapshot = staking.freeze(provisionId);
        assertEq(snapshot, 900_000e18, "STK-06 the snapshot counts both");
        assertEq(staking.slash(provisionId, MAX, snapshot, other), 90_000e18, "STK-04 a tenth of both");
        (uint256 own, ) = staking.stakeOf(provisionId);
        assertEq(own, 10_000e18, "STK-06 own first");
        assertEq(delegation.delegatedTo(provisionId), 800_000e18, "STK-06 delegated untouched");
        vm.warp(T0 + 7 days);
        vm.expectEmit(address(delegation));
        emit IProviderDelegation.PoolSlashed(provisionId, 71_000e18);
        assertEq(staking.slash(provisionId, MAX, 810_000e18, other), 81_000e18, "STK-04 again a tenth");
        assertEq(delegation.delegatedTo(provisionId), 729_000e18, "STK-06 then delegated");
        assertNear(worth(ANN), (729_000e18 * 3) / 4, 10, "STK-06 by shares");
        assertEq(unxv.balanceOf(other), 1_000e18, "STK-04 to the filer");
        assertEq(unxv.balanceOf(insurance), 170_000e18, "STK-04 to the insurance");
    }

    function test_slash_reachesWhatThaws_andWaitsForDisputes() public {
        uint256 shares = delegate(ANN, 100_000e18);
        vm.prank(ANN);
        delegation.undelegate(provisionId, shares);
        vm.warp(T0 + 7 days);
        staking.freeze(provisionId);
        vm.prank(ANN);
        vm.expectRevert(abi.encodeWithSelector(IProviderDelegation.StakeLocked.selector, provisionId));
        delegation.withdraw(provisionId, ANN);
        staking.slash(provisionId, MAX, 5_000_000e18, other);
        staking.unfreeze(provisionId);
        vm.prank(ANN);
        assertEq(delegation.withdraw(provisionId, ANN), 0, "STK-06 what thaws is slashed to the last");
        assertEq(delegation.delegatedTo(provisionId), 0, "STK-06 nothing is left");
    }

    function test_slash_isTheStakings() public {
        vm.expectRevert(abi.encodeWithSelector(IProviderDelegation.NotAllowed.selector, address(this)));
        delegation.slash(provisionId, 1, other);
    }

    function test_constructor_refusesZero() public {
        vm.expectRevert(abi.encodeWithSelector(IProviderDelegation.InvalidAddress.selector, address(0)));
        this.deployDelegation(address(0), address(staking));
        vm.expectRevert(abi.encodeWithSelector(IProviderDelegation.InvalidAddress.selector, address(0)));
        this.deployDelegation(address(unxv), address(0));
    }

    /// @dev Nobody takes out more than it put in and its share of rewards; the contract holds what it owes.
    function testFuzz_pool_conserves(uint256 a, uint256 b, uint256 reward, uint256 fault, uint256 wait) public {
        a = bound(a, 1e18, 300_000e18);
        b = bound(b, 1e18, 300_000e18);
        reward = bound(reward, 1, 100_000e18);
        uint256 sharesA = delegate(ANN, a);
        delegation.addRewards(provisionId, reward);
        vm.warp(block.timestamp + bound(wait, 0, 9 days));
        uint256 before = delegation.delegatedTo(provisionId);
        uint256 sharesB = delegate(BEN, b);
        assertLe(worth(BEN), b, "STK-06 worth no more than paid");
        assertLe(worth(ANN), before, "STK-06 no more than was there");
        staking.slash(provisionId, bound(fault, 0, 900_000e18), 9_000_000e18, other);
        vm.prank(ANN);
        delegation.undelegate(provisionId, sharesA);
        vm.prank(BEN);
        delegation.undelegate(provisionId, sharesB);
        vm.warp(block.timestamp + 7 days);
        vm.prank(ANN);
        delegation.withdraw(provisionId, ANN);
        vm.prank(BEN);
        delegation.withdraw(provisionId, BEN);
        assertEq(unxv.balanceOf(address(delegation)), 0, "INV-CMP-05 nothing stays behind");
    }

    // --------------------------------------------------------------------------------------------------- shorthand

    function deployDelegation(address token, address staking_) external {
        deploy("ProviderDelegation", abi.encode(address(manager), token, staking_));
    }

    function delegate(address who, uint256 amount) private returns (uint256) {
        vm.prank(who);
        return delegation.delegate(provisionId, amount, 0);
    }

    function worth(address who) private view returns (uint256) {
        return delegation.delegationOf(provisionId, who).tokens;
    }

    function assertWorth(address who, uint256 tokens, string memory message) private view {
        assertEq(worth(who), tokens, message);
    }

    function assertNear(uint256 actual, uint256 expected, uint256 by, string memory message) private pure {
        assertLe(actual, expected + by, message);
        assertGe(actual + by, expected, message);
    }
}
