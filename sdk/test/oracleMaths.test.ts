import assert from "node:assert/strict";
import { test } from "node:test";

import {
  answersAgree,
  deviatesBy,
  type FeedAnswer,
  feedPriceDown,
  feedPriceUp,
  freshUntil,
  isLiquidatable,
  isUsable,
  maxAgeOf,
  NO_PRICE,
  type PendingAnswer,
  PriceQuality,
  type PriceQuote,
  pushReason,
  roundRefusal,
} from "../src/index.ts";
import { readVectors } from "./support/readVectors.ts";

interface Row extends Record<
  | "answer"
  | "decimals"
  | "next"
  | "observedAt"
  | "age"
  | "heartbeat"
  | "priceDown"
  | "priceUp"
  | "maxAge"
  | "freshUntil",
  bigint
> {
  readonly agrees: boolean;
}

test("the shared vectors hold", () => {
  const { feeds } = readVectors("oracle.json") as { feeds: Row[] };
  assert.ok(feeds.length >= 100);
  for (const row of feeds) {
    const { answer, next, observedAt, age, heartbeat, maxAge } = row;
    assert.equal(feedPriceDown(answer, Number(row.decimals)), row.priceDown);
    assert.equal(feedPriceUp(answer, Number(row.decimals)), row.priceUp);
    assert.equal(answersAgree(answer, next), row.agrees);
    assert.equal(maxAgeOf(heartbeat), maxAge);
    assert.equal(freshUntil({ answer, observedAt, updatedAt: observedAt - age }, maxAge), row.freshUntil);
  }
});

test("an answer that is not there was never fresh", () => {
  assert.equal(freshUntil({ answer: 0n, observedAt: 5n, updatedAt: 5n }, 66n), 0n);
});

test("only a fresh price lets risk grow, and a liquidation needs one that has stood for a while", () => {
  const quote = (parts: Partial<PriceQuote>): PriceQuote => ({
    low: 1n,
    high: 1n,
    updatedAt: 0n,
    liquidatableFrom: 100n,
    quality: PriceQuality.Fresh,
    ...parts,
  });
  assert.equal(isUsable(quote({})), true);
  assert.equal(isUsable(quote({ low: 0n })), false);
  for (const quality of [PriceQuality.Halted, PriceQuality.Fallback, PriceQuality.Pending]) {
    assert.equal(isUsable(quote({ quality })), false);
    assert.equal(isLiquidatable(quote({ quality }), 100n), quality === PriceQuality.Pending);
  }
  assert.equal(isLiquidatable(quote({}), 99n), false);
  assert.equal(isLiquidatable(quote({}), 100n), true);
  assert.equal(isLiquidatable(quote({ low: 0n, high: NO_PRICE }), 100n), false);
});

test("deviation is measured from the old answer, its bound included", () => {
  assert.equal(deviatesBy(10_000n, 10_049n, 50n), false);
  assert.equal(deviatesBy(10_000n, 10_050n, 50n), true);
  assert.equal(deviatesBy(10_000n, 9_950n, 50n), true);
  assert.equal(deviatesBy(10_000n, 9_951n, 50n), false);
});

const accepted: FeedAnswer = { answer: 10_000n, updatedAt: 900n, observedAt: 1_000n, round: 1n };
const jump: PendingAnswer = { ...accepted, answer: 12_000n, observedFrom: 1_060n, deliveredFrom: 1_090n };

test("a push is due first, on 0.5 %, and after 20 minutes", () => {
  const now = { accepted, timestamp: 1_100n };
  assert.equal(pushReason({ ...now, answer: 10_000n, accepted: { ...accepted, answer: 0n } }), "First");
  assert.equal(pushReason({ ...now, answer: 10_049n }), undefined);
  assert.equal(pushReason({ ...now, answer: 10_050n }), "Deviation");
  assert.equal(pushReason({ ...now, answer: 9_950n }), "Deviation");
  assert.equal(pushReason({ ...now, answer: 9_951n }), undefined);
  assert.equal(pushReason({ ...now, answer: 10_000n, timestamp: 2_199n }), undefined);
  assert.equal(pushReason({ ...now, answer: 10_000n, timestamp: 2_200n }), "Age");
  assert.equal(pushReason({ ...now, answer: 10_049n, deviationBps: 49n }), "Deviation");
  assert.equal(pushReason({ ...now, answer: 10_000n, timestamp: 1_300n, interval: 300n }), "Age");
});

test("a jump is pushed again when it can be confirmed, ended or replaced, and not before", () => {
  const now = { accepted, pending: jump, answer: 12_000n };
  assert.equal(pushReason({ ...now, timestamp: 1_089n }), undefined);
  assert.equal(pushReason({ ...now, timestamp: 1_090n }), "Confirmation");
  assert.equal(pushReason({ ...now, timestamp: 1_060n, deliveryTime: 30n }), "Confirmation");
  assert.equal(pushReason({ ...now, timestamp: 1_059n, deliveryTime: 60n }), undefined, "not observed late enough");
  assert.equal(pushReason({ ...now, timestamp: 1_010n, answer: 13_200n }), undefined, "10 % above agrees");
  assert.equal(pushReason({ ...now, timestamp: 1_010n, answer: 13_201n }), "Deviation");
  assert.equal(pushReason({ ...now, timestamp: 1_010n, answer: 10_799n }), "Deviation", "back where it was");
  assert.equal(pushReason({ ...now, timestamp: 1_010n, answer: 10_800n }), undefined, "10 % below agrees");
  const first = { ...now, accepted: { ...accepted, answer: 0n } };
  assert.equal(pushReason({ ...first, timestamp: 1_010n }), undefined, "the first price awaits its confirmation");
  assert.equal(pushReason({ ...first, timestamp: 1_090n }), "Confirmation");
});

test("roundRefusal names what the sender would refuse, on both sides of each bound", () => {
  const feed = { maxAge: 66n, minAnswer: 10n, maxAnswer: 20n };
  const round = { roundId: (1n << 64n) | 5n, answer: 15n, updatedAt: 934n, answeredInRound: (1n << 64n) | 5n };
  const refusal = (parts: object) => roundRefusal({ round: { ...round, ...parts }, feed, timestamp: 1_000n });
  assert.equal(refusal({}), undefined);
  assert.equal(refusal({ answer: 0n }), "InvalidAnswer");
  assert.equal(refusal({ answer: -1n }), "InvalidAnswer");
  assert.equal(refusal({ answer: 10n }), "AnswerOutOfBounds");
  assert.equal(refusal({ answer: 11n }), undefined);
  assert.equal(refusal({ answer: 19n }), undefined);
  assert.equal(refusal({ answer: 20n }), "AnswerOutOfBounds");
  assert.equal(refusal({ updatedAt: 0n }), "IncompleteRound");
  assert.equal(refusal({ answeredInRound: round.answeredInRound - 1n }), "IncompleteRound");
  assert.equal(refusal({ updatedAt: 1_000n }), undefined);
  assert.equal(refusal({ updatedAt: 1_001n }), "FutureRound");
  assert.equal(refusal({ updatedAt: 933n }), "StaleRound");
  const id = (phase: bigint, number: bigint) => {
    const roundId = (phase << 64n) | number;
    return refusal({ roundId, answeredInRound: roundId });
  };
  assert.equal(id(255n, 0xffff_ffffn), undefined);
  assert.equal(id(256n, 1n), "RoundTooLarge");
  assert.equal(id(1n, 0x1_0000_0000n), "RoundTooLarge");
});
