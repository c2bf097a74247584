// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Price} from "../../libraries/Price.sol";

/// @notice Types, events and errors of the order book. Amounts are in token units, times in seconds, fees in
/// millionths of the sold amount, prices as `Price` defines.
///
/// Beginnings and ends are told by ERC-721's own `Transfer`: a token that is burned while something remains was
/// cancelled, and what remained went back to the owner, or to the owner's credit (`Credited`).
interface IOrderTypes {
    /// @notice Whether an order can be filled, or why not.
    enum FillStatus {
        Fillable,
        Nonexistent,
        Expired,
        /// Older than its maker's epoch.
        Cancelled,
        /// Reserved for another taker.
        Private,
        /// Nothing, or too little, has been released yet.
        NotReleased,
        /// The fill would be below the order's minimum, or part of an all-or-none order.
        BelowMinFill,
        /// The order's price is above the taker's limit.
        AboveLimit,
        /// What is left of the taker's budget buys nothing here.
        BudgetSpent,
        /// Sells or asks for other tokens than the leg says.
        OtherPair
    }

    /// @notice A new order with every feature. Zero in the rare fields means "not used".
    /// @param maker owner of the order and of its proceeds
    /// @param terms `OrderFlags`: OBSERVED, ALL_OR_NONE, EXACT_PAYMENT, minimum fill
    /// @param privateTaker the only account that may fill, as the caller of the fill
    /// @param releaseStart with `releaseEnd`: the amount becomes fillable linearly between the two
    struct NewOrder {
        address maker;
        address sellToken;
        address buyToken;
        uint256 sellAmount;
        Price price;
        uint32 expiry;
        uint16 terms;
        address privateTaker;
        uint40 releaseStart;
        uint40 releaseEnd;
    }

    /// @notice All that is known of an order.
    /// @param initial amount that the release schedule counts from; zero without a schedule
    /// @param available what a fill could take now: the released part of `remaining`
    /// @param status whether `taker` could fill it, as `order(id, taker)` was asked
    struct Order {
        address owner;
        address maker;
        uint64 nonce;
        uint32 expiry;
        address sellToken;
        address buyToken;
        uint96 remaining;
        uint96 available;
        Price price;
        uint16 terms;
        address privateTaker;
        uint40 releaseStart;
        uint40 releaseEnd;
        uint96 initial;
        FillStatus status;
    }

    /// @notice One pair's part of a sweep: orders that sell `sellToken` for `buyToken`, best first.
    /// @param takeAmount most units of `sellToken` to take, fee included
    /// @param maxPay most units of `buyToken` to pay; the last order is cut to fit it
    /// @param minReceive least units of `sellToken` to receive, fees deducted
    /// @param maxPrice bound on what the whole leg pays for what it takes; zero for none
    /// @param ids the orders, tried in this order; those that cannot be filled are passed over
    /// @param limits for each id its highest price, so that an amended order is passed over; empty for none
    struct Leg {
        address sellToken;
        address buyToken;
        uint256 takeAmount;
        uint256 maxPay;
        uint256 minReceive;
        Price maxPrice;
        uint256[] ids;
        Price[] limits;
    }

    /// @notice How a sweep is carried out.
    /// @param recipient who receives the bought tokens; zero for the caller
    /// @param relayer who is credited `relayerFee`; zero for nobody
    /// @param relayerFee on top of the protocol's fee, in millionths of what is taken, at most 1,000
    /// @param flags of `FillFlags`
    /// @param deadline last second at which the call may run; zero for none
    /// @param data when not empty, `IFillCallback.onFill` of the caller is called with it after the caller has received
    /// and before it pays
    struct FillOptions {
        address recipient;
        address relayer;
        uint16 relayerFee;
        uint8 flags;
        uint40 deadline;
        bytes data;
    }

    /// @notice What a leg came to.
    /// @param taken units of the sell token that left the orders
    /// @param received `taken` less the fees
    /// @param paid units of the buy token
    /// @param filled how many orders were filled, wholly or in part
    struct LegResult {
        uint256 taken;
        uint256 received;
        uint256 paid;
        uint256 filled;
    }

