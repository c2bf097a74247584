// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IDisputeManager} from "../../contracts/compute/interfaces/IDisputeManager.sol";
import {IPaymentsEscrow} from "../../contracts/compute/interfaces/IPaymentsEscrow.sol";
import {IProviderStaking} from "../../contracts/compute/interfaces/IProviderStaking.sol";
import {ISignerRegistry} from "../../contracts/compute/interfaces/ISignerRegistry.sol";
import {IVoucherCollector} from "../../contracts/compute/interfaces/IVoucherCollector.sol";
import {IVoucherCollectorCore} from "../../contracts/compute/interfaces/IVoucherCollectorCore.sol";
import {UsageTree} from "../../contracts/compute/libraries/UsageTree.sol";
import {ComputeTest} from "./ComputeTest.sol";
import {TreeMaker} from "./TreeMaker.sol";

/// @notice The marketplace with its dispute manager in place; the registry says what it is told. A machine key of the
/// provision, receipts of it, and trees of vouchers that were collected.
abstract contract DisputeTest is ComputeTest {
    uint256 internal constant MACHINE_KEY = 0x3AC1;
    uint256 internal constant STAKE = 100_000e18;
    uint256 internal constant BOND = 500e18;
    /// @dev Cost of an honest receipt: 1,000 tokens in and 500 out.
    uint128 internal constant COST = 1_000 * 2e5 + 500 * 8e5;

    IDisputeManager internal disputes;
    address internal arbitrator = address(0xA4B);
    address internal filer = address(0xF11E);

    function setUp() public virtual override {
        super.setUp();
        // Anew, for the staking knows its dispute manager from the start and for good.
        staking = IProviderStaking(
            deploy("ProviderStaking", abi.encode(address(manager), address(unxv), insurance, RATE))
        );
        escrow = IPaymentsEscrow(
            deploy(
                "PaymentsEscrow",
                abi.encode(address(manager), address(usdc), address(staking), feeCollector, insurance, FEE_BPS)
            )
        );
        signers = ISignerRegistry(deploy("SignerRegistry", abi.encode(address(escrow))));
        collector = IVoucherCollector(deploy("VoucherCollector", abi.encode(address(escrow), address(signers))));
        disputes = deployManager(arbitrator, BOND);
        staking.setUp(address(escrow), address(registry), address(disputes));
        escrow.setUp(address(collector), address(this), address(signers));

        deposit(payer, 1_000 * USD);
        stakeFor(provisionId, STAKE);
        registry.setMachineKey(provisionId, vm.addr(MACHINE_KEY));
        giveBond(filer, 100_000e18);
    }

    function deployManager(address arbitrator_, uint256 bond) internal returns (IDisputeManager) {
        return
            IDisputeManager(
                deploy(
                    "DisputeManager",
                    abi.encode(
                        address(manager),
                        address(unxv),
                        address(staking),
                        address(registry),
                        address(collector),
                        arbitrator_,
                        bond
                    )
                )
            );
    }

    function giveBond(address who, uint256 amount) internal {
        unxv.transfer(who, amount);
        vm.prank(who);
        unxv.approve(address(disputes), MAX);
    }

    // ------------------------------------------------------------------------------------------------------ receipts

    /// @dev Of the provision, of now.
    function receiptOf(uint64 counter) internal view returns (IDisputeManager.Receipt memory) {
        return
            IDisputeManager.Receipt({
                provisionId: provisionId,
                counter: counter,
                requestHash: keccak256(abi.encode("request", counter)),
                responseHash: keccak256(abi.encode("response", counter)),
                model: keccak256("model"),
                inputTokens: 1_000,
                outputTokens: 500,
                inputPrice: 2e5,
                outputPrice: 8e5,
                cost: COST,
                status: 1,
                ttftMs: 180,
                timestamp: uint64(block.timestamp)
            });
    }

    /// @dev Field by field, beside the contract.
    function receiptStruct(IDisputeManager.Receipt memory r) internal pure returns (bytes32) {
        bytes memory head = abi.encode(
            keccak256(
                "Receipt(uint256 provisionId,uint64 counter,bytes32 requestHash,bytes32 responseHash,bytes32 model,uint64 inputTokens,uint64 outputTokens,uint64 inputPrice,uint64 outputPrice,uint128 cost,uint8 status,uint32 ttftMs,uint64 timestamp)"
            ),
            r.provisionId,
            r.counter,
            r.requestHash,
            r.responseHash,
            r.model
        );
        bytes memory middle = abi.encode(r.inputTokens, r.outputTokens, r.inputPrice, r.outputPrice);
        return keccak256(bytes.concat(head, middle, abi.encode(r.cost, r.status, r.ttftMs, r.timestamp)));
    }

    function provisionsDomain() internal view returns (bytes32) {
        return separator("cxmpute provisions", address(registry));
    }

    function receiptDigest(IDisputeManager.Receipt memory receipt) internal view returns (bytes32) {
        return keccak256(abi.encodePacked(hex"1901", provisionsDomain(), receiptStruct(receipt)));
    }

    function signReceipt(uint256 key, IDisputeManager.Receipt memory receipt) internal view returns (bytes memory) {
        return sign(key, provisionsDomain(), receiptStruct(receipt));
    }

    function acknowledge(uint256 key, bytes32 voucherDigest) internal view returns (bytes memory) {
        bytes32 typeHash = keccak256("Acknowledgement(bytes32 voucher)");
        return sign(key, provisionsDomain(), keccak256(abi.encode(typeHash, voucherDigest)));
    }

    // --------------------------------------------------------------------------------------------------------- trees

    /// @dev Honest receipts, counted from 1.
    function receiptsOf(uint64 count) internal view returns (IDisputeManager.Receipt[] memory receipts) {
        receipts = new IDisputeManager.Receipt[](count);
        for (uint64 i; i < count; ++i) receipts[i] = receiptOf(i + 1);
    }

    function leavesOf(
        IDisputeManager.Receipt[] memory receipts
    ) internal view returns (UsageTree.Node[] memory leaves) {
        leaves = new UsageTree.Node[](receipts.length);
        for (uint256 i; i < receipts.length; ++i) {
            leaves[i] = TreeMaker.leafOf(receiptDigest(receipts[i]), receipts[i].cost);
        }
    }

    /// @dev A voucher of `value` over the tree, signed by the payer, acknowledged, collected.
    function collectTree(
        UsageTree.Node memory top,
        uint64 leaves,
        uint256 value,
        uint256 period
    ) internal returns (IDisputeManager.Tree memory tree) {
        tree = treeOf(top, leaves, value, period);
        collectOne(itemBy(PAYER_KEY, tree.voucher));
    }

    function treeOf(
        UsageTree.Node memory top,
        uint64 leaves,
        uint256 value,
        uint256 period
    ) internal view returns (IDisputeManager.Tree memory tree) {
        IVoucherCollectorCore.Voucher memory voucher = voucherOf(value, period);
        voucher.usageRoot = TreeMaker.rootOf(top, leaves);
        tree = IDisputeManager.Tree(voucher, "", UsageTree.Node(top.hash, top.sum), leaves);
        tree.acknowledgement = acknowledge(MACHINE_KEY, collector.hashVoucher(voucher));
    }

    /// @dev Of all that the leaves cost.
    function collectLeaves(
        UsageTree.Node[] memory leaves,
        uint256 period
    ) internal returns (IDisputeManager.Tree memory) {
        UsageTree.Node memory top = TreeMaker.top(leaves);
        return collectTree(top, uint64(leaves.length), top.sum, period);
    }

    function leafAt(
        UsageTree.Node[] memory leaves,
        IDisputeManager.Receipt memory receipt,
        uint64 index
    ) internal pure returns (IDisputeManager.Leaf memory) {
        return IDisputeManager.Leaf(receipt, leaves[index].sum, TreeMaker.pathOf(leaves, 0, index));
    }

    function shortLeafAt(
        UsageTree.Node[] memory leaves,
        bytes32 receiptHash,
        uint64 index
    ) internal pure returns (IDisputeManager.ShortLeaf memory) {
        return IDisputeManager.ShortLeaf(receiptHash, leaves[index].sum, TreeMaker.pathOf(leaves, 0, index));
    }

    // ------------------------------------------------------------------------------------------------------- checks

    function assertStake(uint256 tokens, string memory message) internal view {
        (uint256 actual, ) = staking.stakeOf(provisionId);
        assertEq(actual, tokens, message);
    }

    /// @dev The next call must be refused with that fault's name.
    function expectNoFault(IDisputeManager.Fault kind) internal {
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.NotAFault.selector, kind));
    }
}
