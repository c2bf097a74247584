import assert from "node:assert/strict";
import { test } from "node:test";

import { concat, encodePacked, type Hex } from "viem";

import { receiveGas } from "../../layerzero/receiveGas.ts";
import { receiveOptions } from "./support/MailBox.ts";

/** An option of a verifier, which an executor passes over. */
const forVerifier: Hex = encodePacked(["uint8", "uint16", "uint8", "uint8"], [2, 2, 0, 1]);

test("the gas of a delivery is read from its options", () => {
  assert.equal(receiveGas(receiveOptions(123_456n)), 123_456n);
  assert.equal(receiveGas("0x0003"), 0n);
});

test("gas asked for twice adds up, with other workers' options before, between and after", () => {
  const more: Hex = `0x${receiveOptions(1_000n).slice(6)}`;
  const options = concat(["0x0003", forVerifier, more, forVerifier, more, forVerifier]);
  assert.equal(receiveGas(options), 2_000n);
});

test("LayerZero's older form asks for gas with one word", () => {
  assert.equal(receiveGas(encodePacked(["uint16", "uint256"], [1, 200_000n])), 200_000n);
  assert.throws(() => receiveGas("0x0002"), /type 2/);
});