    /// @notice An order was made. Maker, nonce and expiry are in the id.
    event OrderCreated(
        uint256 indexed id,
        address indexed sellToken,
        address indexed buyToken,
        uint256 sellAmount,
        Price price,
        uint256 terms
    );
    /// @notice Only `taker` may fill the order.
    event PrivateTakerSet(uint256 indexed id, address indexed taker);
    /// @notice The order's amount is released linearly from `start` to `end`.
    event ReleaseSet(uint256 indexed id, uint256 start, uint256 end);
    /// @notice `sold` left the order; `paid` went to its owner; `fee` of what was sold went to the protocol.
    event OrderFilled(uint256 indexed id, address indexed recipient, uint256 sold, uint256 paid, uint256 fee);
    /// @notice Price or amount changed; the difference was paid in or out.
    event OrderAmended(uint256 indexed id, uint256 remaining, Price price);
    /// @notice Every order of `maker` below `epoch` that was never transferred is cancelled.
    event EpochRaised(address indexed maker, uint256 epoch);
    /// @notice `account` can withdraw `amount` more of `token`: a payment that it refused, or a relayer's fee.
    event Credited(address indexed account, address indexed token, uint256 amount);
    /// @notice `account` withdrew its credit to `to`.
    event CreditWithdrawn(address indexed account, address indexed token, address to, uint256 amount);
    /// @notice Fees went to the collector.
    event FeesSwept(address indexed token, address indexed collector, uint256 amount);
    /// @notice The taker fee is `fee` millionths.
    event TakerFeeSet(uint256 fee);
    /// @notice Fees are swept to `collector`.
    event FeeCollectorSet(address indexed collector);
    /// @notice Discounts are asked of `discount`; zero for none.
    event FeeDiscountSet(address indexed discount);

    /// @notice Thrown when a strict fill finds that order `id` cannot be filled as asked.
    error NotFillable(uint256 id, FillStatus status);
    /// @notice Thrown when a fill-or-kill could take only `taken` of `wanted`.
    error NotFilledWhole(uint256 taken, uint256 wanted);
    /// @notice Thrown when a sweep filled nothing and was not immediate-or-cancel.
    error NothingFilled();
    /// @notice Thrown when a fill would pay `paid` for `taken`, above the caller's limit.
    error LimitExceeded(uint256 paid, uint256 taken);
    /// @notice Thrown when a leg would bring `received`, below the least that the caller takes.
    error ReceivedTooLittle(uint256 received, uint256 minReceive);
    /// @notice Thrown when the call runs after its deadline.
    error DeadlinePassed(uint256 deadline);
    /// @notice Thrown when a leg has limits, but not one for each id.
    error LimitCountMismatch(uint256 limits, uint256 ids);
    /// @notice Thrown when a fee is above `limit` millionths.
    error FeeTooHigh(uint256 fee, uint256 limit);
    /// @notice Thrown when a relayer's fee is above `limit` millionths.
    error RelayerFeeTooHigh(uint256 fee, uint256 limit);
    /// @notice Thrown when a taker's callback does not answer with its selector.
    error CallbackRefused(address taker);

    /// @notice Thrown when a part of the order book is called at its own address instead of the book's.
    error NotThroughOrderBook();
    /// @notice Thrown when an amount is zero or above 2^96 - 1.
    error InvalidAmount(uint256 amount);
    /// @notice Thrown when a price's mantissa is not normalised.
    error InvalidPrice(Price price);
    /// @notice Thrown when the expiry is not in the future.
    error InvalidExpiry(uint256 expiry);
    /// @notice Thrown when the flags hold a bit that the maker may not set here.
    error InvalidTerms(uint256 terms);
    /// @notice Thrown when sold and bought token are the same, or one is zero.
    error InvalidPair(address sellToken, address buyToken);
    /// @notice Thrown when an order would have no owner, or a payment no receiver.
    error InvalidAccount(address account);
    /// @notice Thrown when a release does not end after its start, in the future, and before the expiry.
    error InvalidRelease(uint256 start, uint256 end);
    /// @notice Thrown when an order asks to be observed and nobody has paid for observing its pair.
    error PairNotObserved(address sellToken, address buyToken);

    /// @notice Thrown when `expected` was sent and `received` arrived: the token takes a fee, or lies.
    error UnexpectedTransfer(address token, uint256 expected, uint256 received);
    /// @notice Thrown when `amount` of `token` could not be taken from `from`: balance, allowance or the token itself.
    error PullFailed(address token, address from, uint256 amount);
    /// @notice Thrown when `amount` of `token` could not be sent to `to`.
    error PushFailed(address token, address to, uint256 amount);
}
