// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {SafeTransferLib} from "solady/src/utils/SafeTransferLib.sol";

import {GuardState} from "../access/GuardState.sol";
import {IGuardianPausable} from "../access/IGuardianPausable.sol";
import {TokenLib} from "../libraries/TokenLib.sol";
import {IPaymentsEscrow} from "./interfaces/IPaymentsEscrow.sol";
import {IProviderStakingCore} from "./interfaces/IProviderStakingCore.sol";
import {EscrowWord} from "./libraries/EscrowWord.sol";
import {ReservationWord} from "./libraries/ReservationWord.sol";

/// @notice The escrow's storage, for its core and its extension.
/// @dev Every unit of a payer is in one place: free, thawing, or in one of its reservations. So a payment out of a
/// reservation touches no other word of the payer's.
/// The lock is in the word that a payment writes anyway; the guard's word has only the pause, which no payment reads.
abstract contract EscrowState is GuardState {
    /// @dev One word: what is in no reservation.
    struct Account {
        uint96 free;
        uint96 thawing;
        uint40 thawEnds;
    }

    /// @notice The fee's bound, in basis points.
    uint256 public constant MAX_FEE = 2_000;

    address internal immutable _TOKEN;
    IProviderStakingCore internal immutable _STAKING;

    EscrowWord internal _word;
    mapping(address payer => Account) internal _accounts;
    /// @dev By provider first: a payment is to one provider, by many payers.
    mapping(address provider => mapping(address payer => ReservationWord)) internal _reservations;
    mapping(uint256 provisionId => mapping(uint256 day => uint256)) internal _holds;
    mapping(address provider => uint256) internal _credits;
    mapping(address provider => address) internal _payoutAddresses;
    mapping(address payer => mapping(address provider => uint256)) internal _releaseNonces;
    mapping(address provider => address) internal _releasers;
    uint256 internal _feesSwept;
    uint256 internal _pot;
    address internal _subscriptionManager;
    address internal _signerRegistry;
    address internal _feeCollector;
    address internal _insurance;

    constructor(address token_, IProviderStakingCore staking_) {
        if (token_ == address(0)) revert IPaymentsEscrow.InvalidAddress(token_);
        if (address(staking_) == address(0)) revert IPaymentsEscrow.InvalidAddress(address(staking_));
        _TOKEN = token_;
        _STAKING = staking_;
    }

    // --------------------------------------------------------------------------------------------------------- lock

    /// @dev Takes the lock and returns the word without it, for `_leave` to write.
    function _enter() internal returns (EscrowWord word) {
        word = _requireOutside();
        _word = word.locked();
    }

    function _leave(EscrowWord word) internal {
        _word = word;
    }

    /// @dev For entry points that make no call: they need no lock of their own, but must respect one.
    function _requireOutside() internal view returns (EscrowWord word) {
        word = _word;
        if (word.isLocked()) revert IGuardianPausable.Reentrancy();
    }

    // -------------------------------------------------------------------------------------------------------- money

    function _deposit(address payer, uint256 amount) internal {
        EscrowWord word = _enter();
        _requireNotPaused(_guard);
        if (payer == address(0)) revert IPaymentsEscrow.InvalidAddress(payer);
        if (amount == 0) revert IPaymentsEscrow.ZeroAmount();
        Account storage account = _accounts[payer];
        uint256 free = account.free + amount;
        if (free > type(uint96).max) revert IPaymentsEscrow.AmountTooLarge(free);

        account.free = uint96(free);
        emit IPaymentsEscrow.Deposited(payer, msg.sender, amount);

        SafeTransferLib.safeTransferFrom(_TOKEN, msg.sender, address(this), amount);
        _leave(word);
    }

    function _takeFree(address payer, uint96 amount) internal {
        Account storage account = _accounts[payer];
        uint96 free = account.free;
        if (free < amount) revert IPaymentsEscrow.InsufficientFree(free, amount);
        unchecked {
            account.free = free - amount;
        }
    }

    /// @dev A payment that the token refuses must not hold up those of others.
    function _send(address provider, address to, uint256 amount) internal {
        if (TokenLib.tryTransfer(_TOKEN, to, amount)) return;
        _credits[provider] += amount;
        emit IPaymentsEscrow.Credited(provider, to, amount);
    }

    function _payoutOf(address provider) internal view returns (address to) {
        to = _payoutAddresses[provider];
        if (to == address(0)) to = provider;
    }

    // ----------------------------------------------------------------------------------------------- administration

    /// @dev The word is in memory while the lock is held: what changes it must wait.
    function _setFee(uint256 bps) internal {
        EscrowWord word = _requireOutside();
        if (bps > MAX_FEE) revert IPaymentsEscrow.FeeTooHigh(bps, MAX_FEE);
        _word = word.withFee(bps);
        emit IPaymentsEscrow.FeeSet(bps);
    }

    function _setFeeCollector(address feeCollector) internal {
        if (feeCollector == address(0) || feeCollector == address(this))
            revert IPaymentsEscrow.InvalidAddress(feeCollector);
        _feeCollector = feeCollector;
        emit IPaymentsEscrow.FeeCollectorSet(feeCollector);
    }

    function _setInsurance(address insurance) internal {
        if (insurance == address(0) || insurance == address(this)) revert IPaymentsEscrow.InvalidAddress(insurance);
        _insurance = insurance;
        emit IPaymentsEscrow.InsuranceSet(insurance);
    }
}
