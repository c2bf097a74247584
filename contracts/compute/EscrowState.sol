// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {GuardState} from "../access/GuardState.sol";
import {TokenLib} from "../libraries/TokenLib.sol";
import {IPaymentsEscrow} from "./interfaces/IPaymentsEscrow.sol";
import {IProviderStakingCore} from "./interfaces/IProviderStakingCore.sol";
import {ComputeIds} from "./libraries/ComputeIds.sol";
import {DueWord} from "./libraries/DueWord.sol";

/// @notice The escrow's storage, and how money moves in it.
/// @dev Always: reserved + thawing <= balance, for each payer; reserved is the sum of its reservations.
abstract contract EscrowState is GuardState, IPaymentsEscrow {
    using DueWord for uint256;

    /// @dev One word.
    struct Account {
        uint96 balance;
        uint96 reserved;
        bool isThawing;
    }

    struct Thaw {
        uint96 amount;
        uint40 endsAt;
    }

    /// @dev One word.
    struct Reservation {
        uint96 amount;
        uint96 notice;
        uint40 noticeEnds;
    }

    /// @dev One word: what a payment asks for, and adds to.
    struct Terms {
        address voucherCollector;
        uint16 feeBps;
        uint80 feesWaiting;
    }

    /// @notice What the stake does not cover is held until the dispute period of its day is over: 7 to 8 days.
    uint256 public constant HOLD = 7 days;

    uint256 internal constant _BPS = 10_000;

    address internal immutable _TOKEN;
    IProviderStakingCore internal immutable _STAKING;

    mapping(address payer => Account) internal _accounts;
    mapping(address payer => mapping(address provider => Reservation)) internal _reservations;
    mapping(address payer => Thaw) internal _thaws;
    mapping(uint256 provisionId => mapping(uint256 day => uint256)) internal _holds;
    mapping(address provider => uint256) internal _credits;
    mapping(address provider => address) internal _payoutAddresses;
    Terms internal _terms;
    uint256 internal _feesSwept;
    uint256 internal _pot;

    constructor(address token_, IProviderStakingCore staking_) {
        if (token_ == address(0)) revert InvalidAddress(token_);
        if (address(staking_) == address(0)) revert InvalidAddress(address(staking_));
        _TOKEN = token_;
        _STAKING = staking_;
    }

    function _free(Account memory account, address payer) internal view returns (uint256) {
        uint256 thawing = account.isThawing ? _thaws[payer].amount : 0;
        return account.balance - account.reserved - thawing;
    }

    /// @dev Moves free funds into a reservation.
    function _reserve(address payer, address provider, uint96 amount) internal {
        if (provider == address(0)) revert InvalidAddress(provider);
        if (amount == 0) revert ZeroAmount();
        Account memory account = _accounts[payer];
        uint256 free = _free(account, payer);
        if (free < amount) revert InsufficientFree(free, amount);

        account.reserved += amount;
        _accounts[payer] = account;
        _reservations[payer][provider].amount += amount;

        emit Reserved(payer, provider, amount);
    }

    /// @dev Moves part of a reservation back into free funds.
    function _unreserve(address payer, address provider, Reservation memory reservation, uint96 amount) internal {
        reservation.amount -= amount;
        if (reservation.notice > reservation.amount) reservation.notice = reservation.amount;
        _reservations[payer][provider] = reservation;
        _accounts[payer].reserved -= amount;

        emit Released(payer, provider, amount);
    }

    /// @dev What a payment can take, and how much of it out of the reservation.
    function _reach(
        Account memory account,
        Reservation memory reservation,
        uint256 due
    ) internal pure returns (uint96 paid, uint96 fromReservation) {
        uint256 amount = due.amountOf();
        uint256 most = reservation.amount;
        fromReservation = uint96(amount < most ? amount : most);
        // A payer's own signature reaches all but what is reserved for others.
        if (due.isBeyond()) most = account.balance - (account.reserved - reservation.amount);
        paid = uint96(amount < most ? amount : most);
    }

    /// @dev Takes one payer's part of a payment.
    function _take(uint256 due, address provider) internal returns (uint256) {
        address payer = due.payerOf();
        Account memory account = _accounts[payer];
        Reservation memory reservation = _reservations[payer][provider];
        (uint96 paid, uint96 fromReservation) = _reach(account, reservation, due);
        if (paid == 0) return 0;

        unchecked {
            // Below both by `_reach`.
            account.balance -= paid;
            account.reserved -= fromReservation;
            reservation.amount -= fromReservation;
        }
        if (fromReservation != 0) {
            // What is noticed is taken last.
            if (reservation.notice > reservation.amount) reservation.notice = reservation.amount;
            _reservations[payer][provider] = reservation;
        }
        if (account.isThawing && paid != fromReservation) {
            uint96 left = account.balance - account.reserved;
            if (_thaws[payer].amount > left) _thaws[payer].amount = left;
        }
        _accounts[payer] = account;
        return paid;
    }

    /// @dev Pays `total` to the provider of `provisionId`: the fee off, what the stake does not cover held back.
    function _payProvider(uint256 provisionId, uint256 total) internal {
        // Rounded up: against the provider, by less than one unit a payment.
        Terms memory terms = _terms;
        uint256 fee = (total * terms.feeBps + _BPS - 1) / _BPS;
        // Beyond 80 bits there is no USDC.
        terms.feesWaiting += uint80(fee);
        _terms = terms;

        uint256 net = total - fee;
        uint256 held = _STAKING.lock(provisionId, total);
        if (held > net) held = net;
        if (held != 0) _holds[provisionId][block.timestamp / 1 days] += held;

        address provider = ComputeIds.providerOf(provisionId);
        address to = _payoutOf(provider);
        emit ProviderPaid(provisionId, to, total, fee, held);
        if (net != held) _send(provider, to, net - held);
    }

    function _payoutOf(address provider) internal view returns (address to) {
        to = _payoutAddresses[provider];
        if (to == address(0)) to = provider;
    }

    /// @dev A payment that the token refuses must not hold up those of others.
    function _send(address provider, address to, uint256 amount) internal {
        if (TokenLib.tryTransfer(_TOKEN, to, amount)) return;
        _credits[provider] += amount;
        emit Credited(provider, to, amount);
    }
}
