// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {UsageTree} from "../libraries/UsageTree.sol";
import {IVoucherCollectorCore} from "./IVoucherCollectorCore.sol";

/// @notice Faults of providers and their evidence. Costs, prices and sums are in 1e-12 USD, bonds and stake in units of UNXV,
/// times in seconds. What shows a fault alone is slashed in the call that brings it, half of it (at most 500 UNXV) for the
/// caller; anything else is for the arbitrator, against a bond.
/// Evidence is a provider's own signature, never what a payer signed alone: anybody may collect a voucher, so a payer could
/// sign a false one and bring it itself.
interface IDisputeManager {
    /// @notice Equivocation: two receipts of one number. Overclaim: a tree of less than the voucher. FalseNode: a tree whose
    /// node is not what is below it. Overcharge: a leaf that costs more than its receipt, or is not the provision's receipt of
    /// that number. Repeat: one receipt charged twice. Absence: no heartbeat.
    enum Fault {
        Equivocation,
        Overclaim,
        FalseNode,
        Overcharge,
        Repeat,
        Absence
    }

    /// @notice What a machine key signs about one request, for the registry's domain ("cxmpute provisions").
    /// @param counter the provision's own number of it: it rises over all machine keys, and is never used twice
    /// @param inputPrice 1e-12 USD a token
    /// @param outputPrice 1e-12 USD a token
    /// @param cost at most input x price + output x price
    /// @param status 0 idle, 1 served, 2 failed
    /// @param ttftMs time to the first token, in milliseconds
    struct Receipt {
        uint256 provisionId;
        uint64 counter;
        bytes32 requestHash;
        bytes32 responseHash;
        bytes32 model;
        uint64 inputTokens;
        uint64 outputTokens;
        uint64 inputPrice;
        uint64 outputPrice;
        uint128 cost;
        uint8 status;
        uint32 ttftMs;
        uint64 timestamp;
    }

    /// @notice A usage tree that a provider stands by.
    /// @param voucher the last collected one of its collection
    /// @param acknowledgement signature of the provision's machine key over `Acknowledgement(bytes32 voucher)`, the voucher's
    /// digest, for the registry's domain
    /// @param top the tree's top node
    /// @param leaves how many receipts it has
    struct Tree {
        IVoucherCollectorCore.Voucher voucher;
        bytes acknowledgement;
        UsageTree.Node top;
        uint64 leaves;
    }

    /// @notice A leaf with what is in it.
    /// @param cost what the tree charges for the receipt
    struct Leaf {
        Receipt receipt;
        uint128 cost;
        UsageTree.Path path;
    }

    /// @notice A leaf by the digest of its receipt.
    /// @param cost what the tree charges for the receipt
    struct ShortLeaf {
        bytes32 receiptHash;
        uint128 cost;
        UsageTree.Path path;
    }

    /// @notice A dispute before the arbitrator. All zero when there is none, or it is over.
    /// @param filer who opened it
    /// @param bond what each side puts in
    /// @param provisionId whose stake it is about
    /// @param endsAt the first second at which no ruling counts, and anybody may end it
    /// @param isAnswered whether the accused put its bond in
    /// @param snapshot the provision's stake when it was opened
    struct Dispute {
        address filer;
        uint96 bond;
        uint256 provisionId;
        uint40 endsAt;
        bool isAnswered;
        uint96 snapshot;
    }

