// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {IGuardianPausable} from "../../contracts/access/IGuardianPausable.sol";
import {IPaymentsEscrow} from "../../contracts/compute/interfaces/IPaymentsEscrow.sol";
import {ISubscriptionManager} from "../../contracts/compute/interfaces/ISubscriptionManager.sol";
import {SubscriptionTest} from "./SubscriptionTest.sol";

/// @notice Plans and their versions; who is charged what, when.
contract SubscriptionManagerTest is SubscriptionTest {
    // -------------------------------------------------------------------------------------------------------- plans

    function test_addPlan_isCountedAndFixed() public {
        ISubscriptionManager.Terms memory terms = ISubscriptionManager.Terms(7e6, 2, 50, 8e6);
        vm.expectEmit(address(plans));
        emit ISubscriptionManager.VersionAdded(4, 1, terms);
        assertEq(plans.addPlan(terms), 4, "SUB-01 the next number");
        terms.fee = 9e6;
        vm.expectEmit(address(plans));
        emit ISubscriptionManager.VersionAdded(4, 2, terms);
        assertEq(plans.addVersion(4, terms), 2, "SUB-01 the next version");
        assertVersion(4, 1, 7e6, false, "SUB-01 the first stays");
        assertVersion(4, 2, 9e6, false, "SUB-01 beside the second");
        assertEq(plans.planCount(), 4, "SUB-01 plans");
        assertEq(plans.versionCount(4), 2, "SUB-01 versions");
        (ISubscriptionManager.Terms memory found, ) = plans.versionOf(4, 2);
        assertEq(found.concurrency, 2, "SUB-01 concurrency");
        assertEq(found.requestsPerMinute, 50, "SUB-01 requests a minute");
        assertEq(found.bucket, 8e6, "SUB-01 bucket");
    }

    function test_addVersion_ofNoPlan() public {
        ISubscriptionManager.Terms memory terms = ISubscriptionManager.Terms(7e6, 2, 50, 8e6);
        expectNoVersion(0, 0);
        plans.addVersion(0, terms);
        expectNoVersion(4, 0);
        plans.addVersion(4, terms);
    }

    function test_addPlan_bounds() public {
        plans.addPlan(ISubscriptionManager.Terms(1e4, 1, 1, 1e3));
        plans.addPlan(ISubscriptionManager.Terms(1e12, 1e5, 1e7, 1e15));
        expectOutOfBounds(1e4 - 1, 1e4, 1e12);
        plans.addPlan(ISubscriptionManager.Terms(1e4 - 1, 1, 1, 1e3));
        expectOutOfBounds(1e12 + 1, 1e4, 1e12);
        plans.addPlan(ISubscriptionManager.Terms(1e12 + 1, 1, 1, 1e3));
        expectOutOfBounds(0, 1, 1e5);
        plans.addPlan(ISubscriptionManager.Terms(1e4, 0, 1, 1e3));
        expectOutOfBounds(1e5 + 1, 1, 1e5);
        plans.addPlan(ISubscriptionManager.Terms(1e4, 1e5 + 1, 1, 1e3));
        expectOutOfBounds(0, 1, 1e7);
        plans.addPlan(ISubscriptionManager.Terms(1e4, 1, 0, 1e3));
        expectOutOfBounds(1e7 + 1, 1, 1e7);
        plans.addPlan(ISubscriptionManager.Terms(1e4, 1, 1e7 + 1, 1e3));
        expectOutOfBounds(999, 1e3, 1e15);
        plans.addPlan(ISubscriptionManager.Terms(1e4, 1, 1, 999));
        expectOutOfBounds(1e15 + 1, 1e3, 1e15);
        plans.addVersion(1, ISubscriptionManager.Terms(1e4, 1, 1, 1e15 + 1));
    }

    function test_plans_areGovernances() public {
        ISubscriptionManager.Terms memory terms = ISubscriptionManager.Terms(7e6, 2, 50, 8e6);
        vm.startPrank(other);
        expectUnauthorised(other);
        plans.addPlan(terms);
        expectUnauthorised(other);
        plans.addVersion(1, terms);
        expectUnauthorised(other);
        plans.retireVersion(1, 1);
        expectUnauthorised(other);
        IGuardianPausable(address(plans)).pause(1);
        vm.stopPrank();
    }

    function test_retireVersion_takesNobodyAndRenewsNobody() public {
        subscribe(payer, STARTER, 5);
        vm.expectEmit(address(plans));
        emit ISubscriptionManager.VersionRetired(STARTER, 1);
        plans.retireVersion(STARTER, 1);
        assertVersion(STARTER, 1, 15e6, true, "SUB-01 retired");
        assertBucket(payer, 20e6, 2e6, "SUB-01 what is paid stays");
        record(usageOf(1, VALUE, 5e6));
        bytes memory retired = abi.encodeWithSelector(ISubscriptionManager.RetiredVersion.selector, STARTER, 1);
        vm.expectRevert(retired);
        plans.renew(payer);
        deposit(other, 100 * USD);
        vm.expectRevert(retired);
        vm.prank(other);
        plans.subscribe(STARTER, 1, 0);
        vm.expectRevert(retired);
        plans.retireVersion(STARTER, 1);
        expectNoVersion(STARTER, 2);
        plans.retireVersion(STARTER, 2);
        plans.retireVersion(PRO, 1);
        vm.expectRevert(abi.encodeWithSelector(ISubscriptionManager.RetiredVersion.selector, PRO, 1));
        vm.prank(payer);
        plans.upgrade(PRO, 1);
        vm.prank(payer);
        plans.upgrade(SCALE, 1);
        plans.renew(payer);
    }

    function test_constructor_refusesNobody() public {
        bytes memory invalid = abi.encodeWithSelector(ISubscriptionManager.InvalidAddress.selector, address(0));
        vm.expectRevert(invalid);
        this.deployPlans(address(0), address(signers));
        vm.expectRevert(invalid);
        this.deployPlans(address(escrow), address(0));
    }

    function deployPlans(address escrow_, address signers_) external {
        deploy("SubscriptionManager", abi.encode(address(manager), escrow_, signers_));
    }

    // ---------------------------------------------------------------------------------------------------- subscribe

    function test_subscribe_chargesAPeriodAndGrantsALot() public {
        vm.expectEmit(address(plans));
        emit ISubscriptionManager.Subscribed(payer, STARTER, 1, 3);
        vm.expectEmit(address(plans));
        emit ISubscriptionManager.PeriodCharged(payer, 1, T0, 15e6, 20e6);
        vm.expectEmit(address(escrow));
        emit IPaymentsEscrow.Charged(payer, 15e6);
        subscribe(payer, STARTER, 3);
        assertAccount(payer, 985 * USD, 0, 0, "SUB-02 out of free funds");
        ISubscriptionManager.Subscription memory s = plans.subscriptionOf(payer);
        assertEq(s.planId, STARTER, "SUB-02 plan");
        assertEq(s.version, 1, "SUB-02 version");
        assertEq(s.period, 1, "SUB-02 the first period");
        assertEq(s.periods, 1, "SUB-02 of one");
        assertEq(s.startsAt, T0, "SUB-02 from now");
        assertEq(s.paidUntil, T0 + PERIOD, "SUB-02 for thirty days");
        assertEq(s.renewals, 3, "SUB-02 renewals");
        assertEq(s.isCancelled, false, "SUB-02 not cancelled");
        assertEq(s.terms.fee, 15e6, "SUB-02 terms");
        assertEq(s.terms.requestsPerMinute, 40, "SUB-02 requests");
        assertBucket(payer, 20e6, 2e6, "SUB-02 a lot");
        ISubscriptionManager.Period memory period = plans.periodOf(payer, 1);
        assertEq(period.startsAt, T0, "SUB-02 starts");
        assertEq(period.endsAt, T0 + PERIOD, "SUB-02 ends");
        assertEq(period.recordUntil, T0 + PERIOD + WINDOW, "SUB-02 is recorded");
        assertEq(period.lotEnds, T0 + 90 days, "SUB-02 its lot ends");
        assertEq(period.fee, 15e6, "SUB-02 fee");
        assertEq(period.granted, 20e6, "SUB-02 granted");
        assertEq(plans.periodOf(payer, 2).startsAt, 0, "SUB-02 and no other");
    }

    function test_subscribe_needsFreeFunds() public {
        reserve(payer, provider, 900 * USD);
        vm.prank(payer);
        escrow.thaw(uint96(86 * USD));
        vm.expectRevert(abi.encodeWithSelector(IPaymentsEscrow.InsufficientFree.selector, 14 * USD, 15 * USD));
        vm.prank(payer);
        plans.subscribe(STARTER, 1, 0);
        vm.prank(payer);
        escrow.cancelThaw(uint96(USD));
        subscribe(payer, STARTER, 0);
        assertAccount(payer, 985 * USD, 900 * USD, 85 * USD, "SUB-02 to the last free unit");
    }

    function test_subscribe_onceUntilThePaidPeriodEnds() public {
        subscribe(payer, STARTER, 0);
        vm.warp(T0 + PERIOD - 1);
        vm.expectRevert(abi.encodeWithSelector(ISubscriptionManager.AlreadySubscribed.selector, T0 + PERIOD));
        vm.prank(payer);
        plans.subscribe(PRO, 1, 0);
        vm.warp(T0 + PERIOD);
        assertEq(plans.subscriptionOf(payer).period, 0, "SUB-02 none runs");
        assertBucket(payer, 0, 0, "SUB-02 nothing to use");
        subscribe(payer, PRO, 0);
        assertEq(plans.subscriptionOf(payer).period, 2, "SUB-02 the second period");
        assertBucket(payer, 120e6, 10e6, "SUB-04 with the first one's lot");
    }

    function test_subscribe_toNoVersion() public {
        vm.startPrank(payer);
        expectNoVersion(4, 1);
        plans.subscribe(4, 1, 0);
        expectNoVersion(STARTER, 2);
        plans.subscribe(STARTER, 2, 0);
        expectNoVersion(STARTER, 0);
        plans.subscribe(STARTER, 0, 0);
        // No number is cut to one that exists.
        expectNoVersion(STARTER + (1 << 32), 1);
        plans.subscribe(STARTER + (1 << 32), 1, 0);
        expectNoVersion(STARTER, 1 + (1 << 16));
        plans.subscribe(STARTER, 1 + (1 << 16), 0);
        vm.stopPrank();
    }

    function test_pause_stopsNewChargesOnly() public {
        subscribe(payer, STARTER, 5);
        IGuardianPausable(address(plans)).pause(7 days);
        bytes memory paused = abi.encodeWithSelector(IGuardianPausable.ProtocolPaused.selector, T0 + 7 days);
        vm.expectRevert(paused);
        plans.subscribe(STARTER, 1, 0);
        vm.expectRevert(paused);
        plans.renew(payer);
        vm.startPrank(payer);
        vm.expectRevert(paused);
        plans.upgrade(PRO, 1);
        record(usageOf(1, VALUE, 5e6));
        plans.setRenewals(1);
        plans.cancel();
        vm.stopPrank();
        vm.warp(T0 + PERIOD + WINDOW);
        IGuardianPausable(address(plans)).retire();
        assertEq(shareOne(payer, 1, planCollection(provisionId, 1)), USD, "SUB-07 shared though retired");
        assertEq(plans.close(payer, 1), 14 * USD, "SUB-07 closed though retired");
    }

    // -------------------------------------------------------------------------------------------------------- renew

    function test_renew_byAnybodyOnePeriodAhead() public {
        subscribe(payer, STARTER, 3);
        vm.expectEmit(address(plans));
        emit ISubscriptionManager.PeriodCharged(payer, 2, T0 + PERIOD, 15e6, 20e6);
        vm.prank(other);
        plans.renew(payer);
        assertAccount(payer, 970 * USD, 0, 0, "SUB-03 charged");
        assertBucket(payer, 20e6, 2e6, "SUB-03 its lot begins with it");
        ISubscriptionManager.Subscription memory s = plans.subscriptionOf(payer);
        assertEq(s.period, 1, "SUB-03 the first runs");
        assertEq(s.startsAt, T0, "SUB-03 since then");
        assertEq(s.periods, 2, "SUB-03 two are charged");
        assertEq(s.paidUntil, T0 + 2 * PERIOD, "SUB-03 until then");
        assertEq(s.renewals, 2, "SUB-03 one less");
        expectTooEarly(T0 + PERIOD);
        plans.renew(payer);
        vm.warp(T0 + PERIOD - 1);
        expectTooEarly(T0 + PERIOD);
        plans.renew(payer);
        vm.warp(T0 + PERIOD);
        assertEq(plans.subscriptionOf(payer).period, 2, "SUB-03 the second runs");
        assertBucket(payer, 40e6, 2e6, "SUB-06 what was not used rolls over");
        plans.renew(payer);
        expectTooEarly(T0 + 2 * PERIOD);
        plans.renew(payer);
        assertAccount(payer, 955 * USD, 0, 0, "SUB-03 once each");
    }

    function test_renew_notBeyondRenewals() public {
        subscribe(payer, STARTER, 1);
        plans.renew(payer);
        vm.warp(T0 + PERIOD);
        bytes memory none = abi.encodeWithSelector(ISubscriptionManager.NoRenewals.selector, payer);
        vm.expectRevert(none);
        plans.renew(payer);
        vm.expectRevert(none);
        vm.prank(payer);
        plans.renew(payer);
        vm.expectEmit(address(plans));
        emit ISubscriptionManager.RenewalsSet(payer, 1);
        vm.prank(payer);
        plans.setRenewals(1);
        plans.renew(payer);
        vm.prank(payer);
        plans.setRenewals(0);
        vm.warp(T0 + 2 * PERIOD);
        vm.expectRevert(none);
        plans.renew(payer);
    }

    /// @dev Nobody pays for time that has passed, nor much later for what was once agreed.
    function test_renew_afterTheEndBeginsNow() public {
        subscribe(payer, STARTER, 5);
        vm.warp(T0 + PERIOD + 10 days);
        plans.renew(payer);
        ISubscriptionManager.Subscription memory s = plans.subscriptionOf(payer);
        assertEq(s.startsAt, T0 + PERIOD + 10 days, "SUB-03 from now");
        assertEq(s.paidUntil, T0 + 2 * PERIOD + 10 days, "SUB-03 a whole period");
        vm.warp(s.paidUntil + PERIOD - 1);
        plans.renew(payer);
        vm.warp(plans.subscriptionOf(payer).paidUntil + PERIOD);
        expectNotSubscribed(payer);
        plans.renew(payer);
        assertAccount(payer, 955 * USD, 0, 0, "SUB-03 three charges");
        subscribe(payer, STARTER, 1);
        plans.renew(payer);
    }

    function test_renew_ofNobody() public {
        expectNotSubscribed(other);
        plans.renew(other);
    }

    function test_renew_chargesNothingWithoutFunds() public {
        subscribe(payer, STARTER, 5);
        reserve(payer, provider, 985 * USD);
        vm.expectRevert(abi.encodeWithSelector(IPaymentsEscrow.InsufficientFree.selector, 0, 15 * USD));
        plans.renew(payer);
        assertEq(plans.subscriptionOf(payer).renewals, 5, "SUB-03 nothing is used up");
        assertEq(plans.subscriptionOf(payer).periods, 1, "SUB-03 nothing is granted");
    }

    // ------------------------------------------------------------------------------------------------------- cancel

    function test_cancel_keepsWhatIsPaid() public {
        subscribe(payer, STARTER, 5);
        plans.renew(payer);
        vm.expectEmit(address(plans));
        emit ISubscriptionManager.SubscriptionCancelled(payer, T0 + 2 * PERIOD);
        vm.prank(payer);
        plans.cancel();
        assertEq(plans.subscriptionOf(payer).isCancelled, true, "SUB-04 cancelled");
        record(usageOf(1, VALUE, 5e6));
        vm.warp(T0 + PERIOD);
        assertBucket(payer, 35e6, 2e6, "SUB-04 the paid period and its lots stay");
        expectNotSubscribed(payer);
        plans.renew(payer);
        vm.startPrank(payer);
        expectNotSubscribed(payer);
        plans.cancel();
        expectNotSubscribed(payer);
        plans.setRenewals(1);
        vm.warp(T0 + 2 * PERIOD);
        plans.subscribe(PRO, 1, 0);
        vm.stopPrank();
        assertEq(plans.subscriptionOf(payer).isCancelled, false, "SUB-04 anew");
        assertBucket(payer, 135e6, 10e6, "SUB-04 with lots that last");
    }

    function test_cancel_ofNobody() public {
        vm.startPrank(other);
        expectNotSubscribed(other);
        plans.cancel();
        expectNotSubscribed(other);
        plans.setRenewals(1);
        vm.stopPrank();
    }

    // ------------------------------------------------------------------------------------------------------ upgrade

    function test_upgrade_takesTheDifferenceProRata() public {
        subscribe(payer, STARTER, 5);
        vm.warp(T0 + 10 days + 1);
        uint256 secondsLeft = 20 days - 1;
        uint256 part = (54e6 * secondsLeft + PERIOD - 1) / PERIOD;
        uint256 tokens = (80e6 * secondsLeft) / PERIOD;
        assertGe(part * PERIOD, 54e6 * secondsLeft + 1, "SUB-05 the fee is rounded up");
        assertLe(tokens * PERIOD, 80e6 * secondsLeft - 1, "SUB-05 tokens are rounded down");
        vm.expectEmit(address(plans));
        emit ISubscriptionManager.Upgraded(payer, PRO, 1);
        vm.expectEmit(address(plans));
        emit ISubscriptionManager.PeriodRaised(payer, 1, part, tokens);
        vm.prank(payer);
        (uint256 fee, uint256 granted) = plans.upgrade(PRO, 1);
        assertEq(fee, part, "SUB-05 charged");
        assertEq(granted, tokens, "SUB-05 granted");
        assertAccount(payer, 985 * USD - part, 0, 0, "SUB-05 out of free funds");
        assertBucket(payer, 20e6 + tokens, (20e6 + tokens) / 10, "SUB-05 more to use");
        ISubscriptionManager.Subscription memory s = plans.subscriptionOf(payer);
        assertEq(s.period, 1, "SUB-05 the same period");
        assertEq(s.paidUntil, T0 + PERIOD, "SUB-05 to the same end");
        assertEq(s.planId, PRO, "SUB-05 the new plan");
        assertEq(s.renewals, 5, "SUB-05 the same renewals");
        assertEq(plans.periodOf(payer, 1).fee, 15e6 + part, "SUB-05 joins the period's fee");
        plans.renew(payer);
        assertEq(plans.periodOf(payer, 2).fee, 69e6, "SUB-05 renewed at the new fee");
    }

    function test_upgrade_atOnceIsTheDifference() public {
        subscribe(payer, STARTER, 0);
        vm.prank(payer);
        (uint256 fee, uint256 tokens) = plans.upgrade(SCALE, 1);
        assertEq(fee, 234e6, "SUB-05 as if subscribed to it");
        assertEq(tokens, 580e6, "SUB-05 with its bucket");
    }

    /// @dev Whoever renews early cannot keep a subscriber from an upgrade, nor have the next period cheaper.
    function test_upgrade_raisesThePeriodAheadToo() public {
        subscribe(payer, STARTER, 5);
        plans.renew(payer);
        vm.warp(T0 + 15 days);
        vm.expectEmit(address(plans));
        emit ISubscriptionManager.PeriodRaised(payer, 2, 54e6, 80e6);
        vm.expectEmit(address(plans));
        emit ISubscriptionManager.PeriodRaised(payer, 1, 27e6, 40e6);
        vm.prank(payer);
        (uint256 fee, uint256 tokens) = plans.upgrade(PRO, 1);
        assertEq(fee, 81e6, "SUB-05 both periods");
        assertEq(tokens, 120e6, "SUB-05 both lots");
        assertEq(plans.periodOf(payer, 2).fee, 69e6, "SUB-05 the next one in full");
        assertEq(plans.periodOf(payer, 1).fee, 42e6, "SUB-05 this one in part");
        vm.warp(T0 + PERIOD);
        vm.prank(payer);
        (fee, tokens) = plans.upgrade(SCALE, 1);
        assertEq(fee, 180e6, "SUB-05 at its first second in full");
        assertEq(plans.periodOf(payer, 2).fee, 249e6, "SUB-05 alone");
    }

    function test_upgrade_atTheEnd() public {
        subscribe(payer, STARTER, 0);
        vm.warp(T0 + PERIOD - 1);
        vm.prank(payer);
        (uint256 fee, uint256 tokens) = plans.upgrade(PRO, 1);
        assertEq(fee, 21, "SUB-05 the last second, rounded up");
        assertEq(tokens, 30, "SUB-05 and its tokens, rounded down");
        vm.warp(T0 + PERIOD);
        expectNotSubscribed(payer);
        vm.prank(payer);
        plans.upgrade(SCALE, 1);
    }

    function test_upgrade_onlyUp() public {
        plans.addVersion(PRO, ISubscriptionManager.Terms(69e6, 9, 900, 200e6));
        plans.addVersion(PRO, ISubscriptionManager.Terms(70e6, 9, 900, 100e6 - 1));
        plans.addVersion(PRO, ISubscriptionManager.Terms(70e6, 1, 1, 100e6));
        subscribe(payer, PRO, 0);
        vm.startPrank(payer);
        expectNotAnUpgrade(STARTER, 1);
        plans.upgrade(STARTER, 1);
        expectNotAnUpgrade(PRO, 1);
        plans.upgrade(PRO, 1);
        expectNotAnUpgrade(PRO, 2);
        plans.upgrade(PRO, 2);
        expectNotAnUpgrade(PRO, 3);
        plans.upgrade(PRO, 3);
        expectNoVersion(PRO, 5);
        plans.upgrade(PRO, 5);
        plans.upgrade(PRO, 4);
        vm.stopPrank();
        assertEq(plans.subscriptionOf(payer).version, 4, "SUB-05 a version of the same plan");
        vm.expectRevert(abi.encodeWithSelector(ISubscriptionManager.NotSubscribed.selector, other));
        vm.prank(other);
        plans.upgrade(SCALE, 1);
    }

    function test_upgrade_needsFreeFunds() public {
        subscribe(payer, STARTER, 0);
        reserve(payer, provider, 985 * USD - 53e6);
        vm.expectRevert(abi.encodeWithSelector(IPaymentsEscrow.InsufficientFree.selector, 53e6, 54e6));
        vm.prank(payer);
        plans.upgrade(PRO, 1);
        assertEq(plans.subscriptionOf(payer).planId, STARTER, "SUB-05 nothing changed");
        assertBucket(payer, 20e6, 2e6, "SUB-05 nothing granted");
    }

    /// @dev Upgrading in steps costs no less, and grants no more, than the dearest version from the start.
    function testFuzz_upgrade_isNoBargain(uint256 first, uint256 second, uint256 ahead) public {
        first = bound(first, 0, PERIOD - 1);
        second = bound(second, first, PERIOD - 1);
        subscribe(payer, STARTER, 1);
        if (ahead % 2 == 0) plans.renew(payer);
        vm.warp(T0 + first);
        vm.prank(payer);
        plans.upgrade(PRO, 1);
        vm.warp(T0 + second);
        vm.prank(payer);
        plans.upgrade(SCALE, 1);
        ISubscriptionManager.Period memory period = plans.periodOf(payer, 1);
        assertLe(period.fee, 249e6, "SUB-05 never above the dearest fee");
        assertLe(period.granted, 600e6, "SUB-05 nor its bucket");
        uint256 worth = 15e6 * PERIOD + 54e6 * (PERIOD - first) + 180e6 * (PERIOD - second);
        assertGe(period.fee * PERIOD, worth, "SUB-05 the fee is all of it");
        assertLe(period.fee * PERIOD, worth + 2 * PERIOD, "SUB-05 up to a unit each");
        uint256 tokens = 20e6 * PERIOD + 80e6 * (PERIOD - first) + 500e6 * (PERIOD - second);
        assertLe(period.granted * PERIOD, tokens, "SUB-05 no token more");
        assertGe(period.granted * PERIOD + 2 * PERIOD, tokens, "SUB-05 nor one less each");
        uint256 next = ahead % 2 == 0 ? 249e6 : 0;
        assertEq(plans.periodOf(payer, 2).fee, next, "SUB-05 the next one in full");
        assertAccount(payer, 1_000 * USD - period.fee - next, 0, 0, "SUB-05 charged what the periods have");
    }

    // ------------------------------------------------------------------------------------------------------- helpers

    function assertVersion(
        uint256 planId,
        uint256 version,
        uint256 fee,
        bool isRetired,
        string memory message
    ) private view {
        (ISubscriptionManager.Terms memory terms, bool retired) = plans.versionOf(planId, version);
        assertEq(terms.fee, fee, message);
        assertEq(retired, isRetired, message);
    }

    function expectNoVersion(uint256 planId, uint256 version) private {
        vm.expectRevert(abi.encodeWithSelector(ISubscriptionManager.NoVersion.selector, planId, version));
    }

    function expectOutOfBounds(uint256 value, uint256 least, uint256 most) private {
        vm.expectRevert(abi.encodeWithSelector(ISubscriptionManager.OutOfBounds.selector, value, least, most));
    }

    function expectNotAnUpgrade(uint256 planId, uint256 version) private {
        vm.expectRevert(abi.encodeWithSelector(ISubscriptionManager.NotAnUpgrade.selector, planId, version));
    }

    function expectNotSubscribed(address who) private {
        vm.expectRevert(abi.encodeWithSelector(ISubscriptionManager.NotSubscribed.selector, who));
    }

    function expectTooEarly(uint256 allowedAt) private {
        vm.expectRevert(abi.encodeWithSelector(ISubscriptionManager.TooEarly.selector, allowedAt));
    }

    function expectUnauthorised(address who) private {
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, who));
    }
}
