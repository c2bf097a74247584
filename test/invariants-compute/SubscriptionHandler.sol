// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IGuardianPausable} from "../../contracts/access/IGuardianPausable.sol";
import {ISignerRegistry} from "../../contracts/compute/interfaces/ISignerRegistry.sol";
import {ISubscriptionManager} from "../../contracts/compute/interfaces/ISubscriptionManager.sol";
import {SubscriptionTest} from "../compute/SubscriptionTest.sol";
import {SmartWallet} from "../mocks/SmartWallet.sol";

/// @notice Three subscribers, one of them a contract, two providers with two collections each: whatever they may do, in any
/// order, with what must hold after it reckoned beside the contracts.
contract SubscriptionHandler is SubscriptionTest {
    uint256 private constant SUBSCRIBERS = 3;
    uint256 private constant COLLECTIONS = 4;
    uint256 private constant LOT_LIFE = 90 days;

    /// @dev What was charged for a period, and paid of it, as the handler saw it.
    struct Seen {
        uint256 fee;
        uint256 granted;
        uint256 shared;
        uint256 toInsurance;
        uint256 tokens;
    }

    error AlreadySetUp();
    error NotOwner(address caller);

    address private immutable owner = msg.sender;

    address[SUBSCRIBERS] private subscribers;
    uint256[SUBSCRIBERS] private keys;
    bytes32[COLLECTIONS] private collections;

    uint256 public deposited;
    mapping(address subscriber => mapping(uint256 period => Seen)) private seen;
    /// @dev The highest that was validly signed and recorded.
    mapping(address subscriber => mapping(uint256 period => mapping(bytes32 id => uint256[2]))) private highest;
    mapping(address subscriber => mapping(uint256 period => mapping(bytes32 id => uint256))) private timesShared;
    bool public violated;
    string public violation;

    function setUp() public override {
        if (address(escrow) != address(0)) revert AlreadySetUp();
        super.setUp();
        deposited = 1_000 * USD;
        keys = [PAYER_KEY, 0xB0B, 0xCA401];
        for (uint256 i; i < SUBSCRIBERS; ++i) {
            address key = vm.addr(keys[i]);
            subscribers[i] = i == 2 ? address(new SmartWallet(key)) : key;
            bytes memory proof = signProof(subscribers[i], SIGNER_KEY, T0);
            vm.prank(subscribers[i]);
            signers.authorise(signer, uint40(T0 + 9 * 365 days), 8, ISignerRegistry.Caps(0, 0, 0), uint64(T0), proof);
            putIn(i, 1_000 * USD);
        }
        for (uint256 i; i < COLLECTIONS; ++i) {
            collections[i] = planCollection(i % 2 == 0 ? provisionId : rivalProvision, 1 + i / 2);
        }
    }

    // ------------------------------------------------------------------------------------------------------ actions

    function putIn(uint256 who, uint256 amount) public {
        amount = bound(amount, 1, 1_000 * USD);
        deposit(subscribers[who % SUBSCRIBERS], amount);
        deposited += amount;
    }

    function start(uint256 who, uint256 planId, uint16 renewals) external {
        address subscriber = subscribers[who % SUBSCRIBERS];
        planId = 1 + (planId % 3);
        uint256 version = plans.versionCount(planId);
        vm.prank(subscriber);
        plans.subscribe(planId, version, renewals % 20);
        noteCharge(subscriber);
    }

    function renew(uint256 who) external {
        tryRenew(subscribers[who % SUBSCRIBERS]);
    }

    /// @dev As often as anybody likes: one charge a period.
    function renewMany(uint256 who) external {
        address subscriber = subscribers[who % SUBSCRIBERS];
        uint256 before = plans.subscriptionOf(subscriber).periods;
        for (uint256 i; i < 4; ++i) tryRenew(subscriber);
        note(plans.subscriptionOf(subscriber).periods <= before + 2, "INV-CMP-07 more than this and the next");
    }

    function tryRenew(address subscriber) private {
        uint256 left = plans.subscriptionOf(subscriber).renewals;
        try plans.renew(subscriber) {
            note(left != 0, "INV-CMP-07 renewed without leave");
            noteCharge(subscriber);
        } catch {}
    }

    function setRenewals(uint256 who, uint16 renewals) external {
        vm.prank(subscribers[who % SUBSCRIBERS]);
        plans.setRenewals(renewals % 20);
    }

    function cancel(uint256 who) external {
        vm.prank(subscribers[who % SUBSCRIBERS]);
        plans.cancel();
    }

    function upgrade(uint256 who, uint256 planId) external {
        address subscriber = subscribers[who % SUBSCRIBERS];
        planId = 1 + (planId % 3);
        ISubscriptionManager.Subscription memory s = plans.subscriptionOf(subscriber);
        (uint256 balance, , , ) = escrow.accountOf(subscriber);
        uint256 version = plans.versionCount(planId);
        vm.prank(subscriber);
        (uint256 fee, uint256 tokens) = plans.upgrade(planId, version);
        (uint256 after_, , , ) = escrow.accountOf(subscriber);
        note(balance - after_ == fee, "INV-CMP-07 an upgrade charges what it says");
        for (uint256 period = s.period; period <= s.periods; ++period) {
            ISubscriptionManager.Period memory now_ = plans.periodOf(subscriber, period);
            Seen storage before = seen[subscriber][period];
            (fee, tokens) = (fee - (now_.fee - before.fee), tokens - (now_.granted - before.granted));
            (before.fee, before.granted) = (now_.fee, now_.granted);
        }
        note(fee == 0 && tokens == 0, "INV-CMP-07 what is charged joins the periods");
    }

    function addVersion(uint256 planId, uint256 fee, uint256 bucket) external {
        plans.addVersion(
            1 + (planId % 3),
            ISubscriptionManager.Terms(uint40(bound(fee, 1e4, 300e6)), 1, 1, uint56(bound(bucket, 1e3, 600e6)))
        );
    }

    function retireVersion(uint256 planId) external {
        planId = 1 + (planId % 3);
        uint256 version = plans.versionCount(planId);
        if (version > 1) plans.retireVersion(planId, version - 1);
    }

    /// @dev Of the running period, the one before or the one after; by the subscriber, its signer or a stranger.
    function record(uint256 who, uint256 which, uint256 period, uint256 value, uint256 tokens, uint256 by) external {
        ISubscriptionManager.Item[] memory items = new ISubscriptionManager.Item[](2);
        items[0] = itemOf(who, which, period, value, tokens, by);
        // And again with a little less: it changes nothing, unless the first was refused.
        items[1] = itemOf(who, which, period, value / 2, tokens / 2, by >> 8);
        address subscriber = items[0].usage.subscriber;
        uint256 number = items[0].usage.period;
        uint256[5] memory before = usedAround(subscriber, number);
        ISubscriptionManager.Status[] memory statuses = plans.recordMany(items);
        bool isAny;
        for (uint256 i; i < items.length; ++i) {
            if (statuses[i] != ISubscriptionManager.Status.Recorded) continue;
            isAny = true;
            noteRecord(items[i]);
        }
        checkLots(subscriber, number, before, isAny);
    }

    function share(uint256 who, uint256 period, uint256 first, uint256 count) external {
        address subscriber = subscribers[who % SUBSCRIBERS];
        uint256 periods = plans.subscriptionOf(subscriber).periods;
        if (periods == 0) return;
        period = 1 + (period % periods);
        bytes32[] memory ids = new bytes32[](1 + (count % COLLECTIONS));
        bool[] memory wasShared = new bool[](ids.length);
        for (uint256 i; i < ids.length; ++i) {
            ids[i] = collections[addmod(first, i, COLLECTIONS)];
            (, , wasShared[i]) = plans.recorded(subscriber, period, ids[i]);
        }
        uint256 paid = plans.share(subscriber, period, ids);
        uint256 sum;
        for (uint256 i; i < ids.length; ++i) {
            (uint256 value, , bool isShared) = plans.recorded(subscriber, period, ids[i]);
            if (!isShared || wasShared[i]) continue;
            ++timesShared[subscriber][period][ids[i]];
            uint256 amount = plans.shareOf(subscriber, period, ids[i]);
            note(amount <= value / 1e6, "INV-CMP-07 a share above its list value");
            sum += amount;
        }
        note(sum == paid, "INV-CMP-07 paid is the sum of shares");
        seen[subscriber][period].shared += paid;
        note(block.timestamp >= plans.periodOf(subscriber, period).recordUntil, "INV-CMP-07 shared too early");
    }

    function close(uint256 who, uint256 period) external {
        address subscriber = subscribers[who % SUBSCRIBERS];
        uint256 periods = plans.subscriptionOf(subscriber).periods;
        if (periods == 0) return;
        period = 1 + (period % periods);
        seen[subscriber][period].toInsurance += plans.close(subscriber, period);
        note(block.timestamp >= plans.periodOf(subscriber, period).recordUntil, "INV-CMP-07 closed too early");
    }

    function pause(uint256 duration) external {
        IGuardianPausable(address(plans)).pause(bound(duration, 1, 7 days));
    }

    function pass(uint256 time) external {
        vm.warp(block.timestamp + bound(time, 1, 10 days));
    }

    /// @dev To about the end of a period, or of a window.
    function passToAnEnd(uint256 who, bool ofWindow, uint256 around) external {
        uint256 end = plans.subscriptionOf(subscribers[who % SUBSCRIBERS]).paidUntil;
        uint256 to = end + (ofWindow ? WINDOW : 0) + (around % 3);
        if (to > block.timestamp + 1) vm.warp(to - 1);
    }

    // ------------------------------------------------------------------------------------------------------- checks

    /// @notice Breaks a check for a test of the check itself. Its owner alone: the fuzzer calls from elsewhere.
    function usdcToEscrow(uint256 amount) external {
        if (msg.sender != owner) revert NotOwner(msg.sender);
        usdc.mint(address(escrow), amount);
    }

    /// @notice Reverts when something does not hold, or did not during some action.
    function check() external view {
        if (violated) revert Untrue(violation);
        uint256 balances;
        uint256 pot;
        for (uint256 i; i < SUBSCRIBERS; ++i) {
            (uint256 balance, , , ) = escrow.accountOf(subscribers[i]);
            balances += balance;
            pot += checkSubscriber(subscribers[i]);
        }
        (uint256 waiting, ) = escrow.fees();
        uint256 held = usdc.balanceOf(address(escrow));
        assertEq(held, balances + waiting + pot, "INV-CMP-07 the pot is what was charged and not yet shared");
        uint256 out = usdc.balanceOf(provider) + usdc.balanceOf(vm.addr(RIVAL_KEY)) + usdc.balanceOf(insurance);
        assertEq(deposited, held + out, "INV-CMP-10 nothing is lost, nothing is made");
    }

    /// @return pot what is left of all its fees
    function checkSubscriber(address subscriber) private view returns (uint256 pot) {
        uint256 periods = plans.subscriptionOf(subscriber).periods;
        uint256 tokens;
        uint256 granted;
        uint256 end;
        for (uint256 period = 1; period <= periods; ++period) {
            ISubscriptionManager.Period memory p = plans.periodOf(subscriber, period);
            Seen memory s = seen[subscriber][period];
            assertGe(p.startsAt, end, "INV-CMP-07 charged periods do not overlap");
            end = p.endsAt;
            assertEq(p.fee, s.fee, "INV-CMP-07 the fee is what was charged");
            assertEq(p.granted, s.granted, "INV-CMP-07 the lot is what was granted");
            assertEq(p.settled, s.shared + s.toInsurance, "INV-CMP-07 settled is what was paid");
            assertLe(p.settled, p.fee, "INV-CMP-07 shares are within the fee");
            assertLe(p.used, p.granted + p.granted / 10, "INV-CMP-07 a lot is used up to its overage");
            checkPeriod(subscriber, period, p, s);
            pot += p.fee - p.settled;
            granted += p.granted;
            tokens += s.tokens;
            assertLe(tokens, granted + granted / 10, "INV-CMP-07 usage is within what was granted and a tenth");
        }
        assertLe(end, block.timestamp + 2 * PERIOD, "INV-CMP-07 at most one period ahead");
    }

    function checkPeriod(
        address subscriber,
        uint256 period,
        ISubscriptionManager.Period memory p,
        Seen memory s
    ) private view {
        uint256 sum;
        uint256 unshared;
        uint256 owed;
        uint256 tokens;
        for (uint256 i; i < COLLECTIONS; ++i) {
            (uint256 value, uint256 used, bool isShared) = plans.recorded(subscriber, period, collections[i]);
            uint256[2] memory most = highest[subscriber][period][collections[i]];
            assertEq(value, most[0], "INV-CMP-07 recorded is the highest value");
            assertEq(used, most[1], "INV-CMP-07 recorded are the most tokens");
            assertLe(timesShared[subscriber][period][collections[i]], 1, "INV-CMP-07 each once");
            sum += value;
            tokens += used;
            if (isShared || value < 1e6) continue;
            ++unshared;
            owed += plans.shareOf(subscriber, period, collections[i]);
        }
        assertEq(p.listValue, sum, "INV-CMP-07 the sum of list values");
        assertEq(p.unshared, unshared, "INV-CMP-07 who waits");
        assertEq(s.tokens, tokens, "INV-CMP-07 the sum of tokens");
        assertLe(owed, p.fee - p.settled, "INV-CMP-07 what is due is there");
    }

    /// @dev Usage of a period takes of lots that last, and of none but its own, the two before it, and the next one's in
    /// exchange.
    function checkLots(address subscriber, uint256 period, uint256[5] memory before, bool isAny) private {
        uint256[5] memory after_ = usedAround(subscriber, period);
        uint256 time = plans.periodOf(subscriber, period).endsAt;
        if (block.timestamp < time) time = block.timestamp + 1;
        for (uint256 i; i < 5; ++i) {
            note(after_[i] >= before[i], "INV-CMP-07 a lot grows again");
            if (after_[i] == before[i]) continue;
            note(isAny, "INV-CMP-07 what is not recorded takes tokens");
            note(i != 0, "INV-CMP-07 of a lot that is out of reach");
            uint256 startsAt = plans.periodOf(subscriber, period + i - 3).startsAt;
            note(startsAt + LOT_LIFE >= time, "INV-CMP-07 of an expired lot");
        }
    }

    // ------------------------------------------------------------------------------------------------------- helpers

    /// @dev Of the lots from three periods before to one after.
    function usedAround(address subscriber, uint256 period) private view returns (uint256[5] memory used) {
        for (uint256 i; i < 5; ++i) {
            if (period + i > 3) used[i] = plans.periodOf(subscriber, period + i - 3).used;
        }
    }

    function noteCharge(address subscriber) private {
        ISubscriptionManager.Subscription memory s = plans.subscriptionOf(subscriber);
        Seen storage period = seen[subscriber][s.periods];
        note(period.fee == 0, "INV-CMP-07 a period is charged twice");
        (period.fee, period.granted) = (s.terms.fee, s.terms.bucket);
    }

    function noteRecord(ISubscriptionManager.Item memory item) private {
        ISubscriptionManager.PlanUsage memory u = item.usage;
        note(item.signer == signer || item.signer == u.subscriber, "INV-CMP-07 a stranger's usage");
        uint256[2] storage most = highest[u.subscriber][u.period][u.collectionId];
        if (u.listValue > most[0]) most[0] = u.listValue;
        if (u.bucketTokens > most[1]) {
            seen[u.subscriber][u.period].tokens += u.bucketTokens - most[1];
            most[1] = u.bucketTokens;
        }
        ISubscriptionManager.Period memory p = plans.periodOf(u.subscriber, u.period);
        note(
            block.timestamp >= p.startsAt && block.timestamp < p.recordUntil,
            "INV-CMP-07 recorded outside of the window"
        );
    }

    function itemOf(
        uint256 who,
        uint256 which,
        uint256 period,
        uint256 value,
        uint256 tokens,
        uint256 by
    ) private view returns (ISubscriptionManager.Item memory item) {
        who %= SUBSCRIBERS;
        uint256 number = plans.subscriptionOf(subscribers[who]).periods + (period % 3);
        ISubscriptionManager.PlanUsage memory usage = ISubscriptionManager.PlanUsage(
            subscribers[who],
            number > 1 ? number - 1 : 1,
            collections[which % COLLECTIONS],
            uint128(bound(value, 0, value % 5 == 0 ? 2e6 : 100 * VALUE)),
            uint64(bound(tokens, 0, tokens % 5 == 0 ? 700e6 : 40e6)),
            uint64(block.timestamp),
            bytes32(0)
        );
        uint256 key =
            by % 4 == 0
                ? keys[who]
                : by % 16 == 1
                    ? PROVIDER_KEY
                    : SIGNER_KEY;
        item = itemBy(key, usage);
        if (key == keys[who]) item.signer = subscribers[who];
    }

    function note(bool holds, string memory what) private {
        if (!holds) (violated, violation) = (true, what);
    }
}
