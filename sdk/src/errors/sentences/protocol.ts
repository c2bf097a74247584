import type { Sentences } from "../catalogue.ts";

/** Pauses, price observation, matching and routing. */
export const protocolSentences = {
  CannotBind: ([current, asked], f) =>
    `The price observer cannot be given to ${f.account(asked)}: its order book is ${f.account(current)}, for good.`,
  InvalidCardinality: ([current, asked]) =>
    `The pair's ring holds ${current} observations and cannot be set to ${asked}: it only grows, up to its limit.`,
  InvalidRecipient: ([recipient], f) => `${f.account(recipient)} cannot be the recipient: it would keep the tokens.`,
  NotAscending: ([token0, token1], f) =>
    `The pair must be given in ascending order of address: ${f.token(token1)} before ${f.token(token0)}.`,
  NotBinder: ([caller], f) => `${f.account(caller)} may not name the order book of the price observer.`,
  NotBound: () => "The price observer has no order book yet.",
  NotMatchable: ([id, status], f) => `Of the two orders, ${f.order(id)} ${f.status(status)}.`,
  NotMirrored: ([idA, idB], f) =>
    `${f.order(idA)} and ${f.order(idB)} do not match: one must sell what the other buys.`,
  NotOrderBook: ([caller], f) => `Only the order book may do this, and ${f.account(caller)} is not the order book.`,
  NotPaused: () => "There is no pause to end, or the protocol is retired for good.",
  NotWrappedCoin: ([token], f) => `${f.token(token)} is not the wrapped coin that this call works with.`,
  OptionNotRouted: () => "The router cannot pass on a callback or a fee discount: call the order book yourself.",
  PauseTooLong: ([duration, limit], f) =>
    `A pause of ${f.duration(duration)} is too long: at most ${f.duration(limit)} are allowed.`,
  PauseTooSoon: ([allowedAt], f) => `The next pause may begin at ${f.time(allowedAt)}.`,
  PermitCountMismatch: ([permits, legs]) => `The call has ${permits} permits for ${legs} legs: give one for each leg.`,
  ProtocolPaused: ([until], f) =>
    until === RETIRED
      ? "The protocol is retired: it takes on nothing new, and everybody can leave."
      : `The protocol is paused and takes on nothing new until ${f.time(until)}.`,
  Reentrancy: () => "The call came while another one was still running in the same protocol.",
  SameToken: ([token], f) => `Both tokens of the pair are ${f.token(token)}.`,
  SurplusBelowMinimum: ([surplusA, surplusB], f) =>
    `The match would leave ${f.sold(surplusA)} and ${f.bought(surplusB)}, less than asked for.`,
  SurplusTooSmall: ([idA, idB], f) => `${f.order(idA)} and ${f.order(idB)} do not cross, or by less than the fees.`,
  TokenMisbehaved: ([token], f) =>
    `${f.token(token)} took back more than it should have: its orders cannot be matched.`,
  TooOld: ([asked, oldest], f) =>
    oldest === 0n
      ? "The pair has no observation yet."
      : `There is no observation as old as ${f.time(asked)}: the oldest is of ${f.time(oldest)}.`,
  UnexpectedCoin: ([from], f) => `${f.account(from)} sent coin to a contract that takes none from it.`,
  ValueMismatch: ([value, maxPay]) =>
    `${value} units of the coin were sent and the sweep may pay ${maxPay}: the two must be equal.`,
} satisfies Partial<Sentences>;

const RETIRED = (1n << 40n) - 1n;
