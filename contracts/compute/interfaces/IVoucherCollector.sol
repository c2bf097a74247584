// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IVoucherCollectorCore} from "./IVoucherCollectorCore.sol";

/// @notice Vouchers into payments. Values of vouchers are in 1e-12 USD, payments in units of USDC.
interface IVoucherCollector is IVoucherCollectorCore {
    /// @notice A voucher with who signed it.
    /// @param signer the payer, or one of its signers; an account or a contract (ERC-1271)
    struct Item {
        Voucher voucher;
        address signer;
        bytes signature;
    }

    /// @notice What became of an item.
    /// Paid: all that was due. PartlyPaid: what there was; the same voucher pays the rest later. NothingDue: paid before.
    /// BadCollection: not a collection of that provider, or of a kind that is not collected here. OutOfOrder: not above the
    /// item before it. FutureTimestamp: stamped more than 60 seconds ahead. NotASigner: the signer does not bind the payer.
    /// BadSignature: not the signer's. NoFunds: due, and nothing there.
    enum Status {
        Paid,
        PartlyPaid,
        NothingDue,
        BadCollection,
        OutOfOrder,
        FutureTimestamp,
        NotASigner,
        BadSignature,
        NoFunds
    }

    /// @param units what was paid, in units of USDC
    struct Result {
        Status status;
        uint256 units;
    }

    /// @notice `payer` paid `units` more for the collection, for a voucher of `valueAggregate`: out of its reservation for the
    /// provider as far as that went, then out of its other funds.
    event Collected(
        bytes32 indexed collectionId,
        address indexed payer,
        uint256 units,
        uint256 valueAggregate,
        bytes32 usageRoot
    );

    /// @notice Collects vouchers. Anybody: payments go to the providers. One call of the escrow, and one transfer, for all
    /// items of a provision.
    /// @param items in the order of (collection, payer), each above the one before: so none can be there twice
    /// @return results one for each item: a bad one changes nothing for the others
    function collect(Item[] calldata items) external returns (Result[] memory results);

    /// @return What `collect` would do with the item alone, now.
    function preview(Item calldata item) external view returns (Result memory);
}
