import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { check } from "../gas/check.ts";
import { parseRecord } from "../gas/files.ts";
import type { Results } from "../gas/results.ts";

function results(gas: number, peaq = gas, limit: number | null = 100): Results {
  return { "dex.fill": { gas, peaq, limit, peers: {}, peersPeaq: {} } };
}

describe("check", () => {
  it("is content at the limit and with unchanged figures", () => {
    assert.deepEqual(check(results(100), { "dex.fill": { gas: 100, peaq: 100 } }, {}), []);
  });

  it("refuses a figure one above its limit", () => {
    assert.deepEqual(check(results(101), {}, {}), ["dex.fill: 101 is above its limit of 100"]);
  });

  it("lets a listed row be above its limit, but not grow", () => {
    const misses = { "dex.fill": "because" };
    assert.deepEqual(check(results(101), { "dex.fill": { gas: 101, peaq: 101 } }, misses), []);
    assert.deepEqual(check(results(102, 101), { "dex.fill": { gas: 101, peaq: 101 } }, misses), [
      "dex.fill: grew from 101 to 102",
    ]);
  });

  it("refuses growth on peaq alone", () => {
    assert.deepEqual(check(results(90, 201), { "dex.fill": { gas: 90, peaq: 200 } }, {}), [
      "dex.fill: its charge on peaq grew from 200 to 201",
    ]);
  });

  it("refuses a listed row that keeps its limit, has no reason, or does not exist", () => {
    assert.deepEqual(check(results(100), {}, { "dex.fill": "because" }), [
      "dex.fill: within its limit; take it out of misses.json",
    ]);
    assert.deepEqual(check(results(101), {}, { "dex.fill": " " }), ["dex.fill: in misses.json without a reason"]);
    assert.deepEqual(check(results(100), {}, { "dex.fil": "because" }), ["dex.fil: in misses.json, but no row"]);
  });

  it("refuses that a committed row is gone", () => {
    assert.deepEqual(check({}, { "dex.fill": { gas: 1, peaq: 1 } }, {}), [
      "dex.fill: committed, but not measured any more",
    ]);
  });

  it("holds a row without a limit to its committed figure only", () => {
    assert.deepEqual(check(results(1_000, 1_000, null), {}, {}), []);
    assert.equal(check(results(1_000, 1_000, null), { "dex.fill": { gas: 999, peaq: 1_000 } }, {}).length, 1);
  });
});

describe("parseRecord", () => {
  const isString = (value: unknown): value is string => typeof value === "string";

  it("takes an object of the right values", () => {
    assert.deepEqual(parseRecord("f", '{"a":"b"}', isString), { a: "b" });
  });

  it("names the file and the key that is wrong", () => {
    assert.throws(() => parseRecord("f", '{"a":1}', isString), /f: a is not/);
    assert.throws(() => parseRecord("f", "[]", isString), /f is not an object/);
  });
});
