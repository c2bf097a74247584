import assert from "node:assert/strict";
import { describe, it } from "node:test";

import type { Cost } from "../gas/measure.ts";
import { QUOTED } from "../gas/quoted.ts";
import { joinResults } from "../gas/results.ts";
import { ROWS } from "../gas/rows.ts";
import { drawTable } from "../gas/table.ts";

/** Every row, at `gas`. */
function everyRow(gas: number): Record<string, Cost> {
  return Object.fromEntries(Object.keys(ROWS).map((key) => [key, { gas, peaq: gas }]));
}

describe("joinResults", () => {
  it("puts a peer's figures under each row that they are compared with", () => {
    const peer = { keys: ["dex.fill", "dex.fillNoFee"], peer: "P", gas: 7, peaq: 9 };
    const results = joinResults(everyRow(5), [peer]);
    assert.deepEqual(results["dex.fill"], {
      gas: 5,
      peaq: 5,
      limit: 76_000,
      peers: { P: 7 },
      peersPeaq: { P: 9 },
    });
    assert.deepEqual(results["dex.fillNoFee"]?.peers, { P: 7 });
    assert.deepEqual(results["dex.cancel"]?.peers, {});
    assert.equal(results["dex.createFor"]?.limit, null);
  });

  it("has every key that the targets name", () => {
    const keys = [
      ...["createFirst", "create", "fill", "fillNoFee", "sweep5", "sweep10", "sweep20", "fillCallFirst"],
      ...["fillCallNext", "cancel", "amend", "transfer", "size"],
    ];
    const lend = ["supplyNew", "supply", "withdraw", "borrowFirst", "borrow", "repay", "liquidate", "flashLoan"];
    const oracle = ["receive1", "receive3", "receive10", "read"];
    const results = joinResults(everyRow(5), []);
    for (const key of keys) assert.ok(typeof results[`dex.${key}`]?.limit === "number", key);
    for (const key of lend) assert.ok(typeof results[`lend.${key}`]?.limit === "number", key);
    for (const key of oracle) assert.ok(typeof results[`oracle.${key}`]?.limit === "number", key);
  });

  it("refuses rows that are missing or unknown", () => {
    const { "dex.fill": _, ...rest } = everyRow(5);
    assert.throws(() => joinResults(rest, []), /dex.fill was not measured/);
    assert.throws(() => joinResults({ ...everyRow(5), "dex.flll": { gas: 1, peaq: 1 } }, []), /dex.flll has no title/);
    assert.throws(
      () => joinResults(everyRow(5), [{ keys: ["dex.flll"], peer: "P", gas: 1, peaq: 1 }]),
      /compared with dex.flll/,
    );
  });
});

describe("drawTable", () => {
  const at = (gas: number, peers: Record<string, number> = {}, peersPeaq: Record<string, number> = peers) => ({
    "dex.fill": { gas, peaq: gas, limit: 76_000, peers, peersPeaq },
  });

  it("says whether a limit is kept, on both sides of it", () => {
    assert.match(drawTable(at(76_000), {}, {}), /76,000\s+76,000 kept\s+76,000/);
    assert.match(drawTable(at(76_001), {}, {}), /76,001\s+76,000 MISSED\s+76,001/);
  });

  it("gives the reason for a missed limit", () => {
    assert.match(drawTable(at(76_001), {}, { "dex.fill": "too many checks" }), /dex.fill: too many checks/);
    assert.match(drawTable(at(76_001), {}, {}), /dex.fill: no reason given/);
    assert.doesNotMatch(drawTable(at(76_000), {}, {}), /Above the limit/);
  });

  it("prints a peer with its difference and publishes a lost row", () => {
    const table = drawTable(at(75_000, { Cheap: 50_000, Dear: 100_000 }), {}, {});
    assert.match(table, /Cheap\s+50,000\s+ours \+50\.0 %\s+50,000/);
    assert.match(table, /Dear\s+100,000\s+ours -25\.0 %\s+100,000/);
    assert.match(table, /Won by a peer:\n {2}dex\.fill: Cheap \(gas and the charge on peaq\)$/m);
    assert.doesNotMatch(table, /dex\.fill: Dear/);
  });

  it("tells a row lost in gas from one lost on peaq", () => {
    const table = drawTable(at(75_000, { A: 70_000, B: 80_000 }, { A: 120_000, B: 74_999 }), {}, {});
    assert.match(table, /dex\.fill: A \(gas\)/);
    assert.match(table, /dex\.fill: B \(the charge on peaq\)/);
  });

  it("quotes and excuses only rows that there are", () => {
    for (const key of Object.keys(QUOTED)) assert.ok(key in ROWS, key);
  });

  it("marks quoted figures and loses no row to them", () => {
    const table = drawTable(at(75_000), { "dex.fill": { Elsewhere: 60_000 } }, {});
    assert.match(table, /\* Elsewhere\s+60,000/);
    assert.doesNotMatch(table, /Won by a peer/);
  });
});
