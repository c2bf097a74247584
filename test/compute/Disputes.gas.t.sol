// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IAttestationHub} from "../../contracts/compute/interfaces/IAttestationHub.sol";
import {IDisputeManager} from "../../contracts/compute/interfaces/IDisputeManager.sol";
import {UsageTree} from "../../contracts/compute/libraries/UsageTree.sol";
import {DisputeTest} from "./DisputeTest.sol";
import {TreeMaker} from "./TreeMaker.sol";

/// @notice Whole transactions, cold: what it costs to show a fault, to dispute, and to report.
contract DisputesGasTest is DisputeTest {
    /// @dev Four fifths of what a block of peaq holds.
    uint256 private constant BLOCK = 12_000_000;

    function test_gas_equivocation() public {
        (IDisputeManager.Receipt memory a, IDisputeManager.Receipt memory b) = (receiptOf(7), receiptOf(7));
        b.outputTokens += 1;
        bytes memory signatureA = signReceipt(MACHINE_KEY, a);
        bytes memory signatureB = signReceipt(MACHINE_KEY, b);
        vm.prank(filer);
        disputes.showEquivocation(a, signatureA, b, signatureB);
        vm.snapshotGasLastCall("compute", "showEquivocation");
    }

    function test_gas_overclaim() public {
        UsageTree.Node memory top = TreeMaker.top(leavesOf(receiptsOf(3)));
        IDisputeManager.Tree memory tree = collectTree(top, 3, VALUE, 1);
        vm.prank(filer);
        disputes.showOverclaim(tree);
        vm.snapshotGasLastCall("compute", "showOverclaim");
    }

    /// @dev In a tree of 2^63 receipts: the evidence is never too dear for a block.
    function test_gas_overcharge_inTheLargestTree() public {
        IDisputeManager.Receipt memory receipt = receiptOf(1);
        receipt.cost = COST + 1;
        UsageTree.Node memory node = TreeMaker.leafOf(receiptDigest(receipt), receipt.cost);
        UsageTree.Node[] memory siblings = new UsageTree.Node[](63);
        for (uint256 i; i < 63; ++i) {
            siblings[i] = UsageTree.Node(keccak256(abi.encode(i)), 1);
            node = TreeMaker.pairOf(node, siblings[i]);
        }
        IDisputeManager.Leaf memory leaf = IDisputeManager.Leaf(receipt, COST + 1, UsageTree.Path(0, 0, siblings));
        IDisputeManager.Tree memory tree = collectTree(node, 1 << 63, node.sum, 1);
        vm.prank(filer);
        disputes.showOvercharge(tree, leaf);
        uint256 gas = vm.snapshotGasLastCall("compute", "showOvercharge63");
        assertLe(gas, BLOCK, "DSP-03 fits a block");
    }

    function test_gas_dispute() public {
        vm.prank(filer);
        disputes.open(provisionId, "told");
        vm.snapshotGasLastCall("compute", "disputeOpen");
        vm.prank(arbitrator);
        disputes.uphold(1, 1_000);
        vm.snapshotGasLastCall("compute", "disputeUphold");
    }

    function test_gas_report() public {
        address attester = vm.addr(MACHINE_KEY);
        address[] memory set = new address[](1);
        set[0] = attester;
        IAttestationHub hub = IAttestationHub(deploy("AttestationHub", abi.encode(address(manager), set, uint256(1))));
        uint64 epoch = uint64(T0 / 7 days - 1);
        bytes32 typeHash = keccak256("Report(uint64 epoch,bytes32 root,bytes32 dataHash)");
        bytes32 struct_ = keccak256(abi.encode(typeHash, epoch, bytes32("root"), bytes32("data")));
        bytes memory signature = sign(MACHINE_KEY, separator("cxmpute attestations", address(hub)), struct_);
        hub.submit(epoch, "root", "data", attester, signature);
        vm.snapshotGasLastCall("compute", "report");
    }
}
