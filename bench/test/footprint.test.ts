import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { type Step, footprint } from "../gas/trace.ts";

const BOOK = `0x${"b0".repeat(20)}`;
const TOKEN = `0x${"70".repeat(20)}`;
const LIBRARY = `0x${"11".repeat(20)}`;

/** A step whose stack is given from its top. */
function step(op: string, depth: number, ...fromTop: string[]): Step {
  return { op, depth, stack: fromTop.reverse() };
}

describe("footprint", () => {
  it("counts the called contract and the sender", () => {
    const found = footprint(BOOK, [step("STOP", 1)]);
    assert.deepEqual([...found.codes], [BOOK]);
    assert.equal(found.accountReads, 1);
    assert.equal(found.calls, 0);
  });

  it("keeps the first touch of a slot", () => {
    const { slots } = footprint(BOOK, [
      step("SLOAD", 1, "0x01"),
      step("SSTORE", 1, "0x01", "0x05"),
      step("SSTORE", 1, "0x2", "0x05"),
      step("SLOAD", 1, "0x02"),
    ]);
    assert.deepEqual(
      [...slots],
      [
        [`${BOOK}:1`, "read"],
        [`${BOOK}:2`, "written"],
      ],
    );
  });

  it("puts a called contract's slots under its address, and comes back", () => {
    const { slots, codes, calls } = footprint(BOOK, [
      step("CALL", 1, "0xffff", TOKEN, "0x0", "0x0", "0x0", "0x0", "0x0"),
      step("SLOAD", 2, "0x1"),
      step("RETURN", 2, "0x0", "0x0"),
      step("SLOAD", 1, "0x1"),
    ]);
    assert.deepEqual([...slots.keys()], [`${TOKEN}:1`, `${BOOK}:1`]);
    assert.deepEqual([...codes], [BOOK, TOKEN]);
    assert.equal(calls, 1);
  });

  it("leaves the storage of a delegatecall with the caller, also one level deeper", () => {
    const { slots, codes } = footprint(BOOK, [
      step("DELEGATECALL", 1, "0xffff", LIBRARY, "0x0", "0x0", "0x0", "0x0"),
      step("SLOAD", 2, "0x7"),
      step("STATICCALL", 2, "0xffff", TOKEN, "0x0", "0x0", "0x0", "0x0"),
      step("SLOAD", 3, "0x8"),
    ]);
    assert.deepEqual([...slots.keys()], [`${BOOK}:7`, `${TOKEN}:8`]);
    assert.deepEqual([...codes], [BOOK, LIBRARY, TOKEN]);
  });

  it("does not enter a target without code", () => {
    const { slots, codes, calls } = footprint(BOOK, [
      step("STATICCALL", 1, "0xffff", "0x1", "0x0", "0x0", "0x0", "0x0"),
      step("SLOAD", 1, "0x3"),
    ]);
    assert.deepEqual([...slots.keys()], [`${BOOK}:3`]);
    assert.equal(codes.size, 2);
    assert.equal(calls, 1);
  });

  it("counts a contract once, a call each time", () => {
    const call = step("CALL", 1, "0xffff", TOKEN, "0x0", "0x0", "0x0", "0x0", "0x0");
    const { codes, calls } = footprint(BOOK, [call, step("STOP", 2), call, step("STOP", 2)]);
    assert.equal(codes.size, 2);
    assert.equal(calls, 2);
  });

  it("refuses what it does not model", () => {
    assert.throws(() => footprint(BOOK, [step("CREATE2", 1)]), /CREATE2 is not modelled/);
  });
});
