// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {SafeTransferLib} from "solady/src/utils/SafeTransferLib.sol";

import {AuthoritySlot} from "../access/AuthoritySlot.sol";
import {GuardWord} from "../access/GuardWord.sol";
import {Price} from "../libraries/Price.sol";
import {IFeeDiscount} from "./interfaces/IFeeDiscount.sol";
import {IFillCallback} from "./interfaces/IFillCallback.sol";
import {IOrderCore} from "./interfaces/IOrderCore.sol";
import {IPairObserver} from "./interfaces/IPairObserver.sol";
import {FillFlags} from "./libraries/FillFlags.sol";
import {OrderFlags} from "./libraries/OrderFlags.sol";
import {OrderWords, OrderWordsLib} from "./libraries/OrderWords.sol";
import {PaymentList, PaymentListLib} from "./libraries/PaymentList.sol";
import {OrderState} from "./OrderState.sol";
import {PassOn} from "./PassOn.sol";

/// @title The order book: limit orders as ERC-721 tokens
/// @notice Any ERC-20 against any other; no pair is registered. An order's sold tokens are escrowed here from creation
/// to its end, every term is readable on chain, and whoever owns the token is paid.
///
/// Solvency: for every token, balance >= what remains of the orders that sell it + credits + accrued fees.
/// Rounding: a taker pays what the price says, rounded up; fees are rounded down, so that their cap holds to the unit.
/// Liveness: nobody can stop a fill, a cancellation, a withdrawal or a transfer; a pause stops creation only.
/// Hostile tokens: one lock over all entry points of all parts; what a token does can hurt its own pairs only.
/// Upgrade: none. What this contract does not know it passes on to `OrderMakerExtension`, and that to `OrderExtension`,
/// both fixed at deployment: peaq charges for the size of each contract that a transaction touches.
/// Known limits: docs/dex.md.
contract OrderNFT is AuthoritySlot, OrderState, PassOn, IOrderCore {
    using OrderWordsLib for uint256;

    /// @dev A relayer's fee is at most 10 bps.
    uint256 internal constant MAX_RELAYER_FEE = 1_000;

    IPairObserver private immutable _OBSERVER;

    constructor(
        address authority_,
        address makerExtension_,
        IPairObserver observer_,
        address feeCollector_,
        uint256 takerFee_
    ) AuthoritySlot(authority_) PassOn(makerExtension_) {
        if (takerFee_ > _MAX_TAKER_FEE) revert FeeTooHigh(takerFee_, _MAX_TAKER_FEE);
        if (feeCollector_ == address(0)) revert InvalidAccount(feeCollector_);
        _OBSERVER = observer_;
        _feeCollector = feeCollector_;
        _guard = _guard.withFee(takerFee_);

        emit FeeCollectorSet(feeCollector_);
        emit TakerFeeSet(takerFee_);
    }

    // ---------------------------------------------------------------------------------------------------- creation

    /// @inheritdoc IOrderCore
    function create(
        address sellToken,
        address buyToken,
        uint256 sellAmount,
        Price price,
        uint32 expiry,
        uint16 terms
    ) external returns (uint256 id) {
        GuardWord guard = _lock();
        _requireNotPaused(guard);
        if (terms & ~OrderFlags.SIMPLE != 0) revert InvalidTerms(terms);

        id = _mint(msg.sender, sellToken, buyToken, sellAmount, price, expiry, terms);
        _pull(sellToken, msg.sender, sellAmount);

        _unlock(guard);
    }

    // ----------------------------------------------------------------------------------------------------- filling

    /// @inheritdoc IOrderCore
    function fill(uint256 id, uint256 takeAmount, uint256 maxPay) external returns (uint256 received, uint256 paid) {
        GuardWord guard = _lock();
        if (takeAmount == 0 || takeAmount > OrderWordsLib.MAX_AMOUNT) revert InvalidAmount(takeAmount);
        Take memory take;
        (take.want, take.budget, take.limit) = (takeAmount, type(uint256).max, NO_LIMIT);
        OrderWords storage words = _orders[id];
        FillStatus status = _evaluate(take, words, id, msg.sender);
        if (status != FillStatus.Fillable) revert NotFillable(id, status);
        paid = take.paid;
        _requireWithinLimit(paid, take.sold, maxPay, takeAmount);

        uint256 fee = _settle(take, words, id, msg.sender, guard.fee());
        address sellToken = take.a.tokenOf();
        unchecked {
            if (fee != 0) _fees[sellToken] += fee;
            received = take.sold - fee;
        }
        _push(sellToken, msg.sender, received);
        _pay(take.b.tokenOf(), take.owner, paid, take.b.flagsOf() & OrderFlags.EXACT_PAYMENT != 0);

        _unlock(guard);
    }

    /// @inheritdoc IOrderCore
    function fillOrders(
        Leg[] calldata legs,
        FillOptions calldata options
    ) external returns (LegResult[] memory results) {
        if (options.deadline != 0 && block.timestamp > options.deadline) revert DeadlinePassed(options.deadline);
        if (options.relayerFee > MAX_RELAYER_FEE) revert RelayerFeeTooHigh(options.relayerFee, MAX_RELAYER_FEE);
        GuardWord guard = _lock();
        uint256 fee = options.flags & FillFlags.USE_DISCOUNT == 0 ? guard.fee() : _discounted(guard.fee());
        address recipient = options.recipient == address(0) ? msg.sender : options.recipient;
        if (recipient == address(this)) revert InvalidAccount(recipient);

        results = new LegResult[](legs.length);
        PaymentList[] memory payments = new PaymentList[](legs.length);
        uint256 filled;
        for (uint256 i; i < legs.length; ++i) {
            payments[i] = _takeLeg(legs[i], options, recipient, fee, results[i]);
            filled += results[i].filled;
        }
        if (filled == 0 && options.flags & FillFlags.IMMEDIATE_OR_CANCEL == 0) revert NothingFilled();

        for (uint256 i; i < legs.length; ++i) {
            if (results[i].received != 0) _push(legs[i].sellToken, recipient, results[i].received);
        }
        if (options.data.length != 0) {
            if (IFillCallback(msg.sender).onFill(results, options.data) != IFillCallback.onFill.selector) {
                revert CallbackRefused(msg.sender);
            }
        }
        for (uint256 i; i < legs.length; ++i) {
            _payAll(legs[i].buyToken, payments[i]);
        }

        _unlock(guard);
    }

    /// @dev Fills one leg's orders on the books.
    /// @return payments what is owed for them. A payee is the owner with the order's EXACT_PAYMENT flag in the bits above;
    /// payments to one payee that follow each other are merged.
    function _takeLeg(
        Leg calldata leg,
        FillOptions calldata options,
        address recipient,
        uint256 feeRate,
        LegResult memory result
    ) private returns (PaymentList payments) {
        uint256[] calldata ids = leg.ids;
        Price[] calldata limits = leg.limits;
        address sellToken = leg.sellToken;
        address buyToken = leg.buyToken;
        if (limits.length != 0 && limits.length != ids.length) revert LimitCountMismatch(limits.length, ids.length);
        payments = PaymentListLib.allocate(ids.length);
        PaymentList current = payments;
        Take memory take;
        uint256 fees;
        (take.want, take.budget) = (leg.takeAmount, leg.maxPay);
        for (uint256 i; i < ids.length && take.want != 0; ++i) {
            uint256 id = ids[i];
            take.limit = limits.length == 0 ? NO_LIMIT : limits[i];
            OrderWords storage words = _orders[id];
            if (_evaluate(take, words, id, msg.sender) != FillStatus.Fillable) continue;
            if (take.a.tokenOf() != sellToken || take.b.tokenOf() != buyToken) continue;

            uint256 fee = _settle(take, words, id, recipient, feeRate);
            unchecked {
                // Each at most what `want`, `budget` and the amounts of all orders together allow.
                fees += fee;
                take.want -= take.sold;
                take.budget -= take.paid;
                ++result.filled;
                uint256 payee = uint160(take.owner) | ((take.b.flagsOf() & OrderFlags.EXACT_PAYMENT) << 160);
                current = current.owe(payee, take.paid);
            }
        }

        uint256 taken = leg.takeAmount - take.want;
        uint256 paid = leg.maxPay - take.budget;
        if (take.want != 0 && options.flags & FillFlags.FILL_OR_KILL != 0) revert NotFilledWhole(taken, leg.takeAmount);
        // Each order's cost is rounded up by itself: by less than a unit.
        if (Price.unwrap(leg.maxPrice) != 0 && paid != 0 && paid >= leg.maxPrice.costUp(taken) + result.filled) {
            revert LimitExceeded(paid, taken);
        }
        if (fees != 0) _fees[sellToken] += fees;
        uint256 received = taken - fees;
        if (options.relayer != address(0) && options.relayerFee != 0) {
            uint256 relayed = (taken * options.relayerFee) / MILLION;
            received -= relayed;
            if (relayed != 0) _credit(options.relayer, sellToken, relayed);
        }
        if (received < leg.minReceive) revert ReceivedTooLittle(received, leg.minReceive);
        (result.taken, result.received, result.paid) = (taken, received, paid);
    }

    /// @dev Writes a fill to the order. Nothing is sent yet.
    /// @return fee of what was sold, rounded down: the cap on the rate then holds for every amount.
    function _settle(
        Take memory take,
        OrderWords storage words,
        uint256 id,
        address recipient,
        uint256 feeRate
    ) private returns (uint256 fee) {
        uint256 a = take.a;
        uint256 flags = take.b.flagsOf();
        uint256 sold = take.sold;
        unchecked {
            fee = (sold * feeRate) / MILLION;
        }
        emit OrderFilled(id, recipient, sold, take.paid, fee);

        if (sold == a.remainingOf()) {
            _burn(words, id, take.owner, flags);
        } else {
            unchecked {
                words.a = a - (sold << 160);
            }
        }
        if (flags & OrderFlags.OBSERVED != 0) _OBSERVER.record(a.tokenOf(), take.b.tokenOf(), sold, take.paid);
    }

    function _payAll(address token, PaymentList payments) private {
        (uint256 payee, uint256 amount) = payments.read();
        while (payee != 0) {
            _pay(token, address(uint160(payee)), amount, payee >> 160 != 0);
            payments = payments.next();
            (payee, amount) = payments.read();
        }
    }

    /// @dev Pays an order's owner. One who cannot be paid is credited, so that no owner can stop a sweep.
    function _pay(address token, address to, uint256 amount, bool exact) private {
        if (exact) return _payExactly(token, to, amount);
        if (!SafeTransferLib.trySafeTransferFrom(token, msg.sender, to, amount)) _payAsCredit(token, to, amount);
    }

    function _payExactly(address token, address to, uint256 amount) private {
        uint256 held = SafeTransferLib.balanceOf(token, to);
        if (!SafeTransferLib.trySafeTransferFrom(token, msg.sender, to, amount)) {
            return _payAsCredit(token, to, amount);
        }
        // A taker who fills an order of its own pays itself.
        if (to == msg.sender) return;
        unchecked {
            uint256 received = SafeTransferLib.balanceOf(token, to) - held;
            if (received != amount) revert UnexpectedTransfer(token, amount, received);
        }
    }

    function _payAsCredit(address token, address to, uint256 amount) private {
        _pull(token, msg.sender, amount);
        _credit(to, token, amount);
    }

    /// @dev Reverts if paid / sold > maxPay / takeAmount, by more than the unit that the cost was rounded up: an order may have shrunk and been amended since the caller
    /// looked. A `maxPay` of 2^160 or more is no limit; below it the products cannot overflow, `takeAmount` being below
    /// 2^96.
    function _requireWithinLimit(uint256 paid, uint256 sold, uint256 maxPay, uint256 takeAmount) private pure {
        bool above = paid > maxPay;
        if (sold != takeAmount && !above && maxPay >> 160 == 0) {
            unchecked {
                above = (paid - 1) * takeAmount >= maxPay * sold;
            }
        }
        if (above) revert LimitExceeded(paid, sold);
    }

    function _discounted(uint256 fee) private view returns (uint256) {
        if (_feeDiscount == address(0)) return fee;
        uint256 discount = IFeeDiscount(_feeDiscount).discountOf(msg.sender);
        return discount < MILLION ? (fee * (MILLION - discount)) / MILLION : 0;
    }

    // ------------------------------------------------------------------------------------- cancellation and transfer

    /// @inheritdoc IOrderCore
    function cancel(uint256 id) external returns (uint256 refund) {
        GuardWord guard = _lock();
        bool done;
        address owner;
        (done, refund, owner) = _cancel(id, msg.sender);
        if (!done) {
            if (owner == address(0)) revert IERC721Errors.ERC721NonexistentToken(id);
            revert IERC721Errors.ERC721InsufficientApproval(msg.sender, id);
        }
        _unlock(guard);
    }

    /// @notice ERC-721.
    function transferFrom(address from, address to, uint256 id) external {
        _transfer(msg.sender, from, to, id);
    }

    /// @dev Everything else is the extensions', over this contract's storage.
    fallback() external {
        _passOn();
    }
}
