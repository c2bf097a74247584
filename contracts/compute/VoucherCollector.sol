// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

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
contract VoucherCollector is CollectorState, EIP712, PassTo, IVoucherCollector {
    /// @dev Where an item stands in the order.
    struct Place {
        bytes32 collectionId;
        address payer;
    }

    /// @notice How far ahead of this chain's clock a voucher may be stamped.
    uint256 public constant LEEWAY = 60;

    uint256 private constant _VALUE_PER_UNIT = 1e6;

    bytes32 private constant _VOUCHER = keccak256(
        "Voucher(address payer,address provider,bytes32 collectionId,uint128 valueAggregate,uint64 timestamp,bytes32 usageRoot)"
    );

    address private immutable _SIGNER_REGISTRY;

    /// @param signerRegistry_ a `SignerRegistry` of the same escrow
    constructor(
        IPaymentsEscrowCore escrow_,
        address signerRegistry_
    ) CollectorState(escrow_) EIP712("cxmpute vouchers", "1") {
        _SIGNER_REGISTRY = signerRegistry_;
    }

    /// @inheritdoc IVoucherCollector
    function collect(Item[] calldata items) external returns (Result[] memory results) {
        results = new Result[](items.length);
        // What is due of the items of one provision, by the items' numbers.
        uint256[] memory dues = new uint256[](items.length);
        uint256[] memory digests = new uint256[](items.length);
        Place memory last;
        uint256 done;
        while (done < items.length) done = _collectRun(items, results, dues, digests, last, done);
    }

    /// @dev Collects the items from `start` on that are of one provision.
    /// @return end the first item that is not
    function _collectRun(
        Item[] calldata items,
        Result[] memory results,
        uint256[] memory dues,
        uint256[] memory digests,
        Place memory last,
        uint256 start
    ) private returns (uint256 end) {
        uint256 provisionId = ComputeIds.provisionOf(uint256(items[start].voucher.collectionId));
        uint256 count;
        for (end = start; end < items.length; ++end) {
            Item calldata item = items[end];
            bytes32 collectionId = item.voucher.collectionId;
            if (ComputeIds.provisionOf(uint256(collectionId)) != provisionId) break;
            if (!_isNext(last, collectionId, item.voucher.payer)) {
                results[end].status = Status.OutOfOrder;
                continue;
            }
            (Status status, uint256 due, bytes32 digest) = _judge(item);
            results[end].status = status;
            if (due == 0) continue;
            dues[count] = DueWord.pack(item.voucher.payer, due, item.signer == item.voucher.payer);
            // The upper 160 bits stay, and behind them the item's number.
            digests[count++] = (uint256(digest) & ~uint256(type(uint96).max)) | end;
        }
        if (count != 0) _settle(items, results, dues, digests, provisionId, count);
    }

    /// @dev Has the escrow pay the first `count` dues, and notes what it did.
    function _settle(
        Item[] calldata items,
        Result[] memory results,
        uint256[] memory dues,
        uint256[] memory digests,
        uint256 provisionId,
        uint256 count
    ) private {
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
        for (uint256 i; i < count; ++i) {
            uint256 digest = digests[i];
            uint256 number = digest & type(uint96).max;
            uint256 units = paid[i];
            Result memory result = results[number];
            (result.units, result.status) = (units, _statusOf(units, DueWord.amountOf(dues[i])));
            if (units != 0) _write(items[number].voucher, uint160(digest >> 96), units);
        }
    }

    function _write(Voucher calldata voucher, uint160 digest, uint256 paid) private {
        Collection storage collected = _collected[voucher.payer][voucher.collectionId];
        (collected.lastVoucher, collected.units) = (digest, collected.units + uint96(paid));
        emit Collected(voucher.collectionId, voucher.payer, paid, voucher.valueAggregate, voucher.usageRoot);
    }

    /// @return status Paid when something is due
    /// @return due units of USDC; not zero exactly then
    function _judge(Item calldata item) private view returns (Status status, uint256 due, bytes32 digest) {
        Voucher calldata voucher = item.voucher;
        uint256 collectionId = uint256(voucher.collectionId);
        uint256 kind = ComputeIds.kindOf(collectionId);
        bool isCollection =
            ComputeIds.providerOf(collectionId) == voucher.provider &&
                voucher.provider != address(0) &&
                ComputeIds.indexOf(collectionId) != 0 &&
                kind <= ComputeIds.KIND_SPOT;
        if (!isCollection) return (Status.BadCollection, 0, 0);

        // Rounded up once a collection: against the payer, by less than one unit.
        uint256 worth = (uint256(voucher.valueAggregate) + _VALUE_PER_UNIT - 1) / _VALUE_PER_UNIT;
        uint256 units = _collected[voucher.payer][voucher.collectionId].units;
        if (worth <= units) return (Status.NothingDue, 0, 0);
        // Of what no balance can pay, as much as a word holds.
        due = worth - units < DueWord.MOST ? worth - units : DueWord.MOST;

        if (voucher.timestamp > block.timestamp + LEEWAY) return (Status.FutureTimestamp, 0, 0);
        if (item.signer != voucher.payer && !binds(voucher.payer, item.signer, voucher.timestamp, kind)) {
            return (Status.NotASigner, 0, 0);
        }
        digest = _hash(voucher);
        if (!BoundedSignature.isBy(item.signer, digest, item.signature)) return (Status.BadSignature, 0, 0);
    }

    function _statusOf(uint256 paid, uint256 due) private pure returns (Status) {
        if (paid == due) return Status.Paid;
        return paid == 0 ? Status.NoFunds : Status.PartlyPaid;
    }

    /// @dev Whether an item comes after the last one that did, which it then is.
    function _isNext(Place memory last, bytes32 collectionId, address payer) private pure returns (bool) {
        if (collectionId == last.collectionId ? payer <= last.payer : collectionId < last.collectionId) return false;
        (last.collectionId, last.payer) = (collectionId, payer);
        return true;
    }

    function _hash(Voucher calldata voucher) private view returns (bytes32) {
        return
            _hashTypedDataV4(
                keccak256(
                    abi.encode(
                        _VOUCHER,
                        voucher.payer,
                        voucher.provider,
                        voucher.collectionId,
                        voucher.valueAggregate,
                        voucher.timestamp,
                        voucher.usageRoot
                    )
                )
            );
    }

    // -------------------------------------------------------------------------------------------------------- views

    /// @inheritdoc IVoucherCollector
    function preview(Item calldata item) external view returns (Result memory result) {
        Voucher calldata voucher = item.voucher;
        uint256 due;
        (result.status, due, ) = _judge(item);
        if (due == 0) return result;
        uint256 provisionId = ComputeIds.provisionOf(uint256(voucher.collectionId));
        result.units = _ESCROW.collectable(provisionId, DueWord.pack(voucher.payer, due, item.signer == voucher.payer));
        result.status = _statusOf(result.units, due);
    }

    /// @inheritdoc IVoucherCollectorCore
    function hashVoucher(Voucher calldata voucher) external view returns (bytes32) {
        return _hash(voucher);
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
