import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { codeProof, peaqGas, proofSize } from "../gas/proof.ts";

describe("proofSize", () => {
  const nothing = { calldata: 0, accountReads: 0, calls: 0, codes: new Map(), slots: new Map() };

  it("counts the transaction and its calldata", () => {
    assert.equal(proofSize({ ...nothing, calldata: 100 }), 358);
  });

  it("counts 96 bytes an account read and 93 a call", () => {
    assert.equal(proofSize({ ...nothing, accountReads: 2, calls: 3 }), 258 + 2 * 96 + 3 * 93);
  });

  it("counts each code with its metadata, also where there is none", () => {
    const codes = new Map([
      ["0xa", 1_000],
      ["0xb", 0],
    ]);
    assert.equal(proofSize({ ...nothing, codes }), 258 + 1_000 + 2 * 169);
  });

  it("counts 116 bytes a slot that is read first, 148 one that is written first", () => {
    const slots = new Map<string, "read" | "written">([
      ["0xa:0", "read"],
      ["0xa:1", "written"],
    ]);
    assert.equal(proofSize({ ...nothing, slots }), 258 + 116 + 148);
  });

  it("makes a contract of 24 KiB cost 98,980 gas by being called", () => {
    assert.equal(codeProof(24_576) * 4, 98_980);
  });
});

describe("peaqGas", () => {
  it("is the gas used while the proof is small", () => {
    assert.equal(peaqGas(70_000, 17_499), 70_000);
    assert.equal(peaqGas(70_000, 17_500), 70_000);
  });

  it("is four times the proof once that is more", () => {
    assert.equal(peaqGas(70_000, 17_501), 70_004);
  });
});
