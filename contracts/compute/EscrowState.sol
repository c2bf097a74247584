// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {GuardState} from "../access/GuardState.sol";
import {TokenLib} from "../libraries/TokenLib.sol";
import {IPaymentsEscrow} from "./interfaces/IPaymentsEscrow.sol";
import {IProviderStakingCore} from "./interfaces/IProviderStakingCore.sol";
import {ComputeIds} from "./libraries/ComputeIds.sol";
import {DueWord} from "./libraries/DueWord.sol";

/// @notice The escrow's storage, and how money moves in it.
/// @dev Every unit of a payer is in one place: free, thawing, or in one of its reservations. So a payment out of a
/// reservation touches no other word of the payer's.
abstract contract EscrowState is GuardState, IPaymentsEscrow {
    using DueWord for uint256;

    /// @dev One word: what is in no reservation.
    struct Account {
        uint96 free;
        uint96 thawing;
        uint40 thawEnds;
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

    /// @dev Moves free funds into a reservation.
    function _reserve(address payer, address provider, uint96 amount) internal {
        if (provider == address(0)) revert InvalidAddress(provider);
        if (amount == 0) revert ZeroAmount();
        _takeFree(payer, amount);
        _reservations[payer][provider].amount += amount;

        emit Reserved(payer, provider, amount);
    }

    function _takeFree(address payer, uint96 amount) internal {
        Account storage account = _accounts[payer];
        uint96 free = account.free;
        if (free < amount) revert InsufficientFree(free, amount);
        unchecked {
            account.free = free - amount;
        }
    }

    /// @dev Moves part of a reservation back into free funds.
    function _unreserve(address payer, address provider, Reservation memory reservation, uint96 amount) internal {
        reservation.amount -= amount;
        if (reservation.notice > reservation.amount) reservation.notice = reservation.amount;
        _reservations[payer][provider] = reservation;
        _accounts[payer].free += amount;

        emit Released(payer, provider, amount);
    }

    /// @dev Takes one payer's part of a payment: out of the reservation, and if the payer itself signed out of what is free
    /// and last out of what thaws. What is reserved for others is out of reach.
    function _take(uint256 due, address provider) internal returns (uint256 paid) {
        address payer = due.payerOf();
        uint256 amount = due.amountOf();
        Reservation storage reservation = _reservations[payer][provider];
        uint96 reserved = reservation.amount;
        paid = amount < reserved ? amount : reserved;
        if (paid != 0) {
            unchecked {
                reserved -= uint96(paid);
            }
            // What is noticed is taken last.
            uint96 notice = reservation.notice;
            (reservation.amount, reservation.notice) = (reserved, notice < reserved ? notice : reserved);
        }
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
