import type { Sentences } from "../catalogue.ts";

/** Making, filling and ending orders. */
export const orderSentences = {
  CallbackRefused: ([called], f) => `The contract ${f.account(called)} did not accept its callback.`,
  DeadlinePassed: ([deadline], f) => `The deadline, ${f.time(deadline)}, has passed.`,
  FeeTooHigh: ([fee, limit], f) => `A fee of ${f.rate(fee)} is above the limit of ${f.rate(limit)}.`,
  InvalidAccount: ([account], f) => `${f.account(account)} cannot own an order or receive a payment here.`,
  InvalidAmount: ([amount], f) =>
    amount === 0n
      ? "The amount must not be zero."
      : `The amount of ${f.sold(amount)} is not allowed: it is above 2^96 - 1 units, above what the signature may ` +
        "change, or above what was permitted.",
  InvalidEpoch: ([epoch, current, nonce]) =>
    `Epoch ${epoch} is not possible: it must be above the present epoch, ${current}, and at most the next nonce, ` +
    `${nonce}.`,
  InvalidExpiry: ([expiry], f) => `The expiry, ${f.time(expiry)}, is not in the future.`,
  InvalidPair: ([sellToken, buyToken], f) =>
    `An order cannot sell ${f.token(sellToken)} for ${f.token(buyToken)}: two different tokens are needed.`,
  InvalidPrice: ([price]) => `${price} is not a price: encode it with encodePrice or parsePrice.`,
  InvalidRelease: ([start, end], f) =>
    `The release from ${f.time(start)} to ${f.time(end)} is not possible: it must end after its start, in the ` +
    "future, and before the order's expiry.",
  InvalidSignature: (args, f) =>
    args[0] === undefined
      ? "The signature is not valid."
      : `The signature is not by ${f.account(args[0])}, or was used before.`,
  InvalidTerms: ([terms]) => `The order's terms, ${terms}, hold a choice that is not available here.`,
  LimitCountMismatch: ([limits, ids]) =>
    `The sweep has ${limits} price limits for ${ids} orders: give one for each, or none.`,
  LimitExceeded: ([paid, taken], f) =>
    `The fill would pay ${f.bought(paid)} for ${f.sold(taken)}, which is above your limit.`,
  NotFillable: ([id, status], f) => `${f.order(id)} ${f.status(status)}.`,
  NotFilledWhole: ([taken, wanted], f) =>
    `Only ${f.sold(taken)} of ${f.sold(wanted)} could be filled, and the fill was all or nothing.`,
  NothingFilled: () => "None of the orders can be filled any more.",
  NothingToSend: (args, f) =>
    args[0] === undefined ? "There is nothing to send." : `There is no ${f.token(args[0])} to withdraw.`,
  NotThroughOrderBook: () => "The extension cannot be called directly: call the order book.",
  OrderChanged: ([id], f) => `${f.order(id)} was changed after you looked at it.`,
  PairNotObserved: ([sellToken, buyToken], f) =>
    `The prices of ${f.token(sellToken)} and ${f.token(buyToken)} are not observed: switch observation on first.`,
  PriceOutOfRange: ([buyAmount, sellAmount]) => `No price can say ${buyAmount} units for ${sellAmount} units.`,
  PullFailed: ([token, from, amount], f) =>
    `${f.amount(amount, token)} could not be taken from ${f.account(from)}: check the balance and the approval.`,
  PushFailed: ([token, to, amount], f) =>
    `${f.amount(amount, token)} could not be sent to ${f.account(to)}: the token refused.`,
  ReceivedTooLittle: ([received, minReceive], f) =>
    `The fill would bring ${f.sold(received)}, less than the ${f.sold(minReceive)} asked for.`,
  RelayerFeeTooHigh: ([fee, limit], f) => `The relayer's fee of ${f.rate(fee)} is above the limit of ${f.rate(limit)}.`,
  UnexpectedTransfer: ([token, expected, received], f) =>
    `${f.amount(expected, token)} was sent and ${f.amount(received, token)} arrived: tokens that take a fee are refused.`,
} satisfies Partial<Sentences>;
