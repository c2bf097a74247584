import type { Sentences } from "../catalogue.ts";

/** Prices: reading them, where they come from, and Chainlink's rounds. */
export const oracleSentences = {
  AnswerOutOfBounds: ([feedId, answer, minAnswer, maxAnswer]) =>
    `The answer of feed ${feedId}, ${answer}, is not between ${minAnswer} and ${maxAnswer}: its aggregator may be at ` +
    "its own limit.",
  FeedExists: ([feedId]) => `Feed ${feedId} exists already.`,
  FeedNotFresh: ([feedId, updatedAt], f) =>
    `Feed ${feedId} has no fresh price: the last one was updated at ${f.time(updatedAt)}.`,
  FutureRound: ([feedId, updatedAt], f) =>
    `The round of feed ${feedId} says that it was updated at ${f.time(updatedAt)}, in the future.`,
  IncompleteRound: ([feedId, roundId]) => `Round ${roundId} of feed ${feedId} is not finished.`,
  InvalidAnswer: ([feedId, answer]) => `The answer of feed ${feedId}, ${answer}, is not a price.`,
  NonPositiveAnswer: ([answer]) => `${answer} is not a price: an answer is above zero.`,
  InvalidFeed: ([feedId]) =>
    `Feed ${feedId} cannot be set up so: it is listed twice, has no aggregator, or its heartbeat or bounds make no sense.`,
  InvalidSource: ([asset, index], f) =>
    `Source ${index} of ${f.token(asset)} has no kind, stands in the wrong place, or lacks what its kind needs.`,
  InvalidSourceCount: ([count, limit]) =>
    count === 0n
      ? "An asset needs a source for its price."
      : `${count} sources are too many: an asset has at most ${limit}.`,
  NoFeeds: () => "No feed was named.",
  NoSuchRound: ([asked, latest]) => `Round ${asked} is not known: only the latest is, ${latest}.`,
  NotEnoughGas: ([left, needed]) => `Only ${left} gas was left to read a price, and ${needed} are needed: send more.`,
  RoundTooLarge: ([feedId, roundId]) => `Round ${roundId} of feed ${feedId} does not fit into a message.`,
  StalePrice: ([asset, updatedAt], f) =>
    updatedAt === 0n
      ? `${f.token(asset)} has no fresh price.`
      : `${f.token(asset)} has no fresh price: the last one was updated at ${f.time(updatedAt)}.`,
  StaleRound: ([feedId, updatedAt, maxAge], f) =>
    `The round of feed ${feedId} was updated at ${f.time(updatedAt)}, more than ${f.duration(maxAge)} ago.`,
  TooManyDecimals: ([at, decimals, limit], f) =>
    `${f.account(at)} has ${decimals} decimals: at most ${limit} are possible.`,
  UnknownAsset: ([asset], f) => `The oracle does not know ${f.token(asset)}.`,
  UnknownFeed: ([feedId]) => `There is no feed ${feedId}.`,
  UnknownRound: ([roundId]) => `There is no round ${roundId}.`,
} satisfies Partial<Sentences>;
