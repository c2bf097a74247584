import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { concatHex, encodeAbiParameters, numberToHex, padHex, size, toHex, type Hex } from "viem";

import { decodeTokenProbe } from "../src/lib/tokenProbe.ts";
import { tokenProbeBytecode } from "../src/lib/tokenProbeBytecode.ts";
import { artifact } from "./support/artifacts.ts";

function answers(symbol: Hex, name: Hex, decimals: Hex): Hex {
  const slot = (data: Hex): Hex =>
    concatHex([numberToHex(size(data), { size: 32 }), padHex(data, { dir: "right", size: 160 })]);
  return concatHex([symbol, name, decimals].map(slot));
}

const text = (value: string): Hex => encodeAbiParameters([{ type: "string" }], [value]);
const number = (value: bigint): Hex => numberToHex(value, { size: 32 });

test("strings, words and numbers are read, and nothing is null", () => {
  const word = padHex(toHex("MKR"), { dir: "right", size: 32 });
  assert.deepEqual(decodeTokenProbe(answers(text("USDC"), word, number(6n))), {
    symbol: "USDC",
    name: "MKR",
    decimals: 6,
  });
  assert.deepEqual(decodeTokenProbe(answers("0x", "0x", "0x")), { symbol: null, name: null, decimals: null });
  assert.deepEqual(decodeTokenProbe("0x"), { symbol: null, name: null, decimals: null });
  assert.deepEqual(decodeTokenProbe(answers(text(""), "0x1234", number(256n))), {
    symbol: null,
    name: null,
    decimals: null,
  });
  assert.equal(decodeTokenProbe(answers("0x", "0x", number(255n))).decimals, 255);
});

test("what a database or a terminal would choke on is left out", () => {
  const { symbol, name } = decodeTokenProbe(answers(text("A\0B\u001b\u202e\u200bC"), text("  x\ny  "), number(0n)));
  assert.deepEqual([symbol, name], ["ABC", "xy"]);
  const cut = concatHex([number(32n), number(2n ** 255n), "0xffff41"]);
  assert.equal(decodeTokenProbe(answers(cut, "0x", "0x")).symbol, "A");
});

test("the bytecode is the compiled contract's", () => {
  assert.equal(tokenProbeBytecode, artifact("contracts/periphery/TokenProbe").bytecode);
  assert.match(readFileSync(new URL("../src/lib/tokenProbeBytecode.ts", import.meta.url), "utf8"), /Do not edit/);
});
