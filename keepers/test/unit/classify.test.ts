import assert from "node:assert/strict";
import { test } from "node:test";

import { RpcRequestError } from "viem";

import { classifySendError, type SendAnswer } from "../../src/engine/chain/classify.ts";

const answers: readonly (readonly [string, SendAnswer])[] = [
  ["already known", "accepted"],
  ["transaction already imported", "accepted"],
  ["known transaction: 0xabc", "accepted"],
  ["nonce too low: next nonce 5, tx nonce 4", "nonceTooLow"],
  ["nonce is too low", "nonceTooLow"],
  ["replacement transaction underpriced", "underpriced"],
  ["transaction underpriced", "underpriced"],
  ["Priority is too low: (1 vs 2)", "underpriced"],
  ["max fee per gas less than block base fee", "underpriced"],
  ["insufficient funds for gas * price + value", "unfunded"],
  ["intrinsic gas too low", "refused"],
  ["exceeds block gas limit", "refused"],
  ["server is busy", "unsure"],
];

for (const [message, answer] of answers) {
  test(`"${message}" means ${answer}`, () => {
    const body = { method: "eth_sendRawTransaction" };
    assert.equal(
      classifySendError(new RpcRequestError({ body, url: "http://node", error: { code: -32000, message } })),
      answer,
    );
  });
}

test("the request that viem quotes in its message does not count as the node's answer", () => {
  const error = new RpcRequestError({
    body: { method: "eth_sendRawTransaction", params: ["insufficient funds"] },
    url: "http://node/already-known",
    error: { code: -32000, message: "try later" },
  });
  assert.equal(classifySendError(error), "unsure");
});
