// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {PassTo} from "../libraries/PassTo.sol";
import {CollectorState} from "./CollectorState.sol";
import {IPaymentsEscrowCore} from "./interfaces/IPaymentsEscrowCore.sol";
import {IVoucherCollector} from "./interfaces/IVoucherCollector.sol";
import {IVoucherCollectorCore} from "./interfaces/IVoucherCollectorCore.sol";
import {BoundedSignature} from "./libraries/BoundedSignature.sol";
import {ComputeIds} from "./libraries/ComputeIds.sol";
import {DueWord} from "./libraries/DueWord.sol";

/// @title Vouchers into payments
/// @notice A voucher is a total that only grows, so the order, the number and the batching of collections do not matter: a
/// collection is paid its highest voucher, once. What a payer has not got stays due.
/// No owner, no parameters, no money.
/// Upgrade: none. What this contract does not know it passes on to `SignerRegistry`, which is fixed at deployment: who signs
/// for a payer is administered at this contract's address.
/// @dev An item is judged before the escrow is asked, and written after it. Nothing can come between: the escrow calls only
/// the token and the staking, and a contract that checks a signature cannot write.
contract VoucherCollector is CollectorState, PassTo, IVoucherCollector {
    /// @dev What a call carries through its items.
    /// answer: what `collect` returns, as it is encoded, behind a first word: number of items, then status and units of each.
    /// Of the items of one provision of which something is due: dues, for the escrow; notes, two words each: the first 160 bits
    /// of the voucher's digest, the item's number 48, where the voucher is in calldata 48; and where its collection is stored.
    /// lastCollection, lastPayer: where the last item stands in the order.
    struct Batch {
        uint256[] answer;
        uint256[] dues;
        uint256[] notes;
        bytes32 domain;
        uint256 lastCollection;
        uint256 lastPayer;
    }

    /// @notice How far ahead of this chain's clock a voucher may be stamped.
    uint256 public constant LEEWAY = 60;

    uint256 private constant _VALUE_PER_UNIT = 1e6;

    bytes32 private constant _VOUCHER = keccak256(
        "Voucher(address payer,address provider,bytes32 collectionId,uint128 valueAggregate,uint64 timestamp,bytes32 usageRoot)"
    );

    bytes32 private constant _DOMAIN_TYPE = keccak256(
        "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
    );

    address private immutable _SIGNER_REGISTRY;
    uint256 private immutable _CHAIN_ID = block.chainid;
    bytes32 private immutable _DOMAIN = _buildDomain();

    /// @param signerRegistry_ a `SignerRegistry` of the same escrow
    constructor(IPaymentsEscrowCore escrow_, address signerRegistry_) CollectorState(escrow_) {
        _SIGNER_REGISTRY = signerRegistry_;
    }

    /// @inheritdoc IVoucherCollector
    function collect(Item[] calldata items) external returns (Result[] memory) {
        uint256 length = items.length;
        Batch memory batch;
        batch.answer = new uint256[](1 + 2 * length);
        batch.dues = new uint256[](length);
        batch.notes = new uint256[](2 * length);
        batch.domain = _domain();
        for (uint256 done; done < length;) done = _collectRun(items, batch, done);

        uint256[] memory answer = batch.answer;
        answer[0] = length;
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            // The array's length gives way to where the results are.
            mstore(answer, 0x20)
            return(answer, add(0x40, shl(6, length)))
        }
    }

    /// @dev Collects the items from `start` on that are of one provision.
    /// @return end the first item that is not
    function _collectRun(Item[] calldata items, Batch memory batch, uint256 start) private returns (uint256 end) {
        uint256 provisionId;
        uint256 count;
        for (end = start; end < items.length;) {
            Item calldata item = items[end];
            Voucher calldata voucher = item.voucher;
            uint256 collectionId = uint256(voucher.collectionId);
            if (end == start) provisionId = ComputeIds.provisionOf(collectionId);
            else if (ComputeIds.provisionOf(collectionId) != provisionId) break;
            address payer = voucher.payer;
            Status status = Status.OutOfOrder;
            uint256 due;
            if (_isNext(batch, collectionId, uint160(payer))) {
                Collection storage collected = _collected[payer][bytes32(collectionId)];
                bytes32 digest;
                (status, due, digest) = _judge(item, payer, collected.units, batch.domain);
                if (due != 0) _noteDue(batch, count, due, digest, end, voucher, collected);
            }
            unchecked {
                if (due != 0) ++count;
                else batch.answer[1 + 2 * end] = uint256(status);
                ++end;
            }
        }
        if (count != 0) _settle(batch, provisionId, count);
    }

    function _noteDue(
        Batch memory batch,
        uint256 at,
        uint256 due,
        bytes32 digest,
        uint256 number,
        Voucher calldata voucher,
        Collection storage collected
    ) private pure {
        uint256 mark = number << 48;
        uint256 slot;
        // solhint-disable-next-line no-inline-assembly
        assembly {
            mark := or(mark, voucher)
            slot := collected.slot
        }
        batch.dues[at] = due;
        unchecked {
            batch.notes[2 * at] = (uint256(digest) & ~uint256(type(uint96).max)) | mark;
            batch.notes[2 * at + 1] = slot;
        }
    }

    /// @dev Has the escrow pay the first `count` dues, and notes what it did.
    function _settle(Batch memory batch, uint256 provisionId, uint256 count) private {
        uint256[] memory dues = batch.dues;
        uint256 room = dues.length;
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            mstore(dues, count)
        }
        uint256[] memory paid = _ESCROW.collect(provisionId, dues);
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            mstore(dues, room)
        }
        for (uint256 i; i < count;) {
            uint256 units = paid[i];
            unchecked {
                uint256 mark = batch.notes[2 * i];
                uint256 place = 1 + 2 * ((mark >> 48) & type(uint48).max);
                batch.answer[place] = uint256(_statusOf(units, DueWord.amountOf(dues[i])));
                batch.answer[place + 1] = units;
                if (units != 0) _write(batch.notes[2 * i + 1], mark, units);
                ++i;
            }
        }
    }

    function _write(uint256 slot, uint256 mark, uint256 paid) private {
        Collection storage collected;
        Voucher calldata voucher;
        // solhint-disable-next-line no-inline-assembly
        assembly {
            collected.slot := slot
            voucher := and(mark, 0xffffffffffff)
        }
        (collected.lastVoucher, collected.units) = (uint160(mark >> 96), collected.units + uint96(paid));
        emit Collected(voucher.collectionId, voucher.payer, paid, voucher.valueAggregate, voucher.usageRoot);
    }

    /// @param units what the collection was paid
    /// @return status Paid when something is due
    /// @return due for the escrow; not zero exactly then
    function _judge(
        Item calldata item,
        address payer,
        uint256 units,
        bytes32 domain
    ) private view returns (Status status, uint256 due, bytes32 digest) {
        Voucher calldata voucher = item.voucher;
        uint256 collectionId = uint256(voucher.collectionId);
        uint256 kind = ComputeIds.kindOf(collectionId);
        address provider = voucher.provider;
        bool isCollection =
            ComputeIds.providerOf(collectionId) == provider &&
                provider != address(0) &&
                ComputeIds.indexOf(collectionId) != 0 &&
                kind <= ComputeIds.KIND_SPOT;
        if (!isCollection) return (Status.BadCollection, 0, 0);

        unchecked {
            // Rounded up once a collection: against the payer, by less than one unit.
            uint256 worth = (uint256(voucher.valueAggregate) + _VALUE_PER_UNIT - 1) / _VALUE_PER_UNIT;
            if (worth <= units) return (Status.NothingDue, 0, 0);
            due = worth - units;
        }
        // Of what no balance can pay, as much as a word holds.
        if (due > DueWord.MOST) due = DueWord.MOST;

        uint256 timestamp = voucher.timestamp;
        if (timestamp > block.timestamp + LEEWAY) return (Status.FutureTimestamp, 0, 0);
        address signer = item.signer;
        if (signer != payer && !binds(payer, signer, timestamp, kind)) return (Status.NotASigner, 0, 0);
        digest = _hash(voucher, domain);
        if (!BoundedSignature.isBy(signer, digest, item.signature)) return (Status.BadSignature, 0, 0);
        due = DueWord.pack(payer, due, signer == payer);
    }

    function _statusOf(uint256 paid, uint256 due) private pure returns (Status) {
        if (paid == due) return Status.Paid;
        return paid == 0 ? Status.NoFunds : Status.PartlyPaid;
    }

    /// @dev Whether an item comes after the last one that did, which it then is.
    function _isNext(Batch memory batch, uint256 collectionId, uint256 payer) private pure returns (bool) {
        uint256 last = batch.lastCollection;
        if (collectionId == last ? payer <= batch.lastPayer : collectionId < last) return false;
        (batch.lastCollection, batch.lastPayer) = (collectionId, payer);
        return true;
    }

    /// @dev Every field must have been read before, which refuses what is wider than its type.
    function _hash(Voucher calldata voucher, bytes32 domain) private pure returns (bytes32 digest) {
        bytes32 typeHash = _VOUCHER;
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            // A voucher in calldata is the six words that are hashed.
            let memory_ := mload(0x40)
            mstore(memory_, typeHash)
            calldatacopy(add(memory_, 0x20), voucher, 0xc0)
            let structHash := keccak256(memory_, 0xe0)
            mstore(memory_, hex"1901")
            mstore(add(memory_, 0x02), domain)
            mstore(add(memory_, 0x22), structHash)
            digest := keccak256(memory_, 0x42)
        }
    }

    function _domain() private view returns (bytes32) {
        // Another chain that forked off this one is another domain.
        return block.chainid == _CHAIN_ID ? _DOMAIN : _buildDomain();
    }

    function _buildDomain() private view returns (bytes32) {
        bytes32 name = keccak256("cxmpute vouchers");
        return keccak256(abi.encode(_DOMAIN_TYPE, name, keccak256("1"), block.chainid, address(this)));
    }

    // -------------------------------------------------------------------------------------------------------- views

    /// @inheritdoc IVoucherCollector
    function preview(Item calldata item) external view returns (Result memory result) {
        Voucher calldata voucher = item.voucher;
        address payer = voucher.payer;
        uint256 units = _collected[payer][voucher.collectionId].units;
        uint256 due;
        (result.status, due, ) = _judge(item, payer, units, _domain());
        if (due == 0) return result;
        result.units = _ESCROW.collectable(ComputeIds.provisionOf(uint256(voucher.collectionId)), due);
        result.status = _statusOf(result.units, DueWord.amountOf(due));
    }

    /// @inheritdoc IVoucherCollectorCore
    function hashVoucher(Voucher calldata voucher) external view returns (bytes32) {
        (voucher.payer, voucher.provider, voucher.valueAggregate, voucher.timestamp);
        return _hash(voucher, _domain());
    }

    /// @inheritdoc IVoucherCollectorCore
    function collectedOf(
        address payer,
        bytes32 collectionId
    ) external view returns (uint256 units, uint160 lastVoucher) {
        Collection memory collected = _collected[payer][collectionId];
        return (collected.units, collected.lastVoucher);
    }

    /// @dev Everything else is the signer registry's, over this contract's storage.
    fallback() external {
        _passTo(_SIGNER_REGISTRY);
    }
}
