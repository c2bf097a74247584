// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IPaymentsEscrowCore} from "./interfaces/IPaymentsEscrowCore.sol";
import {ISignerRegistryCore} from "./interfaces/ISignerRegistryCore.sol";
import {SignerWord} from "./libraries/SignerWord.sol";

/// @notice The storage that the voucher collector and the signer registry share, and which signers bind their payers.
/// @dev Every voucher asks for its signer: at the collector's own address that is one word, and no call.
abstract contract CollectorState is ISignerRegistryCore {
    /// @dev One word.
    struct Spending {
        uint56 perDay;
        uint56 total;
        uint56 spentToday;
        uint56 spent;
        uint32 day;
    }

    /// @dev One word.
    struct Collection {
        uint160 lastVoucher;
        uint96 units;
    }

    /// @notice For how long what was stamped in time binds.
    uint256 public constant BINDING = 24 hours;

    IPaymentsEscrowCore internal immutable _ESCROW;

    mapping(address payer => mapping(bytes32 collectionId => Collection)) internal _collected;
    mapping(address payer => mapping(address signer => SignerWord)) internal _signers;
    mapping(address payer => mapping(address signer => Spending)) internal _spending;
    mapping(address payer => mapping(address signer => bytes32)) internal _scopes;
    mapping(address payer => mapping(address signer => uint256)) internal _nonces;

    constructor(IPaymentsEscrowCore escrow_) {
        _ESCROW = escrow_;
    }

    /// @inheritdoc ISignerRegistryCore
    function binds(address payer, address signer, uint256 timestamp, uint256 kind) public view returns (bool) {
        SignerWord record = _signers[payer][signer];
        uint256 stopped = record.stoppedAt();
        return timestamp < stopped && block.timestamp < stopped + BINDING && record.signs(kind);
    }
}
