// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {SafeTransferLib} from "solady/src/utils/SafeTransferLib.sol";

import {IDisputeManager} from "./interfaces/IDisputeManager.sol";
import {IProviderStakingCore} from "./interfaces/IProviderStakingCore.sol";
import {IProvisionRegistryCore} from "./interfaces/IProvisionRegistryCore.sol";
import {IVoucherCollectorCore} from "./interfaces/IVoucherCollectorCore.sol";
import {ComputeIds} from "./libraries/ComputeIds.sol";
import {UsageTree} from "./libraries/UsageTree.sol";

/// @title Faults of providers
/// @notice What a machine key signed convicts its provider, in the call that shows it. For all else there is an arbitrator
/// with a deadline: who says nothing keeps nobody's money.
/// What it trusts: the token, for itself; the registry, for who held a machine key and who is absent; the collector, for what
/// was collected last; the staking, for the limit of a tenth in seven days; the arbitrator, within that limit.
/// Upgrade: none. No pause: what ends a dispute needs nobody.
/// @dev Bonds are the only tokens here: as many as the open disputes say.
contract DisputeManager is AccessManaged, IDisputeManager {
    /// @notice How old evidence may be, and how long a dispute waits for a ruling: as long as stake takes to leave.
    uint256 public constant DISPUTE_PERIOD = 7 days;
    /// @notice Bounds of the bond.
    uint256 public constant LEAST_BOND = 100e18;
    uint256 public constant MOST_BOND = 5_000e18;
    /// @notice The most that a ruling takes, of the snapshot.
    uint256 public constant MOST_CUT_BPS = 1_000;

    uint256 private constant _BPS = 10_000;
    /// @dev What a fault takes, of the stake, and what absence does.
    uint256 private constant _FAULT_BPS = 1_000;
    uint256 private constant _ABSENCE_BPS = 100;

    bytes32 private constant _DOMAIN = keccak256(
        "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
    );
    bytes32 private constant _RECEIPT = keccak256(
        "Receipt(uint256 provisionId,uint64 counter,bytes32 requestHash,bytes32 responseHash,bytes32 model,uint64 inputTokens,uint64 outputTokens,uint64 inputPrice,uint64 outputPrice,uint128 cost,uint8 status,uint32 ttftMs,uint64 timestamp)"
    );
    bytes32 private constant _ACKNOWLEDGEMENT = keccak256("Acknowledgement(bytes32 voucher)");

    address private immutable _TOKEN;
    IProviderStakingCore private immutable _STAKING;
    IProvisionRegistryCore private immutable _REGISTRY;
    IVoucherCollectorCore private immutable _COLLECTOR;
    uint256 private immutable _CHAIN_ID;
    bytes32 private immutable _SEPARATOR;

    /// @inheritdoc IDisputeManager
    address public arbitrator;
    uint96 private _bond;
    /// @inheritdoc IDisputeManager
    uint256 public disputes;
    mapping(bytes32 fault => bool) private _shown;
    mapping(uint256 disputeId => Dispute) private _disputes;

    /// @param token_ UNXV
    /// @param bond_ of a dispute, in units of UNXV
    constructor(
        address authority_,
        address token_,
        IProviderStakingCore staking_,
        IProvisionRegistryCore registry_,
        IVoucherCollectorCore collector_,
        address arbitrator_,
        uint256 bond_
    ) AccessManaged(authority_) {
        _requireAddress(token_);
        _requireAddress(address(staking_));
        _requireAddress(address(registry_));
        _requireAddress(address(collector_));
        (_TOKEN, _STAKING, _REGISTRY, _COLLECTOR) = (token_, staking_, registry_, collector_);
        _setArbitrator(arbitrator_);
        _setBond(bond_);
        _CHAIN_ID = block.chainid;
        _SEPARATOR = _buildSeparator(address(registry_));
    }

    // ---------------------------------------------------------------------------------------------- objective faults

    /// @inheritdoc IDisputeManager
    function showEquivocation(
        Receipt calldata receiptA,
        bytes calldata signatureA,
        Receipt calldata receiptB,
        bytes calldata signatureB
    ) external returns (uint256) {
        uint256 provisionId = receiptA.provisionId;
        bytes32 digestA = hashReceipt(receiptA);
        bytes32 digestB = hashReceipt(receiptB);
        bool isPair = digestA != digestB && receiptB.provisionId == provisionId && receiptA.counter == receiptB.counter;
        if (!isPair) revert NotAFault(Fault.Equivocation);
        address key = _machineKey(provisionId, digestA, signatureA, receiptA.timestamp);
        address keyB = _machineKey(provisionId, digestB, signatureB, receiptB.timestamp);
        if (key != keyB) revert NotAFault(Fault.Equivocation);

        return
            _slash(
                provisionId,
                Fault.Equivocation,
                keccak256(abi.encode(Fault.Equivocation, provisionId, key, receiptA.counter))
            );
    }

    /// @inheritdoc IDisputeManager
    function showOverclaim(Tree calldata tree) external returns (uint256) {
        (uint256 provisionId, bytes32 voucher) = _requireTree(tree);
        uint256 sum = tree.leaves == 0 ? 0 : tree.top.sum;
        if (sum >= tree.voucher.valueAggregate) revert NotAFault(Fault.Overclaim);
        return _slash(provisionId, Fault.Overclaim, keccak256(abi.encode(Fault.Overclaim, voucher)));
    }

    /// @inheritdoc IDisputeManager
    function showFalseNode(
        Tree calldata tree,
        UsageTree.Node calldata node,
        UsageTree.Path calldata path,
        bytes calldata preimage
    ) external returns (uint256) {
        (uint256 provisionId, ) = _requireTree(tree);
        _requireNode(tree, node, path);
        if (keccak256(preimage) != node.hash) revert NotThePreimage(node.hash);
        if (UsageTree.isSound(tree.leaves, path.level, path.index, node.sum, preimage)) {
            revert NotAFault(Fault.FalseNode);
        }
        return _slash(provisionId, Fault.FalseNode, _faultIn(tree, Fault.FalseNode, node.hash));
    }

    /// @inheritdoc IDisputeManager
    function showOvercharge(Tree calldata tree, Leaf calldata leaf) external returns (uint256) {
        (uint256 provisionId, ) = _requireTree(tree);
        Receipt calldata receipt = leaf.receipt;
        bytes32 hash = _requireLeaf(tree, hashReceipt(receipt), leaf.cost, leaf.path);
        uint256 most =
            uint256(receipt.inputTokens) * receipt.inputPrice + uint256(receipt.outputTokens) * receipt.outputPrice;
        if (receipt.cost < most) most = receipt.cost;
        if (leaf.cost <= most && receipt.provisionId == provisionId) revert NotAFault(Fault.Overcharge);
        return _slash(provisionId, Fault.Overcharge, _faultIn(tree, Fault.Overcharge, hash));
    }

    /// @inheritdoc IDisputeManager
    function showFalseLeaf(
        Tree calldata tree,
        Leaf calldata leaf,
        Receipt calldata receipt,
        bytes calldata signature
    ) external returns (uint256) {
        (uint256 provisionId, ) = _requireTree(tree);
        bytes32 charged = hashReceipt(leaf.receipt);
        bytes32 hash = _requireLeaf(tree, charged, leaf.cost, leaf.path);
        bytes32 signed = hashReceipt(receipt);
        bool isOther =
            charged != signed &&
                receipt.provisionId == provisionId &&
                leaf.receipt.provisionId == provisionId &&
                leaf.receipt.counter == receipt.counter;
        if (!isOther) revert NotAFault(Fault.Overcharge);
        _machineKey(provisionId, signed, signature, receipt.timestamp);
        return _slash(provisionId, Fault.Overcharge, _faultIn(tree, Fault.Overcharge, hash));
    }

    /// @inheritdoc IDisputeManager
    function showRepeat(
        Tree calldata treeA,
        ShortLeaf calldata leafA,
        Tree calldata treeB,
        ShortLeaf calldata leafB
    ) external returns (uint256) {
        (uint256 provisionId, bytes32 voucherA) = _requireTree(treeA);
        (uint256 provisionB, bytes32 voucherB) = _requireTree(treeB);
        // A collection has one last voucher: another one is another collection's.
        bool isRepeat =
            provisionB == provisionId &&
                leafA.receiptHash == leafB.receiptHash &&
                (voucherA != voucherB || leafA.path.index != leafB.path.index);
        if (!isRepeat) revert NotAFault(Fault.Repeat);
        _requireLeaf(treeA, leafA.receiptHash, leafA.cost, leafA.path);
        _requireLeaf(treeB, leafB.receiptHash, leafB.cost, leafB.path);
        return _slash(provisionId, Fault.Repeat, keccak256(abi.encode(Fault.Repeat, provisionId, leafA.receiptHash)));
    }

    /// @inheritdoc IDisputeManager
    function showAbsence(uint256 provisionId) external returns (uint256 slashed) {
        if (!_REGISTRY.isAbsent(provisionId)) revert NotAFault(Fault.Absence);
        // Turned off it is no longer absent: each absence is shown once, and ends though nothing can be taken for it.
        _REGISTRY.turnOff(provisionId);
        slashed = _take(provisionId, _ABSENCE_BPS);
        emit FaultShown(provisionId, msg.sender, Fault.Absence, bytes32(provisionId), slashed);
    }

    /// @dev The fault of a tree's node. A tree covers its whole collection, so the next voucher's has the node too: the same
    /// lie.
    function _faultIn(Tree calldata tree, Fault kind, bytes32 hash) private pure returns (bytes32) {
        return keccak256(abi.encode(kind, tree.voucher.payer, tree.voucher.collectionId, hash));
    }

    function _slash(uint256 provisionId, Fault kind, bytes32 fault) private returns (uint256 slashed) {
        if (_shown[fault]) revert AlreadyShown(fault);
        _shown[fault] = true;
        slashed = _take(provisionId, _FAULT_BPS);
        if (slashed == 0) revert NothingToSlash(provisionId);
        emit FaultShown(provisionId, msg.sender, kind, fault, slashed);
    }

    function _take(uint256 provisionId, uint256 bps) private returns (uint256) {
        (uint256 tokens, ) = _STAKING.stakeOf(provisionId);
        return _STAKING.slash(provisionId, (tokens * bps) / _BPS, tokens, msg.sender);
    }

    // ------------------------------------------------------------------------------------------------------ evidence

    /// @dev What a tree must be to be its provider's word: of the voucher collected last, and acknowledged.
    function _requireTree(Tree calldata tree) private view returns (uint256 provisionId, bytes32 digest) {
        IVoucherCollectorCore.Voucher calldata voucher = tree.voucher;
        digest = _COLLECTOR.hashVoucher(voucher);
        (, uint160 last) = _COLLECTOR.collectedOf(voucher.payer, voucher.collectionId);
        if (last != uint160(bytes20(digest))) revert NotLastCollected(digest);
        if (voucher.usageRoot != UsageTree.rootOf(tree.top.hash, tree.top.sum, tree.leaves)) {
            revert NotTheRoot(voucher.usageRoot);
        }
        provisionId = ComputeIds.provisionOf(uint256(voucher.collectionId));
        _machineKey(provisionId, hashAcknowledgement(digest), tree.acknowledgement, voucher.timestamp);
    }

    function _requireLeaf(
        Tree calldata tree,
        bytes32 receiptHash,
        uint128 cost,
        UsageTree.Path calldata path
    ) private pure returns (bytes32 hash) {
        hash = UsageTree.leafOf(receiptHash, cost);
        if (path.level != 0) revert NotInTree(hash);
        _requireNode(tree, UsageTree.Node(hash, cost), path);
    }

    function _requireNode(Tree calldata tree, UsageTree.Node memory node, UsageTree.Path calldata path) private pure {
        if (!UsageTree.contains(tree.top, tree.leaves, node, path)) revert NotInTree(node.hash);
    }

    /// @dev Who signed, which must have been the provision's machine key when it says it did, within the dispute period.
    function _machineKey(
        uint256 provisionId,
        bytes32 digest,
        bytes calldata signature,
        uint256 timestamp
    ) private view returns (address key) {
        if (timestamp > block.timestamp) revert InFuture(timestamp);
        uint256 oldest = block.timestamp - DISPUTE_PERIOD;
        if (timestamp < oldest) revert TooOld(timestamp, oldest);
        ECDSA.RecoverError failure;
        (key, failure, ) = ECDSA.tryRecover(digest, signature);
        if (failure != ECDSA.RecoverError.NoError) revert InvalidSignature();
        if (!_REGISTRY.wasMachineKey(provisionId, key, timestamp)) revert NotMachineKey(provisionId, key);
    }

    // ---------------------------------------------------------------------------------------------------- arbitration

    /// @inheritdoc IDisputeManager
    function open(uint256 provisionId, bytes32 statement) external returns (uint256 disputeId) {
        uint256 snapshot = _STAKING.freeze(provisionId);
        if (snapshot == 0) revert NothingAtStake(provisionId);
        disputeId = ++disputes;
        uint96 bond_ = _bond;
        uint40 endsAt = uint40(block.timestamp + DISPUTE_PERIOD);
        _disputes[disputeId] = Dispute(msg.sender, bond_, provisionId, endsAt, false, uint96(snapshot));
        emit DisputeOpened(disputeId, provisionId, msg.sender, statement, bond_, snapshot, endsAt);
        SafeTransferLib.safeTransferFrom(_TOKEN, msg.sender, address(this), bond_);
    }

    /// @inheritdoc IDisputeManager
    function answer(uint256 disputeId, bytes32 statement) external {
        Dispute memory dispute = _requireRunning(disputeId);
        if (msg.sender != ComputeIds.providerOf(dispute.provisionId)) revert NotTheAccused(disputeId, msg.sender);
        if (dispute.isAnswered) revert AlreadyAnswered(disputeId);
        _disputes[disputeId].isAnswered = true;
        emit DisputeAnswered(disputeId, statement);
        SafeTransferLib.safeTransferFrom(_TOKEN, msg.sender, address(this), dispute.bond);
    }

    /// @inheritdoc IDisputeManager
    function uphold(uint256 disputeId, uint256 cutBps) external returns (uint256 slashed) {
        _requireBounds(cutBps, 0, MOST_CUT_BPS);
        Dispute memory dispute = _requireRuling(disputeId);
        _close(disputeId, dispute);
        uint256 snapshot = dispute.snapshot;
        slashed = _STAKING.slash(dispute.provisionId, (snapshot * cutBps) / _BPS, snapshot, dispute.filer);
        emit DisputeUpheld(disputeId, cutBps, slashed);
        _payBoth(dispute, dispute.filer);
    }

    /// @inheritdoc IDisputeManager
    function reject(uint256 disputeId) external {
        Dispute memory dispute = _requireRuling(disputeId);
        _close(disputeId, dispute);
        emit DisputeRejected(disputeId);
        _payBoth(dispute, ComputeIds.providerOf(dispute.provisionId));
    }

    /// @inheritdoc IDisputeManager
    function end(uint256 disputeId) external {
        Dispute memory dispute = _requireDispute(disputeId);
        if (block.timestamp < dispute.endsAt) revert TooEarly(dispute.endsAt);
        _close(disputeId, dispute);
        emit DisputeEnded(disputeId);
        _pay(dispute.filer, dispute.bond);
        if (dispute.isAnswered) _pay(ComputeIds.providerOf(dispute.provisionId), dispute.bond);
    }

    function _requireDispute(uint256 disputeId) private view returns (Dispute memory dispute) {
        dispute = _disputes[disputeId];
        if (dispute.filer == address(0)) revert NoDispute(disputeId);
    }

    function _requireRunning(uint256 disputeId) private view returns (Dispute memory dispute) {
        dispute = _requireDispute(disputeId);
        if (block.timestamp >= dispute.endsAt) revert TooLate(dispute.endsAt);
    }

    function _requireRuling(uint256 disputeId) private view returns (Dispute memory) {
        if (msg.sender != arbitrator) revert NotArbitrator(msg.sender);
        return _requireRunning(disputeId);
    }

    function _close(uint256 disputeId, Dispute memory dispute) private {
        delete _disputes[disputeId];
        _STAKING.unfreeze(dispute.provisionId);
    }

    function _payBoth(Dispute memory dispute, address to) private {
        _pay(to, dispute.isAnswered ? uint256(dispute.bond) * 2 : dispute.bond);
    }

    /// @dev The token is UNXV: it calls nobody, and refuses only the zero address, which neither side is.
    function _pay(address to, uint256 amount) private {
        SafeTransferLib.safeTransfer(_TOKEN, to, amount);
    }

    // ----------------------------------------------------------------------------------------------- administration

    /// @inheritdoc IDisputeManager
    function setBond(uint256 bond_) external restricted {
        _setBond(bond_);
    }

    /// @inheritdoc IDisputeManager
    function setArbitrator(address arbitrator_) external restricted {
        _setArbitrator(arbitrator_);
    }

    function _setBond(uint256 bond_) private {
        _requireBounds(bond_, LEAST_BOND, MOST_BOND);
        _bond = uint96(bond_);
        emit BondSet(bond_);
    }

    function _setArbitrator(address arbitrator_) private {
        _requireAddress(arbitrator_);
        arbitrator = arbitrator_;
        emit ArbitratorSet(arbitrator_);
    }

    function _requireBounds(uint256 value, uint256 least, uint256 most) private pure {
        if (value < least || value > most) revert OutOfBounds(value, least, most);
    }

    function _requireAddress(address account) private pure {
        if (account == address(0)) revert InvalidAddress(account);
    }

    // -------------------------------------------------------------------------------------------------------- views

    /// @inheritdoc IDisputeManager
    function hashReceipt(Receipt calldata receipt) public view returns (bytes32) {
        return _typed(keccak256(abi.encode(_RECEIPT, receipt)));
    }

    /// @inheritdoc IDisputeManager
    function hashAcknowledgement(bytes32 voucher) public view returns (bytes32) {
        return _typed(keccak256(abi.encode(_ACKNOWLEDGEMENT, voucher)));
    }

    /// @inheritdoc IDisputeManager
    function isShown(bytes32 fault) external view returns (bool) {
        return _shown[fault];
    }

    /// @inheritdoc IDisputeManager
    function disputeOf(uint256 disputeId) external view returns (Dispute memory) {
        return _disputes[disputeId];
    }

    /// @inheritdoc IDisputeManager
    function bond() external view returns (uint256) {
        return _bond;
    }

    /// @dev The registry's domain, anew where the chain's id changed: on a fork the other chain's signatures are nobody's.
    function _typed(bytes32 structHash) private view returns (bytes32) {
        bytes32 separator = block.chainid == _CHAIN_ID ? _SEPARATOR : _buildSeparator(address(_REGISTRY));
        return keccak256(abi.encodePacked(hex"1901", separator, structHash));
    }

    function _buildSeparator(address registry_) private view returns (bytes32) {
        return
            keccak256(abi.encode(_DOMAIN, keccak256("cxmpute provisions"), keccak256("1"), block.chainid, registry_));
    }
}
