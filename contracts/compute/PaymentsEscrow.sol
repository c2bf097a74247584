// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {SafeTransferLib} from "solady/src/utils/SafeTransferLib.sol";

import {AuthoritySlot} from "../access/AuthoritySlot.sol";
import {PassTo} from "../libraries/PassTo.sol";
import {EscrowState} from "./EscrowState.sol";
import {IPaymentsEscrow} from "./interfaces/IPaymentsEscrow.sol";
import {IPaymentsEscrowCore} from "./interfaces/IPaymentsEscrowCore.sol";
import {IProviderStakingCore} from "./interfaces/IProviderStakingCore.sol";
import {ComputeIds} from "./libraries/ComputeIds.sol";
import {DueWord} from "./libraries/DueWord.sol";
import {EscrowWord, MOST_FEES} from "./libraries/EscrowWord.sol";
import {ReservationWord} from "./libraries/ReservationWord.sol";

/// @title Payers' balances, and how providers are paid from them
/// @notice One balance a payer for all providers. What it reserves for one of them is that provider's guarantee: it rises at
/// once, and falls by the provider's signature, or two hours after a notice. Leaving takes a thaw of 24 hours.
/// What it trusts: the token, for itself; the collectors, which are fixed once, for who signed what; the staking, for how much
/// it locked. Governance sets the fee within its bound and where fees go, and reaches no balance.
/// Upgrade: none. What this contract does not know it passes on to `EscrowExtension`, which is fixed at deployment. A pause
/// stops deposits and reservations, nothing else.
contract PaymentsEscrow is AuthoritySlot, EscrowState, PassTo, IPaymentsEscrowCore {
    using DueWord for uint256;

    uint256 private constant _BPS = 10_000;

    address private immutable _EXTENSION;

    /// @param token_ USDC
    /// @param staking_ asked for a lock with every payment
    /// @param extension_ an `EscrowExtension` of the same authority, token and staking
    constructor(
        address authority_,
        address token_,
        IProviderStakingCore staking_,
        address feeCollector_,
        address insurance_,
        uint256 feeBps,
        address extension_
    ) AuthoritySlot(authority_) EscrowState(token_, staking_) {
        _EXTENSION = extension_;
        _setFeeCollector(feeCollector_);
        _setInsurance(insurance_);
        _setFee(feeBps);
    }

    // ------------------------------------------------------------------------------------------------------- payers

    /// @notice Adds `amount` to the free funds of `payer`. Stopped by a pause.
    function deposit(address payer, uint256 amount) external {
        _deposit(payer, amount);
    }

    /// @notice Reserves `amount` of the caller's free funds for `provider`. Stopped by a pause.
    function reserve(address provider, uint96 amount) external {
        _reserve(msg.sender, provider, amount);
    }

    /// @inheritdoc IPaymentsEscrowCore
    function raiseFor(address payer, address provider, uint96 amount) external {
        if (msg.sender != _signerRegistry) revert IPaymentsEscrow.NotAllowed(msg.sender);
        _reserve(payer, provider, amount);
    }

    /// @dev Moves free funds into a reservation.
    function _reserve(address payer, address provider, uint96 amount) private {
        _requireOutside();
        _requireNotPaused(_guard);
        if (provider == address(0)) revert IPaymentsEscrow.InvalidAddress(provider);
        if (amount == 0) revert IPaymentsEscrow.ZeroAmount();
        _takeFree(payer, amount);
        ReservationWord reservation = _reservations[provider][payer];
        uint256 reserved = reservation.amountOf() + amount;
        if (reserved > type(uint96).max) revert IPaymentsEscrow.AmountTooLarge(reserved);
        _reservations[provider][payer] = reservation.plus(amount);

        emit IPaymentsEscrow.Reserved(payer, provider, amount);
    }

    // -------------------------------------------------------------------------------------------------------- paying

    /// @inheritdoc IPaymentsEscrowCore
    function collect(uint256 provisionId, uint256[] calldata dues) external returns (uint256[] memory paid) {
        EscrowWord word = _enter();
        if (msg.sender != word.voucherCollector()) revert IPaymentsEscrow.NotAllowed(msg.sender);
        mapping(address payer => ReservationWord) storage reservations = _reservations[
            ComputeIds.providerOf(provisionId)
        ];
        uint256 count = dues.length;
        paid = new uint256[](count);
        uint256 total;
        for (uint256 i; i < count;) {
            uint256 taken = _take(dues[i], reservations);
            paid[i] = taken;
            unchecked {
                // Each is below 2^96.
                total += taken;
                ++i;
            }
        }
        if (total != 0) word = _payProvider(word, provisionId, total);
        _leave(word);
    }

    /// @dev Takes one payer's part of a payment: out of the reservation, and if the payer itself signed out of what is free
    /// and last out of what thaws. What is reserved for others is out of reach.
    function _take(
        uint256 due,
        mapping(address payer => ReservationWord) storage reservations
    ) private returns (uint256 paid) {
        uint256 amount = due.amountOf();
        address payer = due.payerOf();
        ReservationWord reservation = reservations[payer];
        uint256 reserved = reservation.amountOf();
        paid = amount < reserved ? amount : reserved;
        if (paid != 0) reservations[payer] = reservation.less(paid);
        if (paid != amount && due.isBeyond()) paid += _takeBeyond(payer, amount - paid);
    }

    function _takeBeyond(address payer, uint256 amount) private returns (uint256) {
        Account memory account = _accounts[payer];
        uint256 fromFree = amount < account.free ? amount : account.free;
        uint256 fromThawing = amount - fromFree < account.thawing ? amount - fromFree : account.thawing;
        unchecked {
            // At most what is there, of each.
            account.free -= uint96(fromFree);
            account.thawing -= uint96(fromThawing);
            _accounts[payer] = account;
            return fromFree + fromThawing;
        }
    }

    /// @dev Pays `total` to the provider of `provisionId`: the fee off, what the stake does not cover held back.
    /// @return The word with the fee, which the caller writes
    function _payProvider(EscrowWord word, uint256 provisionId, uint256 total) private returns (EscrowWord) {
        // Rounded up: against the provider, by less than one unit a payment.
        uint256 fee = (total * word.feeBps() + _BPS - 1) / _BPS;
        uint256 net = total - fee;
        uint256 held = _STAKING.lock(provisionId, total);
        if (held > net) held = net;
        if (held != 0) _holds[provisionId][block.timestamp / 1 days] += held;

        address provider = ComputeIds.providerOf(provisionId);
        address to = _payoutOf(provider);
        emit IPaymentsEscrow.ProviderPaid(provisionId, to, total, fee, held);
        if (net != held) _send(provider, to, net - held);

        fee += word.feesWaiting();
        if (fee > MOST_FEES) revert IPaymentsEscrow.AmountTooLarge(fee);
        return word.withFeesWaiting(fee);
    }

    /// @inheritdoc IPaymentsEscrowCore
    function collectable(uint256 provisionId, uint256 due) external view returns (uint256 amount) {
        address payer = due.payerOf();
        amount = _reservations[ComputeIds.providerOf(provisionId)][payer].amountOf();
        // A payer's own signature reaches all but what is reserved for others.
        if (due.isBeyond()) amount += uint256(_accounts[payer].free) + _accounts[payer].thawing;
        uint256 asked = due.amountOf();
        if (amount > asked) amount = asked;
    }

    // -------------------------------------------------------------------------------------------------------- plans

    /// @inheritdoc IPaymentsEscrowCore
    function charge(address payer, uint96 amount) external {
        _requirePlans();
        _requireOutside();
        _takeFree(payer, amount);
        _pot += amount;
        emit IPaymentsEscrow.Charged(payer, amount);
    }

    /// @inheritdoc IPaymentsEscrowCore
    function payFromPot(uint256 provisionId, uint96 amount) external {
        EscrowWord word = _takeFromPot(amount);
        _leave(_payProvider(word, provisionId, amount));
    }

    /// @inheritdoc IPaymentsEscrowCore
    function potToInsurance(uint96 amount) external {
        EscrowWord word = _takeFromPot(amount);
        address to = _insurance;
        emit IPaymentsEscrow.PotSwept(to, amount);
        SafeTransferLib.safeTransfer(_TOKEN, to, amount);
        _leave(word);
    }

    function _takeFromPot(uint256 amount) private returns (EscrowWord word) {
        _requirePlans();
        word = _enter();
        if (_pot < amount) revert IPaymentsEscrow.InsufficientPot(_pot, amount);
        _pot -= amount;
    }

    function _requirePlans() private view {
        if (msg.sender != _subscriptionManager) revert IPaymentsEscrow.NotAllowed(msg.sender);
    }

    /// @inheritdoc IPaymentsEscrowCore
    function feesCollected() external view returns (uint256) {
        return _feesSwept + _word.feesWaiting();
    }

    /// @dev Everything else is the extension's, over this contract's storage.
    fallback() external {
        _passTo(_EXTENSION);
    }
}
