// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IDisputeManager} from "../../contracts/compute/interfaces/IDisputeManager.sol";
import {IVoucherCollector} from "../../contracts/compute/interfaces/IVoucherCollector.sol";
import {IVoucherCollectorCore} from "../../contracts/compute/interfaces/IVoucherCollectorCore.sol";
import {UsageTree} from "../../contracts/compute/libraries/UsageTree.sol";
import {DisputeTest} from "./DisputeTest.sol";
import {TreeMaker} from "./TreeMaker.sol";

/// @notice What vouchers and their usage trees show, and what they do not.
contract DisputeTreesTest is DisputeTest {
    uint256 private constant NEXT_KEY = 0x3AC2;

    // ----------------------------------------------------------------------------------------------------- overclaim

    function test_overclaim_sumBelowTheValue() public {
        IDisputeManager.Tree memory tree = overclaimOf(1);
        bytes32 fault = keccak256(abi.encode(IDisputeManager.Fault.Overclaim, collector.hashVoucher(tree.voucher)));
        vm.expectEmit(address(disputes));
        emit IDisputeManager.FaultShown(provisionId, filer, IDisputeManager.Fault.Overclaim, fault, STAKE / 10);
        vm.prank(filer);
        assertEq(disputes.showOverclaim(tree), STAKE / 10, "DSP-02 a tenth");
        assertStake(STAKE - STAKE / 10, "DSP-02 taken");
        vm.warp(T0 + 7 days);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.AlreadyShown.selector, fault));
        disputes.showOverclaim(tree);
    }

    function test_overclaim_toTheLastPart() public {
        UsageTree.Node memory top = TreeMaker.top(leavesOf(receiptsOf(3)));
        IDisputeManager.Tree memory honest = collectTree(top, 3, top.sum, 1);
        expectNoFault(IDisputeManager.Fault.Overclaim);
        disputes.showOverclaim(honest);
        IDisputeManager.Tree memory less = collectTree(top, 3, top.sum - 1, 2);
        expectNoFault(IDisputeManager.Fault.Overclaim);
        disputes.showOverclaim(less);
        IDisputeManager.Tree memory more = collectTree(top, 3, top.sum + 1, 3);
        assertEq(disputes.showOverclaim(more), STAKE / 10, "DSP-02 by 1e-12 USD");
    }

    function test_overclaim_treeWithoutLeaves() public {
        IDisputeManager.Tree memory tree = collectTree(UsageTree.Node(0, type(uint128).max), 0, VALUE, 1);
        assertEq(disputes.showOverclaim(tree), STAKE / 10, "DSP-02 nothing sums to nothing");
    }

    /// @dev Griefing: a payer signs a false voucher, brings it itself and shows it. It is not the provider's word.
    function test_overclaim_unacknowledged_isNotEvidence() public {
        IDisputeManager.Tree memory tree = treeOf(UsageTree.Node(bytes32(uint256(1)), 0), 1, VALUE, 1);
        vm.prank(payer);
        collectOne(itemBy(PAYER_KEY, tree.voucher));
        bytes32 digest = collector.hashVoucher(tree.voucher);
        tree.acknowledgement = acknowledge(PAYER_KEY, digest);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.NotMachineKey.selector, provisionId, payer));
        disputes.showOverclaim(tree);
        tree.acknowledgement = acknowledge(PROVIDER_KEY, digest);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.NotMachineKey.selector, provisionId, provider));
        disputes.showOverclaim(tree);
        tree.acknowledgement = "";
        vm.expectRevert(IDisputeManager.InvalidSignature.selector);
        disputes.showOverclaim(tree);
        // The provider's word for another voucher of the same collection is none for this one.
        IVoucherCollectorCore.Voucher memory honest = voucherOf(VALUE / 2, 1);
        tree.acknowledgement = acknowledge(MACHINE_KEY, collector.hashVoucher(honest));
        vm.expectRevert();
        disputes.showOverclaim(tree);
        assertStake(STAKE, "DSP-02 nothing was taken");
    }

    function test_overclaim_onlyTheLastCollected() public {
        IDisputeManager.Tree memory first = overclaimOf(1);
        // Signed and acknowledged, and not collected.
        IDisputeManager.Tree memory second = treeOf(TreeMaker.top(leavesOf(receiptsOf(3))), 3, 5 * VALUE, 1);
        bytes32 digest = collector.hashVoucher(second.voucher);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.NotLastCollected.selector, digest));
        disputes.showOverclaim(second);
        // Anybody may collect it, and it then is the last.
        collectOne(itemBy(PAYER_KEY, second.voucher));
        digest = collector.hashVoucher(first.voucher);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.NotLastCollected.selector, digest));
        disputes.showOverclaim(first);
        assertEq(disputes.showOverclaim(second), STAKE / 10, "DSP-02 the last one");
    }

    function test_overclaim_everyFieldOfTheVoucherCounts() public {
        IDisputeManager.Tree memory tree = overclaimOf(1);
        for (uint256 field; field < 6; ++field) {
            IDisputeManager.Tree memory changed = abi.decode(abi.encode(tree), (IDisputeManager.Tree));
            IVoucherCollectorCore.Voucher memory v = changed.voucher;
            if (field == 0) v.payer = other;
            else if (field == 1) v.provider = other;
            else if (field == 2) v.collectionId = collectionOf(provisionId, 0, 2);
            else if (field == 3) v.valueAggregate += 1;
            else if (field == 4) v.timestamp -= 1;
            else v.usageRoot ^= bytes32(uint256(1));
            bytes32 digest = collector.hashVoucher(v);
            vm.expectRevert(abi.encodeWithSelector(IDisputeManager.NotLastCollected.selector, digest));
            disputes.showOverclaim(changed);
        }
    }

    function test_overclaim_everyPartOfTheRootCounts() public {
        IDisputeManager.Tree memory tree = overclaimOf(1);
        bytes memory notTheRoot = abi.encodeWithSelector(IDisputeManager.NotTheRoot.selector, tree.voucher.usageRoot);
        tree.leaves += 1;
        vm.expectRevert(notTheRoot);
        disputes.showOverclaim(tree);
        tree.leaves -= 1;
        tree.top.sum -= 1;
        vm.expectRevert(notTheRoot);
        disputes.showOverclaim(tree);
        tree.top.sum += 1;
        tree.top.hash ^= bytes32(uint256(1));
        vm.expectRevert(notTheRoot);
        disputes.showOverclaim(tree);
    }

    /// @dev A payer that wants no proof has none.
    function test_overclaim_withoutARoot_isNone() public {
        IDisputeManager.Tree memory tree;
        tree.voucher = voucherOf(VALUE, 1);
        tree.acknowledgement = acknowledge(MACHINE_KEY, collector.hashVoucher(tree.voucher));
        collectOne(itemBy(PAYER_KEY, tree.voucher));
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.NotTheRoot.selector, bytes32(0)));
        disputes.showOverclaim(tree);
    }

    function test_overclaim_sevenDays_toTheSecond() public {
        IDisputeManager.Tree memory tree = overclaimOf(1);
        vm.warp(T0 + 7 days + 1);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.TooOld.selector, T0, T0 + 1));
        disputes.showOverclaim(tree);
        vm.warp(T0 + 7 days);
        assertEq(disputes.showOverclaim(tree), STAKE / 10, "DSP-02 seven days are not too old");
    }

    /// @dev A voucher may be collected a minute ahead of its stamp, and shown when it has come.
    function test_overclaim_stampedAhead_waits() public {
        UsageTree.Node memory top = TreeMaker.top(leavesOf(receiptsOf(3)));
        vm.warp(T0 + 60);
        IDisputeManager.Tree memory tree = treeOf(top, 3, VALUE, 1);
        vm.warp(T0);
        collectOne(itemBy(PAYER_KEY, tree.voucher));
        vm.warp(T0 + 59);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.InFuture.selector, T0 + 60));
        disputes.showOverclaim(tree);
        vm.warp(T0 + 60);
        assertEq(disputes.showOverclaim(tree), STAKE / 10, "DSP-02 now");
    }

    /// @dev The provider's word counts by the key of the voucher's time.
    function test_overclaim_keyOfTheVouchersTime() public {
        vm.warp(T0 + 100);
        registry.setMachineKey(provisionId, vm.addr(NEXT_KEY));
        IDisputeManager.Tree memory tree = overclaimOf(1);
        vm.expectRevert(
            abi.encodeWithSelector(IDisputeManager.NotMachineKey.selector, provisionId, vm.addr(MACHINE_KEY))
        );
        disputes.showOverclaim(tree);
        tree.acknowledgement = acknowledge(NEXT_KEY, collector.hashVoucher(tree.voucher));
        assertEq(disputes.showOverclaim(tree), STAKE / 10, "DSP-02 the key of then");
    }

    /// @dev Partly paid, it is its provider's word all the same.
    function test_overclaim_partlyPaid() public {
        UsageTree.Node memory top = TreeMaker.top(leavesOf(receiptsOf(3)));
        IDisputeManager.Tree memory tree = treeOf(top, 3, 5_000 * VALUE, 1);
        IVoucherCollector.Result memory result = collectOne(itemBy(PAYER_KEY, tree.voucher));
        assertStatus(result, IVoucherCollector.Status.PartlyPaid, 1_000 * USD, "DSP-02");
        assertEq(disputes.showOverclaim(tree), STAKE / 10, "DSP-02 a lie in full");
    }

    function test_hashAcknowledgement_isTheTypedDigest() public view {
        bytes32 typeHash = keccak256("Acknowledgement(bytes32 voucher)");
        bytes32 struct_ = keccak256(abi.encode(typeHash, bytes32(uint256(5))));
        bytes32 digest = keccak256(abi.encodePacked(hex"1901", provisionsDomain(), struct_));
        assertEq(disputes.hashAcknowledgement(bytes32(uint256(5))), digest, "DSP-02 the registry's domain");
    }

    // ---------------------------------------------------------------------------------------------------- false nodes

    /// @dev A top that says more than what is below it would let any value pass.
    function test_falseNode_atTheTop() public {
        UsageTree.Node[] memory leaves = leavesOf(receiptsOf(2));
        bytes memory preimage = TreeMaker.preimageOf(leaves[0], leaves[1]);
        UsageTree.Node memory top = UsageTree.Node(keccak256(preimage), 5 * uint128(VALUE));
        IDisputeManager.Tree memory tree = collectTree(top, 2, 5 * VALUE, 1);
        expectNoFault(IDisputeManager.Fault.Overclaim);
        disputes.showOverclaim(tree);
        UsageTree.Path memory path = UsageTree.Path(1, 0, new UsageTree.Node[](0));
        bytes32 fault = faultIn(tree, IDisputeManager.Fault.FalseNode, top.hash);
        vm.expectEmit(address(disputes));
        emit IDisputeManager.FaultShown(provisionId, filer, IDisputeManager.Fault.FalseNode, fault, STAKE / 10);
        vm.prank(filer);
        assertEq(disputes.showFalseNode(tree, top, path, preimage), STAKE / 10, "DSP-02 a false sum");
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.AlreadyShown.selector, fault));
        disputes.showFalseNode(tree, top, path, preimage);
    }

    function test_falseNode_below() public {
        UsageTree.Node[] memory leaves = leavesOf(receiptsOf(5));
        UsageTree.Node[] memory level = TreeMaker.above(leaves);
        level[1].sum += 7;
        UsageTree.Node memory top = TreeMaker.top(level);
        IDisputeManager.Tree memory tree = collectTree(top, 5, top.sum, 1);
        bytes memory preimage = TreeMaker.preimageOf(leaves[2], leaves[3]);
        UsageTree.Path memory path = TreeMaker.pathOf(level, 1, 1);
        assertEq(disputes.showFalseNode(tree, level[1], path, preimage), STAKE / 10, "DSP-02 a false sum below");
    }

    /// @dev A leaf that its parent counts dearer than it is.
    function test_falseNode_leaf() public {
        IDisputeManager.Receipt[] memory receipts = receiptsOf(3);
        UsageTree.Node[] memory leaves = leavesOf(receipts);
        leaves[2].sum += 1;
        UsageTree.Node memory top = TreeMaker.top(leaves);
        IDisputeManager.Tree memory tree = collectTree(top, 3, top.sum, 1);
        bytes memory preimage = abi.encodePacked(uint8(0), receiptDigest(receipts[2]), COST);
        UsageTree.Path memory path = TreeMaker.pathOf(leaves, 0, 2);
        assertEq(disputes.showFalseNode(tree, leaves[2], path, preimage), STAKE / 10, "DSP-02 a false leaf's sum");
    }

    /// @dev More receipts than the tree says: those below could not be shown.
    function test_falseNode_aPairWhereALeafMustBe() public {
        UsageTree.Node[] memory leaves = leavesOf(receiptsOf(2));
        UsageTree.Node memory top = TreeMaker.top(leaves);
        IDisputeManager.Tree memory tree = collectTree(top, 1, top.sum, 1);
        bytes memory preimage = TreeMaker.preimageOf(leaves[0], leaves[1]);
        UsageTree.Path memory path = UsageTree.Path(0, 0, new UsageTree.Node[](0));
        assertEq(disputes.showFalseNode(tree, top, path, preimage), STAKE / 10, "DSP-02 hidden receipts");
    }

    function test_falseNode_refusesWhatIsSound() public {
        IDisputeManager.Receipt[] memory receipts = receiptsOf(3);
        UsageTree.Node[] memory leaves = leavesOf(receipts);
        IDisputeManager.Tree memory tree = collectLeaves(leaves, 1);
        UsageTree.Node[] memory level = TreeMaker.above(leaves);
        bytes memory pair = TreeMaker.preimageOf(leaves[0], leaves[1]);
        UsageTree.Path memory path = TreeMaker.pathOf(level, 1, 0);
        expectNoFault(IDisputeManager.Fault.FalseNode);
        disputes.showFalseNode(tree, level[0], path, pair);
        // The third leaf, where it is and where it moved up to.
        bytes memory leaf = abi.encodePacked(uint8(0), receiptDigest(receipts[2]), COST);
        UsageTree.Path memory leafPath = TreeMaker.pathOf(leaves, 0, 2);
        expectNoFault(IDisputeManager.Fault.FalseNode);
        disputes.showFalseNode(tree, leaves[2], leafPath, leaf);
        leafPath = TreeMaker.pathOf(level, 1, 1);
        expectNoFault(IDisputeManager.Fault.FalseNode);
        disputes.showFalseNode(tree, leaves[2], leafPath, leaf);

        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.NotThePreimage.selector, level[0].hash));
        disputes.showFalseNode(tree, level[0], path, leaf);
        level[0].sum += 1;
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.NotInTree.selector, level[0].hash));
        disputes.showFalseNode(tree, level[0], path, pair);
        assertStake(STAKE, "DSP-02 nothing was taken");
    }

    // ---------------------------------------------------------------------------------------------------- overcharge

    function test_overcharge_leafAboveItsReceipt() public {
        IDisputeManager.Receipt[] memory receipts = receiptsOf(3);
        receipts[1].cost = COST / 2;
        UsageTree.Node[] memory leaves = leavesOf(receipts);
        leaves[1] = TreeMaker.leafOf(receiptDigest(receipts[1]), COST / 2 + 1);
        IDisputeManager.Tree memory tree = collectLeaves(leaves, 1);
        IDisputeManager.Leaf memory leaf = leafAt(leaves, receipts[1], 1);
        bytes32 fault = faultIn(tree, IDisputeManager.Fault.Overcharge, leaves[1].hash);
        vm.expectEmit(address(disputes));
        emit IDisputeManager.FaultShown(provisionId, filer, IDisputeManager.Fault.Overcharge, fault, STAKE / 10);
        vm.prank(filer);
        assertEq(disputes.showOvercharge(tree, leaf), STAKE / 10, "DSP-03 more than the receipt says");
    }

    function test_overcharge_receiptAboveItsTokens() public {
        IDisputeManager.Receipt[] memory receipts = receiptsOf(3);
        receipts[2].cost = COST + 1;
        UsageTree.Node[] memory leaves = leavesOf(receipts);
        IDisputeManager.Tree memory tree = collectLeaves(leaves, 1);
        assertEq(disputes.showOvercharge(tree, leafAt(leaves, receipts[2], 2)), STAKE / 10, "DSP-03 by 1e-12 USD");
    }

    function test_overcharge_anotherProvisionsReceipt() public {
        IDisputeManager.Receipt[] memory receipts = receiptsOf(3);
        receipts[0].provisionId = provisionId + (1 << 64);
        UsageTree.Node[] memory leaves = leavesOf(receipts);
        IDisputeManager.Tree memory tree = collectLeaves(leaves, 1);
        assertEq(disputes.showOvercharge(tree, leafAt(leaves, receipts[0], 0)), STAKE / 10, "DSP-03 another's work");
    }

    function test_overcharge_honestLeaves_areNone() public {
        IDisputeManager.Receipt[] memory receipts = receiptsOf(4);
        // The largest of all fields does not overflow.
        receipts[3].inputTokens = receipts[3].outputTokens = type(uint64).max;
        receipts[3].inputPrice = receipts[3].outputPrice = type(uint64).max;
        UsageTree.Node[] memory leaves = leavesOf(receipts);
        // A leaf may charge less than its receipt.
        leaves[2] = TreeMaker.leafOf(receiptDigest(receipts[2]), COST - 1);
        IDisputeManager.Tree memory tree = collectLeaves(leaves, 1);
        for (uint64 i; i < 4; ++i) {
            IDisputeManager.Leaf memory leaf = leafAt(leaves, receipts[i], i);
            expectNoFault(IDisputeManager.Fault.Overcharge);
            disputes.showOvercharge(tree, leaf);
        }
    }

    /// @dev The next voucher's tree has the leaf too: it is one lie.
    function test_overcharge_onceForACollection() public {
        IDisputeManager.Receipt[] memory receipts = receiptsOf(3);
        receipts[0].cost = COST + 1;
        UsageTree.Node[] memory leaves = leavesOf(receipts);
        IDisputeManager.Tree memory tree = collectLeaves(leaves, 1);
        disputes.showOvercharge(tree, leafAt(leaves, receipts[0], 0));
        vm.warp(T0 + 7 days);
        IDisputeManager.Receipt[] memory more = receiptsOf(8);
        for (uint256 i; i < 3; ++i) more[i] = receipts[i];
        leaves = leavesOf(more);
        tree = collectLeaves(leaves, 1);
        IDisputeManager.Leaf memory leaf = leafAt(leaves, more[0], 0);
        bytes32 fault = faultIn(tree, IDisputeManager.Fault.Overcharge, leaves[0].hash);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.AlreadyShown.selector, fault));
        disputes.showOvercharge(tree, leaf);
        // Another leaf's is another, and so is the same in another collection.
        more[7].cost = COST + 1;
        leaves = leavesOf(more);
        tree = collectLeaves(leaves, 2);
        assertEq(disputes.showOvercharge(tree, leafAt(leaves, more[7], 7)), 9_000e18, "DSP-03 another lie");
    }

    function test_overcharge_needsTheLeafInTheTree() public {
        IDisputeManager.Receipt[] memory receipts = receiptsOf(3);
        UsageTree.Node[] memory leaves = leavesOf(receipts);
        IDisputeManager.Tree memory tree = collectLeaves(leaves, 1);
        IDisputeManager.Leaf memory leaf = leafAt(leaves, receipts[1], 1);
        leaf.cost += 1;
        bytes32 hash = TreeMaker.leafOf(receiptDigest(receipts[1]), leaf.cost).hash;
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.NotInTree.selector, hash));
        disputes.showOvercharge(tree, leaf);
        // Not a leaf's place, though the node is there: the odd one that moved up.
        leaf = IDisputeManager.Leaf(receipts[2], COST, TreeMaker.pathOf(TreeMaker.above(leaves), 1, 1));
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.NotInTree.selector, leaves[2].hash));
        disputes.showOvercharge(tree, leaf);
    }

    /// @dev An overcharge in an unacknowledged tree is its signer's, not the provider's.
    function test_overcharge_unacknowledged_isNotEvidence() public {
        IDisputeManager.Receipt[] memory receipts = receiptsOf(1);
        receipts[0].cost = COST + 1;
        UsageTree.Node[] memory leaves = leavesOf(receipts);
        IDisputeManager.Tree memory tree = collectLeaves(leaves, 1);
        tree.acknowledgement = acknowledge(PAYER_KEY, collector.hashVoucher(tree.voucher));
        IDisputeManager.Leaf memory leaf = leafAt(leaves, receipts[0], 0);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.NotMachineKey.selector, provisionId, payer));
        disputes.showOvercharge(tree, leaf);
    }

    // --------------------------------------------------------------------------------------------------- false leaves

    /// @dev The payer's own receipt against the tree's.
    function test_falseLeaf_differsFromTheSigned() public {
        IDisputeManager.Receipt[] memory receipts = receiptsOf(3);
        IDisputeManager.Receipt memory signed = receiptOf(2);
        receipts[1].outputTokens *= 10;
        receipts[1].cost = 1_000 * 2e5 + 5_000 * 8e5;
        UsageTree.Node[] memory leaves = leavesOf(receipts);
        IDisputeManager.Tree memory tree = collectLeaves(leaves, 1);
        IDisputeManager.Leaf memory leaf = leafAt(leaves, receipts[1], 1);
        expectNoFault(IDisputeManager.Fault.Overcharge);
        disputes.showOvercharge(tree, leaf);
        bytes memory signature = signReceipt(MACHINE_KEY, signed);
        bytes32 fault = faultIn(tree, IDisputeManager.Fault.Overcharge, leaves[1].hash);
        vm.expectEmit(address(disputes));
        emit IDisputeManager.FaultShown(provisionId, filer, IDisputeManager.Fault.Overcharge, fault, STAKE / 10);
        vm.prank(filer);
        assertEq(disputes.showFalseLeaf(tree, leaf, signed, signature), STAKE / 10, "DSP-03 not what was signed");
    }

    function test_falseLeaf_refusesWhatIsNone() public {
        IDisputeManager.Receipt[] memory receipts = receiptsOf(3);
        UsageTree.Node[] memory leaves = leavesOf(receipts);
        IDisputeManager.Tree memory tree = collectLeaves(leaves, 1);
        IDisputeManager.Leaf memory leaf = leafAt(leaves, receipts[1], 1);
        expectNoFaultOf(tree, leaf, receipts[1], MACHINE_KEY);
        expectNoFaultOf(tree, leaf, receipts[0], MACHINE_KEY);
        IDisputeManager.Receipt memory foreign = receiptOf(2);
        foreign.provisionId = provisionId + (1 << 64);
        expectNoFaultOf(tree, leaf, foreign, MACHINE_KEY);

        IDisputeManager.Receipt memory signed = receiptOf(2);
        signed.ttftMs += 1;
        bytes memory signature = signReceipt(PAYER_KEY, signed);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.NotMachineKey.selector, provisionId, payer));
        disputes.showFalseLeaf(tree, leaf, signed, signature);
        signed.timestamp = uint64(T0 + 1);
        signature = signReceipt(MACHINE_KEY, signed);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.InFuture.selector, T0 + 1));
        disputes.showFalseLeaf(tree, leaf, signed, signature);
        signed.timestamp = uint64(T0 - 7 days - 1);
        signature = signReceipt(MACHINE_KEY, signed);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.TooOld.selector, T0 - 7 days - 1, T0 - 7 days));
        disputes.showFalseLeaf(tree, leaf, signed, signature);
        assertStake(STAKE, "DSP-03 nothing was taken");
    }

    /// @dev A leaf is one lie, whichever way it is shown.
    function test_falseLeaf_andOvercharge_areOneFault() public {
        IDisputeManager.Receipt[] memory receipts = receiptsOf(1);
        IDisputeManager.Receipt memory signed = receiptOf(1);
        receipts[0].cost = COST + 1;
        UsageTree.Node[] memory leaves = leavesOf(receipts);
        IDisputeManager.Tree memory tree = collectLeaves(leaves, 1);
        IDisputeManager.Leaf memory leaf = leafAt(leaves, receipts[0], 0);
        disputes.showOvercharge(tree, leaf);
        bytes memory signature = signReceipt(MACHINE_KEY, signed);
        bytes32 fault = faultIn(tree, IDisputeManager.Fault.Overcharge, leaves[0].hash);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.AlreadyShown.selector, fault));
        disputes.showFalseLeaf(tree, leaf, signed, signature);
    }

    /// @dev Honest trees hold against whatever receipt of theirs is brought: nothing is a fault that an honest node does.
    function testFuzz_honestTree_isNeverAFault(uint64 size, uint64 index, uint64 with) public {
        size = uint64(bound(size, 1, 20));
        index = uint64(bound(index, 0, size - 1));
        with = uint64(bound(with, 0, size - 1));
        IDisputeManager.Receipt[] memory receipts = receiptsOf(size);
        UsageTree.Node[] memory leaves = leavesOf(receipts);
        IDisputeManager.Tree memory tree = collectLeaves(leaves, 1);
        IDisputeManager.Leaf memory leaf = leafAt(leaves, receipts[index], index);
        expectNoFault(IDisputeManager.Fault.Overclaim);
        disputes.showOverclaim(tree);
        expectNoFault(IDisputeManager.Fault.Overcharge);
        disputes.showOvercharge(tree, leaf);
        expectNoFaultOf(tree, leaf, receipts[with], MACHINE_KEY);
        IDisputeManager.ShortLeaf memory a = shortLeafAt(leaves, receiptDigest(receipts[index]), index);
        IDisputeManager.ShortLeaf memory b = shortLeafAt(leaves, receiptDigest(receipts[with]), with);
        expectNoFault(IDisputeManager.Fault.Repeat);
        disputes.showRepeat(tree, a, tree, b);
        bytes memory preimage = abi.encodePacked(uint8(0), a.receiptHash, COST);
        expectNoFault(IDisputeManager.Fault.FalseNode);
        disputes.showFalseNode(tree, leaves[index], leaf.path, preimage);
    }

    // -------------------------------------------------------------------------------------------------------- repeats

    function test_repeat_inOneTree() public {
        IDisputeManager.Receipt[] memory receipts = receiptsOf(4);
        receipts[3] = receipts[1];
        UsageTree.Node[] memory leaves = leavesOf(receipts);
        IDisputeManager.Tree memory tree = collectLeaves(leaves, 1);
        bytes32 digest = receiptDigest(receipts[1]);
        IDisputeManager.ShortLeaf memory a = shortLeafAt(leaves, digest, 1);
        IDisputeManager.ShortLeaf memory b = shortLeafAt(leaves, digest, 3);
        bytes32 fault = keccak256(abi.encode(IDisputeManager.Fault.Repeat, provisionId, digest));
        vm.expectEmit(address(disputes));
        emit IDisputeManager.FaultShown(provisionId, filer, IDisputeManager.Fault.Repeat, fault, STAKE / 10);
        vm.prank(filer);
        assertEq(disputes.showRepeat(tree, a, tree, b), STAKE / 10, "DSP-03 one receipt twice");
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.AlreadyShown.selector, fault));
        disputes.showRepeat(tree, b, tree, a);
    }

    function test_repeat_inTwoCollections() public {
        UsageTree.Node[] memory leaves = leavesOf(receiptsOf(2));
        IDisputeManager.Tree memory treeA = collectLeaves(leaves, 1);
        IDisputeManager.Tree memory treeB = collectLeaves(leaves, 2);
        IDisputeManager.ShortLeaf memory leaf = shortLeafAt(leaves, receiptDigest(receiptOf(1)), 0);
        assertEq(disputes.showRepeat(treeA, leaf, treeB, leaf), STAKE / 10, "DSP-03 charged to two collections");
    }

    function test_repeat_refusesWhatIsNone() public {
        UsageTree.Node[] memory leaves = leavesOf(receiptsOf(3));
        IDisputeManager.Tree memory tree = collectLeaves(leaves, 1);
        bytes32 digest = receiptDigest(receiptOf(1));
        IDisputeManager.ShortLeaf memory a = shortLeafAt(leaves, digest, 0);
        IDisputeManager.ShortLeaf memory b = shortLeafAt(leaves, digest, 1);
        expectNoFault(IDisputeManager.Fault.Repeat);
        disputes.showRepeat(tree, a, tree, a);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.NotInTree.selector, leaves[0].hash));
        disputes.showRepeat(tree, a, tree, b);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.NotInTree.selector, leaves[0].hash));
        disputes.showRepeat(tree, b, tree, a);
        IDisputeManager.Tree memory unacknowledged = collectLeaves(leaves, 2);
        unacknowledged.acknowledgement = tree.acknowledgement;
        vm.expectRevert();
        disputes.showRepeat(tree, a, unacknowledged, a);
        // Of another provision, whose key acknowledged it: that is an overcharge there, and not this one's fault.
        uint256 next = provisionId + (1 << 64);
        registry.setMachineKey(next, vm.addr(NEXT_KEY));
        IDisputeManager.Tree memory foreign = treeOf(TreeMaker.top(leaves), 3, COST, 1);
        foreign.voucher.collectionId = collectionOf(next, 0, 1);
        foreign.acknowledgement = acknowledge(NEXT_KEY, collector.hashVoucher(foreign.voucher));
        collectOne(itemBy(PAYER_KEY, foreign.voucher));
        expectNoFault(IDisputeManager.Fault.Repeat);
        disputes.showRepeat(tree, a, foreign, a);
        assertStake(STAKE, "DSP-03 nothing was taken");
    }

    // ------------------------------------------------------------------------------------------------------- helpers

    function overclaimOf(uint256 period) private returns (IDisputeManager.Tree memory) {
        return collectTree(TreeMaker.top(leavesOf(receiptsOf(3))), 3, VALUE, period);
    }

    function faultIn(
        IDisputeManager.Tree memory tree,
        IDisputeManager.Fault kind,
        bytes32 hash
    ) private view returns (bytes32) {
        return keccak256(abi.encode(kind, payer, tree.voucher.collectionId, hash));
    }

    function expectNoFaultOf(
        IDisputeManager.Tree memory tree,
        IDisputeManager.Leaf memory leaf,
        IDisputeManager.Receipt memory receipt,
        uint256 key
    ) private {
        bytes memory signature = signReceipt(key, receipt);
        expectNoFault(IDisputeManager.Fault.Overcharge);
        disputes.showFalseLeaf(tree, leaf, receipt, signature);
    }
}