    /// @notice `filer` showed a fault of the provision; `slashed` was taken. `fault` names it, and nothing else.
    event FaultShown(
        uint256 indexed provisionId,
        address indexed filer,
        Fault indexed kind,
        bytes32 fault,
        uint256 slashed
    );
    /// @notice `filer` opened a dispute until `endsAt`. `statement` is the hash of what it tells.
    event DisputeOpened(
        uint256 indexed disputeId,
        uint256 indexed provisionId,
        address indexed filer,
        bytes32 statement,
        uint256 bond,
        uint256 snapshot,
        uint256 endsAt
    );
    /// @notice The accused put in its bond. `statement` is the hash of what it tells.
    event DisputeAnswered(uint256 indexed disputeId, bytes32 statement);
    /// @notice The filer was right: `slashed` was taken, and both bonds are the filer's.
    event DisputeUpheld(uint256 indexed disputeId, uint256 cutBps, uint256 slashed);
    /// @notice The accused was right: both bonds are its own.
    event DisputeRejected(uint256 indexed disputeId);
    /// @notice The arbitrator said nothing: each side has its bond back.
    event DisputeEnded(uint256 indexed disputeId);
    /// @notice The bond of later disputes.
    event BondSet(uint256 bond);
    /// @notice Who rules.
    event ArbitratorSet(address indexed arbitrator);

    /// @notice Thrown when an address must not be zero.
    error InvalidAddress(address account);
    /// @notice Thrown when a value is not between `least` and `most`.
    error OutOfBounds(uint256 value, uint256 least, uint256 most);
    /// @notice Thrown when the evidence holds, and shows nothing wrong of that kind.
    error NotAFault(Fault kind);
    /// @notice Thrown when the fault was shown before.
    error AlreadyShown(bytes32 fault);
    /// @notice Thrown when nothing can be taken: a tenth was in the last seven days, or nothing is there. The evidence stays.
    error NothingToSlash(uint256 provisionId);
    /// @notice Thrown when evidence was stamped before `oldest`.
    error TooOld(uint256 timestamp, uint256 oldest);
    /// @notice Thrown when evidence is stamped ahead of now.
    error InFuture(uint256 timestamp);
    /// @notice Thrown when a signature is nobody's.
    error InvalidSignature();
    /// @notice Thrown when `key` was not the provision's machine key at the time of the stamp.
    error NotMachineKey(uint256 provisionId, address key);
    /// @notice Thrown when another voucher of the collection was collected last, or none.
    error NotLastCollected(bytes32 voucher);
    /// @notice Thrown when the voucher's usage root is not that of the top node, or is zero.
    error NotTheRoot(bytes32 usageRoot);
    /// @notice Thrown when a node is not in the tree at its place.
    error NotInTree(bytes32 hash);
    /// @notice Thrown when the preimage is not that of the node.
    error NotThePreimage(bytes32 hash);
    /// @notice Thrown when a provision has no stake to be disputed.
    error NothingAtStake(uint256 provisionId);
    /// @notice Thrown when there is no such dispute, or it is over.
    error NoDispute(uint256 disputeId);
    /// @notice Thrown when the caller is not the arbitrator.
    error NotArbitrator(address caller);
    /// @notice Thrown when the caller is not the provider of the disputed provision.
    error NotTheAccused(uint256 disputeId, address caller);
    /// @notice Thrown when the accused answered before.
    error AlreadyAnswered(uint256 disputeId);
    /// @notice Thrown when a dispute ends only at `endsAt`.
    error TooEarly(uint256 endsAt);
    /// @notice Thrown when the time of a dispute was over at `endsAt`.
    error TooLate(uint256 endsAt);

    /// @notice Shows that a machine key signed two different receipts with one provision and counter. Anybody.
    /// Both must be stamped in the last seven days, by a key that was the provision's then.
    /// @return slashed what was taken, up to a tenth of the stake
    function showEquivocation(
        Receipt calldata receiptA,
        bytes calldata signatureA,
        Receipt calldata receiptB,
        bytes calldata signatureB
    ) external returns (uint256 slashed);

    /// @notice Shows that an acknowledged voucher is above the sum of its usage tree; a tree without leaves has none. Anybody.
    /// @return slashed what was taken, up to a tenth of the stake
    function showOverclaim(Tree calldata tree) external returns (uint256 slashed);

