// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ISignerRegistry} from "../../contracts/compute/interfaces/ISignerRegistry.sol";
import {ISubscriptionManager} from "../../contracts/compute/interfaces/ISubscriptionManager.sol";
import {ComputeIds} from "../../contracts/compute/libraries/ComputeIds.sol";
import {GreedyWallet} from "../mocks/compute/GreedyWallet.sol";
import {SmartWallet} from "../mocks/SmartWallet.sol";
import {SubscriptionTest} from "./SubscriptionTest.sol";

/// @notice What is recorded of a period, by whose signature, out of which lots.
contract SubscriptionUsageTest is SubscriptionTest {
    uint256 private constant ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;

    function setUp() public override {
        super.setUp();
        subscribe(payer, STARTER, 9);
    }

    // ------------------------------------------------------------------------------------------------------- totals

    function test_record_isCumulative() public {
        bytes32 id = planCollection(provisionId, 1);
        ISubscriptionManager.PlanUsage memory usage = usageOf(1, 2 * VALUE, 3e6);
        usage.usageRoot = keccak256("receipts");
        vm.expectEmit(address(plans));
        emit ISubscriptionManager.Recorded(payer, 1, id, 2 * VALUE, 3e6, usage.usageRoot);
        record(usage);
        record(usageOf(1, 5 * VALUE, 7e6));
        assertRecorded(payer, 1, id, 5 * VALUE, 7e6, "SUB-06 the highest");
        assertBucket(payer, 13e6, 2e6, "SUB-06 taken once");
        expectNothingToDo();
        record(usage);
        expectNothingToDo();
        record(usageOf(1, 5 * VALUE, 7e6));
        expectNothingToDo();
        record(usageOf(1, 0, 0));
        assertEq(plans.periodOf(payer, 1).listValue, 5 * VALUE, "SUB-06 in all");
        assertEq(plans.periodOf(payer, 1).unshared, 1, "SUB-06 one waits");
    }

    function test_record_eachNumberAlone() public {
        bytes32 id = planCollection(provisionId, 1);
        record(usageOf(1, 2 * VALUE, 3e6));
        record(usageOf(1, 1 * VALUE, 4e6));
        assertRecorded(payer, 1, id, 2 * VALUE, 4e6, "SUB-06 more tokens");
        record(usageOf(1, 3 * VALUE, 0));
        assertRecorded(payer, 1, id, 3 * VALUE, 4e6, "SUB-06 more value");
        assertBucket(payer, 16e6, 2e6, "SUB-06 no token twice");
    }

    function test_record_collectionsAndPeriodsApart() public {
        record(usageOf(1, VALUE, 1e6));
        record(usageWith(rivalProvision, 1, 2 * VALUE, 2e6));
        vm.warp(T0 + PERIOD - 1);
        plans.renew(payer);
        vm.warp(T0 + PERIOD);
        record(usageOf(2, 4 * VALUE, 3e6));
        assertRecorded(payer, 1, planCollection(provisionId, 1), VALUE, 1e6, "SUB-06 the first period");
        assertRecorded(payer, 2, planCollection(provisionId, 1), 4 * VALUE, 3e6, "SUB-06 the second");
        assertEq(plans.periodOf(payer, 1).listValue, 3 * VALUE, "SUB-06 sums of the first");
        assertEq(plans.periodOf(payer, 1).unshared, 2, "SUB-06 its collections");
        assertEq(plans.periodOf(payer, 2).listValue, 4 * VALUE, "SUB-06 sums of the second");
        assertBucket(payer, 34e6, 2e6, "SUB-06 from the same lots");
    }

    /// @dev SUB-06: what is recorded, and what it took of which lot, does not depend on the order; periods included.
    function testFuzz_record_anyOrder(uint256 seed) public {
        plans.renew(payer);
        vm.warp(T0 + PERIOD);
        plans.renew(payer);
        vm.warp(T0 + 2 * PERIOD + 1 days);
        ISubscriptionManager.PlanUsage[] memory usages = new ISubscriptionManager.PlanUsage[](8);
        for (uint256 i; i < usages.length; ++i) {
            uint256 word = uint256(keccak256(abi.encode(seed, i)));
            usages[i] = usageWith(
                word & 1 == 0 ? provisionId : rivalProvision,
                2 + ((word >> 1) & 1),
                (word >> 8) % (3 * VALUE),
                (word >> 128) % 15e6
            );
        }
        for (uint256 i; i < usages.length; ++i) tryRecord(usages[i]);
        uint256[12] memory forward = state();

        setUp();
        plans.renew(payer);
        vm.warp(T0 + PERIOD);
        plans.renew(payer);
        vm.warp(T0 + 2 * PERIOD + 1 days);
        for (uint256 i = usages.length; i != 0; --i) tryRecord(usages[i - 1]);
        uint256[12] memory backward = state();
        for (uint256 i; i < forward.length; ++i) assertEq(backward[i], forward[i], "SUB-06 any order, the same end");
    }

    /// @dev In all at most 4 × 15 M tokens, and the lots hold 60 M.
    function tryRecord(ISubscriptionManager.PlanUsage memory usage) private {
        ISubscriptionManager.Item[] memory items = new ISubscriptionManager.Item[](1);
        items[0] = itemBy(PAYER_KEY, usage);
        uint256 status = uint256(plans.recordMany(items)[0]);
        assertLe(status, uint256(ISubscriptionManager.Status.NothingToDo), "SUB-06 recorded, or there already");
    }

    function state() private view returns (uint256[12] memory s) {
        for (uint256 period = 1; period <= 3; ++period) {
            s[period] = plans.periodOf(payer, period).used;
            s[period + 3] = plans.periodOf(payer, period).listValue;
        }
        (s[7], s[8], ) = plans.recorded(payer, 2, planCollection(provisionId, 1));
        (s[9], s[10], ) = plans.recorded(payer, 3, planCollection(provisionId, 1));
        (s[11], ) = plans.bucketOf(payer);
    }

    // --------------------------------------------------------------------------------------------------------- lots

    function test_lots_firstInFirstOut() public {
        plans.renew(payer);
        vm.warp(T0 + PERIOD);
        record(usageOf(2, VALUE, 15e6));
        assertUsed(15e6, 0, 0, "SUB-06 the oldest first");
        record(usageOf(2, VALUE, 30e6));
        assertUsed(20e6, 10e6, 0, "SUB-06 then the next");
        assertBucket(payer, 10e6, 2e6, "SUB-06 what is left");
        record(usageOf(2, VALUE, 41e6));
        assertUsed(20e6, 21e6, 0, "SUB-06 beyond all at last");
        assertBucket(payer, 0, 1e6, "SUB-06 overage is left");
    }

    function test_lots_overageIsATenthOfTheNewest() public {
        expectBucketEmpty(22e6, 22e6 + 1);
        record(usageOf(1, VALUE, 22e6 + 1));
        assertRecorded(payer, 1, planCollection(provisionId, 1), 0, 0, "SUB-06 nothing of what is refused");
        record(usageOf(1, VALUE, 22e6));
        assertBucket(payer, 0, 0, "SUB-06 to the last token");
        expectBucketEmpty(0, 1);
        record(usageWith(rivalProvision, 1, VALUE, 1));
        // What it takes no tokens for is recorded still.
        record(usageOf(1, 2 * VALUE, 22e6));
        plans.renew(payer);
        expectBucketEmpty(0, 1);
        record(usageWith(rivalProvision, 1, VALUE, 1));
        vm.warp(T0 + PERIOD);
        assertBucket(payer, 20e6, 2e6, "SUB-06 overage is not owed");
        expectBucketEmpty(22e6, 22e6 + 1);
        record(usageOf(2, VALUE, 22e6 + 1));
    }

    /// @dev Its own tenth each: rolled over tokens do not grow it.
    function test_lots_overageDoesNotGather() public {
        plans.renew(payer);
        vm.warp(T0 + PERIOD);
        plans.renew(payer);
        vm.warp(T0 + 2 * PERIOD);
        assertBucket(payer, 60e6, 2e6, "SUB-06 three lots, one tenth");
        expectBucketEmpty(62e6, 62e6 + 1);
        record(usageOf(3, VALUE, 62e6 + 1));
        record(usageOf(3, VALUE, 62e6));
    }

    function test_lots_endAfterNinetyDays() public {
        for (uint256 i = 1; i <= 3; ++i) {
            plans.renew(payer);
            vm.warp(T0 + i * PERIOD - 1);
            assertBucket(payer, i * 20e6, 2e6, "SUB-06 lots that last");
            vm.warp(T0 + i * PERIOD);
        }
        assertBucket(payer, 60e6, 2e6, "SUB-06 the first has ended");
        record(usageOf(4, VALUE, 62e6));
        assertEq(plans.periodOf(payer, 1).used, 0, "SUB-06 nothing of an ended lot");
    }

    /// @dev Periods with a gap: a lot ends within a period, to the second.
    function test_lots_endWithinAPeriod() public {
        plans.renew(payer);
        vm.warp(T0 + 2 * PERIOD + 10 days);
        plans.renew(payer);
        assertBucket(payer, 60e6, 2e6, "SUB-06 three lots");
        vm.warp(T0 + 90 days - 1);
        record(usageOf(3, VALUE, 5e6));
        assertUsed(5e6, 0, 0, "SUB-06 the last second of the oldest");
        vm.warp(T0 + 90 days);
        assertBucket(payer, 40e6, 2e6, "SUB-06 ended");
        record(usageOf(3, VALUE, 6e6));
        assertUsed(5e6, 1e6, 0, "SUB-06 the next");
    }

    /// @dev What is recorded within the window was used before the period's end: lots that lasted until then count.
    function test_lots_ofThePeriodsEndInTheWindow() public {
        for (uint256 i = 1; i <= 3; ++i) {
            plans.renew(payer);
            vm.warp(T0 + i * PERIOD);
        }
        assertBucket(payer, 60e6, 2e6, "SUB-06 the running period has lost the first lot");
        record(usageOf(3, VALUE, 30e6));
        assertUsed(20e6, 10e6, 0, "SUB-06 and the one before has it still");
    }

    /// @dev Who records a period late finds what the next one took of its lots, as long as that has others.
    function test_lots_lateUsageComesFirst() public {
        plans.renew(payer);
        vm.warp(T0 + PERIOD + 1 days);
        record(usageWith(rivalProvision, 2, VALUE, 12e6));
        assertUsed(12e6, 0, 0, "SUB-06 rolled over");
        record(usageOf(1, VALUE, 20e6));
        assertUsed(20e6, 12e6, 0, "SUB-06 the first period's own");
        assertBucket(payer, 8e6, 2e6, "SUB-06 and the second's");
        record(usageOf(1, VALUE, 22e6));
        assertUsed(22e6, 12e6, 0, "SUB-06 its overage last");
        expectBucketEmpty(0, 1);
        record(usageOf(1, VALUE, 22e6 + 1));
    }

    function test_lots_lateUsageMovesNoMoreThanThereIs() public {
        plans.renew(payer);
        vm.warp(T0 + PERIOD + 1 days);
        record(usageWith(rivalProvision, 2, VALUE, 40e6));
        // Of the second's 20 M only its overage can take something over; the first has its own overage.
        expectBucketEmpty(4e6, 4e6 + 1);
        record(usageOf(1, VALUE, 4e6 + 1));
        record(usageOf(1, VALUE, 3e6));
        assertUsed(21e6, 22e6, 0, "SUB-06 moved, then overage");
        record(usageOf(1, VALUE, 4e6));
        assertUsed(22e6, 22e6, 0, "SUB-06 to the last token");
    }

    function test_lots_growWithAnUpgrade() public {
        record(usageOf(1, VALUE, 21e6));
        vm.prank(payer);
        plans.upgrade(PRO, 1);
        assertBucket(payer, 79e6, 10e6, "SUB-05 overage is taken out of the larger lot");
        record(usageOf(1, VALUE, 110e6));
        expectBucketEmpty(0, 1);
        record(usageOf(1, VALUE, 110e6 + 1));
    }

    /// @dev INV-CMP-07, over some months of any usage, brought at any time.
    function testFuzz_lots_neverBeyondWhatWasGranted(uint256 seed) public {
        uint256 granted = 20e6;
        uint256 used;
        for (uint256 i; i < 24; ++i) {
            uint256 word = uint256(keccak256(abi.encode(seed, i)));
            vm.warp(block.timestamp + (word % 20 days));
            if (renewed()) granted += 20e6;
            uint256 period = plans.subscriptionOf(payer).period;
            if ((word >> 64) % 3 == 0 && period > 1) --period;
            if (period == 0) continue;
            (, uint256 before, ) = plans.recorded(payer, period, planCollection(provisionId, 1));
            uint256 more = (word >> 128) % 50e6;
            ISubscriptionManager.Item[] memory items = new ISubscriptionManager.Item[](1);
            items[0] = itemBy(PAYER_KEY, usageOf(period, VALUE, before + more));
            (uint256 tokens, uint256 overage) = plans.bucketOf(payer);
            bool isDone = plans.recordMany(items)[0] == ISubscriptionManager.Status.Recorded;
            if (isDone) used += more;
            if (period == plans.subscriptionOf(payer).period && more != 0) {
                assertEq(isDone, more <= tokens + overage, "SUB-06 what bucketOf says is what can be recorded");
            }
            assertLe(used, granted + granted / 10, "INV-CMP-07 never beyond what was granted and a tenth");
        }
    }

    function renewed() private returns (bool) {
        try plans.renew(payer) {
            return true;
        } catch {
            return false;
        }
    }

    // ---------------------------------------------------------------------------------------------------- when, who

    function test_record_windowToTheSecond() public {
        plans.renew(payer);
        expectNoPeriod(2);
        record(usageOf(2, VALUE, 1));
        expectNoPeriod(3);
        record(usageOf(3, VALUE, 1));
        expectNoPeriod(0);
        record(usageOf(0, VALUE, 1));
        expectNoPeriod(MAX);
        record(usageOf(MAX, VALUE, 1));
        vm.warp(T0 + PERIOD - 1);
        expectNoPeriod(2);
        record(usageOf(2, VALUE, 1));
        vm.warp(T0 + PERIOD);
        record(usageOf(2, VALUE, 1));
        vm.warp(T0 + PERIOD + WINDOW - 1);
        record(usageOf(1, VALUE, 1));
        vm.warp(T0 + PERIOD + WINDOW);
        vm.expectRevert(abi.encodeWithSelector(ISubscriptionManager.WindowOver.selector, T0 + PERIOD + WINDOW));
        record(usageOf(1, VALUE, 2));
        record(usageOf(2, VALUE, 2));
    }

    function test_record_refusesTheFuture() public {
        ISubscriptionManager.PlanUsage memory usage = usageOf(1, VALUE, 1);
        usage.timestamp = uint64(T0 + 61);
        vm.expectRevert(abi.encodeWithSelector(ISubscriptionManager.FutureTimestamp.selector, T0 + 61));
        record(usage);
        usage.timestamp = uint64(T0 + 60);
        record(usage);
    }

    function test_record_refusesDirtyCollections() public {
        bytes32[6] memory dirty = [
            collectionOf(provisionId, ComputeIds.KIND_USAGE, 1),
            collectionOf(provisionId, ComputeIds.KIND_SPOT, 1),
            collectionOf(provisionId, 4, 1),
            planCollection(ComputeIds.provisionId(provider, 0), 1),
            planCollection(ComputeIds.provisionId(address(0), 1), 1),
            bytes32(uint256(planCollection(provisionId, 1)) | (0x80 << 56))
        ];
        for (uint256 i; i < dirty.length; ++i) {
            ISubscriptionManager.PlanUsage memory usage = usageOf(1, VALUE, 1);
            usage.collectionId = dirty[i];
            bytes memory signature = signUsage(PAYER_KEY, usage);
            vm.expectRevert(abi.encodeWithSelector(ISubscriptionManager.BadCollection.selector, dirty[i]));
            plans.record(usage, payer, signature);
        }
    }

    function test_record_bySignersOfKind3() public {
        authorise(PAYER_KEY, SIGNER_KEY, T0 + 365 days, 8, ISignerRegistry.Caps(0, 0, 0));
        authorise(PAYER_KEY, PROVIDER_KEY, T0 + 365 days, 7, ISignerRegistry.Caps(0, 0, 0));
        ISubscriptionManager.Item memory item = itemBy(SIGNER_KEY, usageOf(1, VALUE, 1));
        vm.prank(other);
        plans.record(item.usage, item.signer, item.signature);
        item = itemBy(PROVIDER_KEY, usageOf(1, 2 * VALUE, 1));
        vm.expectRevert(abi.encodeWithSelector(ISubscriptionManager.NotASigner.selector, payer, provider));
        plans.record(item.usage, item.signer, item.signature);
        item.signer = signer;
        expectInvalidSignature(signer);
        plans.record(item.usage, item.signer, item.signature);
        item.signer = payer;
        expectInvalidSignature(payer);
        plans.record(item.usage, item.signer, item.signature);
        item.signer = address(0);
        vm.expectRevert(abi.encodeWithSelector(ISubscriptionManager.NotASigner.selector, payer, address(0)));
        plans.record(item.usage, item.signer, item.signature);
    }

    function test_record_afterARevocation() public {
        authorise(PAYER_KEY, SIGNER_KEY, T0 + 365 days, 8, ISignerRegistry.Caps(0, 0, 0));
        ISubscriptionManager.Item memory before = itemBy(SIGNER_KEY, usageOf(1, VALUE, 1));
        ISubscriptionManager.Item memory late = itemBy(SIGNER_KEY, usageOf(1, 2 * VALUE, 2));
        vm.warp(T0 + 10);
        ISubscriptionManager.Item memory after_ = itemBy(SIGNER_KEY, usageOf(1, 3 * VALUE, 3));
        vm.prank(payer);
        signers.revoke(signer);
        assertStatus(after_, ISubscriptionManager.Status.NotASigner, "SIG-02 stamped at it");
        vm.warp(T0 + 10 + 24 hours - 1);
        assertStatus(before, ISubscriptionManager.Status.Recorded, "SIG-02 stamped before it");
        vm.warp(T0 + 10 + 24 hours);
        assertStatus(late, ISubscriptionManager.Status.NotASigner, "SIG-02 not for ever");
    }

    /// @dev INV-CMP-09: no field, chain or contract can be exchanged under a signature.
    function test_record_refusesMutatedSignatures() public {
        ISubscriptionManager.PlanUsage memory signed = usageOf(1, VALUE, 100);
        bytes memory signature = signUsage(PAYER_KEY, signed);
        ISubscriptionManager.PlanUsage memory u = usageOf(1, VALUE + 1, 100);
        assertMutated(u, signature, "INV-CMP-09 list value");
        assertMutated(usageOf(1, VALUE, 99), signature, "INV-CMP-09 tokens");
        assertMutated(usageWith(rivalProvision, 1, VALUE, 100), signature, "INV-CMP-09 collection");
        u = usageOf(1, VALUE, 100);
        u.timestamp -= 1;
        assertMutated(u, signature, "INV-CMP-09 timestamp");
        u = usageOf(1, VALUE, 100);
        u.usageRoot = bytes32(uint256(1));
        assertMutated(u, signature, "INV-CMP-09 usage root");
        deposit(other, 100 * USD);
        subscribe(other, STARTER, 0);
        u = usageOf(1, VALUE, 100);
        u.subscriber = other;
        assertMutated(u, signature, "INV-CMP-09 subscriber");

        bytes32 hash = usageHash(signed);
        assertMutated(
            signed,
            sign(PAYER_KEY, separatorOn("cxmpute plans", address(plans), block.chainid + 1), hash),
            "INV-CMP-09 chain"
        );
        assertMutated(
            signed,
            sign(PAYER_KEY, separator("cxmpute plans", address(escrow)), hash),
            "INV-CMP-09 contract"
        );
        assertMutated(signed, sign(PAYER_KEY, separator("cxmpute plan", address(plans)), hash), "INV-CMP-09 name");
        assertMutated(signed, highS(signature), "INV-CMP-09 high s");
        assertMutated(signed, "", "INV-CMP-09 none");
        plans.record(signed, payer, signature);
        vm.warp(T0 + PERIOD - 1);
        plans.renew(payer);
        vm.warp(T0 + PERIOD);
        signed.period = 2;
        expectInvalidSignature(payer);
        plans.record(signed, payer, signature);
    }

    function test_record_aContractSubscribes() public {
        SmartWallet wallet = new SmartWallet(signer);
        deposit(address(wallet), 50 * USD);
        subscribe(address(wallet), STARTER, 0);
        ISubscriptionManager.PlanUsage memory usage = usageOf(1, VALUE, 100);
        usage.subscriber = address(wallet);
        expectInvalidSignature(address(wallet));
        plans.record(usage, address(wallet), signUsage(PAYER_KEY, usage));
        plans.record(usage, address(wallet), signUsage(SIGNER_KEY, usage));
        assertRecorded(address(wallet), 1, usage.collectionId, VALUE, 100, "SUB-06 as an account's");
    }

    function test_hashUsage_isEip712s() public view {
        ISubscriptionManager.PlanUsage memory usage = usageOf(1, VALUE, 100);
        bytes32 expected = keccak256(
            abi.encodePacked("\x19\x01", separator("cxmpute plans", address(plans)), usageHash(usage))
        );
        assertEq(plans.hashUsage(usage), expected, "SUB-06 the digest");
    }

    // -------------------------------------------------------------------------------------------------------- batch

    function test_recordMany_oneStatusAnItem() public {
        ISubscriptionManager.Item[] memory items = new ISubscriptionManager.Item[](12);
        items[0] = itemBy(PAYER_KEY, usageOf(1, VALUE, 1e6));
        items[1] = items[0];
        items[2] = itemBy(PAYER_KEY, usageOf(1, VALUE, 1e6));
        items[2].usage.collectionId = 0;
        items[3] = itemBy(PAYER_KEY, usageOf(2, VALUE, 1e6));
        items[4] = itemBy(PAYER_KEY, usageOf(1, 2 * VALUE, 1e6));
        items[4].usage.timestamp = uint64(T0 + 61);
        items[5] = itemBy(PROVIDER_KEY, usageOf(1, 2 * VALUE, 1e6));
        items[6] = itemBy(PAYER_KEY, usageOf(1, 2 * VALUE, 1e6));
        items[6].usage.listValue += 1;
        items[7] = itemBy(PAYER_KEY, usageWith(rivalProvision, 1, VALUE, 22e6));
        items[8] = itemBy(PAYER_KEY, usageWith(rivalProvision, 1, VALUE, 21e6));
        for (uint256 i; i < 2; ++i) items[9 + i] = greedyItem(i == 0);
        items[11] = itemBy(PAYER_KEY, usageOf(1, 2 * VALUE, 1e6));
        ISubscriptionManager.Status[] memory statuses = plans.recordMany{gas: 3_000_000}(items);
        ISubscriptionManager.Status[12] memory expected = [
            ISubscriptionManager.Status.Recorded,
            ISubscriptionManager.Status.NothingToDo,
            ISubscriptionManager.Status.BadCollection,
            ISubscriptionManager.Status.NoPeriod,
            ISubscriptionManager.Status.FutureTimestamp,
            ISubscriptionManager.Status.NotASigner,
            ISubscriptionManager.Status.BadSignature,
            ISubscriptionManager.Status.BucketEmpty,
            ISubscriptionManager.Status.Recorded,
            ISubscriptionManager.Status.BadSignature,
            ISubscriptionManager.Status.BadSignature,
            ISubscriptionManager.Status.Recorded
        ];
        for (uint256 i; i < expected.length; ++i) {
            assertEq(uint256(statuses[i]), uint256(expected[i]), string.concat("SUB-06 item ", vm.toString(i)));
        }
        assertRecorded(payer, 1, planCollection(provisionId, 1), 2 * VALUE, 1e6, "SUB-06 the good ones");
        assertBucket(payer, 0, 0, "SUB-06 and no others");
        vm.warp(T0 + PERIOD + WINDOW);
        assertStatus(items[11], ISubscriptionManager.Status.WindowOver, "SUB-06 too late");
        assertEq(plans.recordMany(new ISubscriptionManager.Item[](0)).length, 0, "SUB-06 none");
    }

    /// @dev A contract that burns all it is given, or answers without end, ends nobody else's record.
    function greedyItem(bool isLoop) private returns (ISubscriptionManager.Item memory) {
        address wallet = address(new GreedyWallet(isLoop));
        deposit(wallet, 15 * USD);
        subscribe(wallet, STARTER, 0);
        ISubscriptionManager.PlanUsage memory usage = usageOf(1, VALUE, 1);
        usage.subscriber = wallet;
        return ISubscriptionManager.Item(usage, wallet, "");
    }

    // ------------------------------------------------------------------------------------------------------- helpers

    function assertUsed(uint256 first, uint256 second, uint256 third, string memory message) private view {
        assertEq(plans.periodOf(payer, 1).used, first, string.concat(message, ": first"));
        assertEq(plans.periodOf(payer, 2).used, second, string.concat(message, ": second"));
        assertEq(plans.periodOf(payer, 3).used, third, string.concat(message, ": third"));
    }

    function assertStatus(
        ISubscriptionManager.Item memory item,
        ISubscriptionManager.Status status,
        string memory message
    ) private {
        ISubscriptionManager.Item[] memory items = new ISubscriptionManager.Item[](1);
        items[0] = item;
        assertEq(uint256(plans.recordMany(items)[0]), uint256(status), message);
    }

    function assertMutated(
        ISubscriptionManager.PlanUsage memory usage,
        bytes memory signature,
        string memory message
    ) private {
        address by = usage.subscriber;
        assertStatus(
            ISubscriptionManager.Item(usage, by, signature),
            ISubscriptionManager.Status.BadSignature,
            message
        );
        assertRecorded(by, usage.period, usage.collectionId, 0, 0, message);
    }

    function expectNothingToDo() private {
        vm.expectRevert(ISubscriptionManager.NothingToDo.selector);
    }

    function expectNoPeriod(uint256 period) private {
        vm.expectRevert(abi.encodeWithSelector(ISubscriptionManager.NoPeriod.selector, payer, period));
    }

    function expectBucketEmpty(uint256 left, uint256 asked) private {
        vm.expectRevert(abi.encodeWithSelector(ISubscriptionManager.BucketEmpty.selector, left, asked));
    }

    function expectInvalidSignature(address who) private {
        vm.expectRevert(abi.encodeWithSelector(ISubscriptionManager.InvalidSignature.selector, who));
    }

    /// @dev The other signature of the same key and digest.
    function highS(bytes memory signature) private pure returns (bytes memory) {
        bytes32 r;
        uint256 s;
        uint8 v = uint8(signature[64]);
        assembly {
            r := mload(add(signature, 0x20))
            s := mload(add(signature, 0x40))
        }
        return abi.encodePacked(r, ORDER - s, v == 27 ? uint8(28) : uint8(27));
    }
}