    /// @notice Shows that a node of an acknowledged tree is not what must be at its place: a leaf of its cost, or a pair whose
    /// sums make its own. Without this a tree could say any sum. Anybody.
    /// @param node the node with the sum that the tree gives it
    /// @param preimage what hashes to it
    /// @return slashed what was taken, up to a tenth of the stake
    function showFalseNode(
        Tree calldata tree,
        UsageTree.Node calldata node,
        UsageTree.Path calldata path,
        bytes calldata preimage
    ) external returns (uint256 slashed);

    /// @notice Shows that an acknowledged tree charges more for a receipt than the receipt says, more than its tokens at its
    /// prices, or for a receipt of another provision. Anybody.
    /// @return slashed what was taken, up to a tenth of the stake
    function showOvercharge(Tree calldata tree, Leaf calldata leaf) external returns (uint256 slashed);

    /// @notice Shows that a leaf of an acknowledged tree is not the receipt that the machine key signed for its counter: the
    /// payer's own receipt suffices. Anybody. The receipt must be stamped in the last seven days.
    /// @return slashed what was taken, up to a tenth of the stake
    function showFalseLeaf(
        Tree calldata tree,
        Leaf calldata leaf,
        Receipt calldata receipt,
        bytes calldata signature
    ) external returns (uint256 slashed);

    /// @notice Shows that one receipt is charged twice: in two places of one acknowledged tree, or in two collections' trees of
    /// one provision. Anybody.
    /// @return slashed what was taken, up to a tenth of the stake
    function showRepeat(
        Tree calldata treeA,
        ShortLeaf calldata leafA,
        Tree calldata treeB,
        ShortLeaf calldata leafB
    ) external returns (uint256 slashed);

    /// @notice Shows that a running provision sent no heartbeat for 60 minutes, and turns it off. Anybody.
    /// @return slashed what was taken, up to a hundredth of the stake; may be nothing
    function showAbsence(uint256 provisionId) external returns (uint256 slashed);

    /// @notice Opens a dispute before the arbitrator: pulls the bond, freezes the stake for at most seven days. Anybody.
    /// @param statement the hash of what is told
    /// @return disputeId counted from 1
    function open(uint256 provisionId, bytes32 statement) external returns (uint256 disputeId);

    /// @notice Answers with a bond as high as the filer's, which the one who is wrong loses. The provider, before the end.
    /// @param statement the hash of what is told
    function answer(uint256 disputeId, bytes32 statement) external;

    /// @notice Rules for the filer: both bonds to it, and up to `cutBps` of the snapshot slashed. The arbitrator, in time.
    /// @param cutBps at most 1,000
    /// @return slashed what was taken, rounded down
    function uphold(uint256 disputeId, uint256 cutBps) external returns (uint256 slashed);

    /// @notice Rules for the accused: both bonds to it. The arbitrator, in time.
    function reject(uint256 disputeId) external;

    /// @notice Ends a dispute on which nobody ruled for seven days: each side has its bond back. Anybody.
    function end(uint256 disputeId) external;

    /// @notice Sets the bond of later disputes: from 100 to 5,000 UNXV. Governance.
    function setBond(uint256 bond) external;

    /// @notice Sets who rules, on open disputes too. Governance.
    function setArbitrator(address arbitrator) external;

    /// @return The EIP-712 digest that a machine key signs for `receipt`.
    function hashReceipt(Receipt calldata receipt) external view returns (bytes32);

    /// @return The EIP-712 digest that a machine key signs to stand by the usage root of a voucher with the digest `voucher`.
    function hashAcknowledgement(bytes32 voucher) external view returns (bytes32);

    /// @return Whether the fault was shown.
    function isShown(bytes32 fault) external view returns (bool);

    /// @return The dispute; all zero when it is over.
    function disputeOf(uint256 disputeId) external view returns (Dispute memory);

    /// @return How many disputes there were.
    function disputes() external view returns (uint256);

    /// @return The bond of a dispute that is opened now.
    function bond() external view returns (uint256);

    /// @return Who rules.
    function arbitrator() external view returns (address);
}
