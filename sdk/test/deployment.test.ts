import assert from "node:assert/strict";
import { test } from "node:test";

import {
  CONTRACT_NAMES,
  deployedChainIds,
  getDeployment,
  InvalidDeploymentError,
  listTokens,
  parseDeployment,
  UnknownChainError,
} from "../src/index.ts";

const address = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
const file = {
  chainId: 31337,
  startBlock: 3,
  contracts: Object.fromEntries(CONTRACT_NAMES.map((name) => [name, address.toLowerCase()])),
  tokens: { USDC: { address, decimals: 6, name: "USD Coin" } },
};

test("parseDeployment reads text and objects alike, and checksums addresses", () => {
  const deployment = parseDeployment(JSON.stringify({ ...file, more: "ignored" }));
  assert.deepEqual(deployment, parseDeployment(file));
  assert.equal(deployment.chainId, 31337);
  assert.equal(deployment.startBlock, 3);
  assert.equal(deployment.contracts.orderNFT, address);
  assert.deepEqual(Object.keys(deployment), ["chainId", "startBlock", "contracts", "tokens"]);
  assert.deepEqual(listTokens(deployment), [{ symbol: "USDC", address, decimals: 6, name: "USD Coin" }]);
});

test("parseDeployment takes a file without tokens", () => {
  assert.deepEqual(parseDeployment({ ...file, tokens: undefined }).tokens, {});
});

test("parseDeployment says what is wrong where", () => {
  const token = file.tokens.USDC;
  const wrong: [unknown, string, RegExp][] = [
    ["{", "the file", /should be JSON/],
    ["[]", "the file", /should be an object/],
    [{ ...file, chainId: "31337" }, "chainId", /whole number from 1 .* and is "31337"/],
    [{ ...file, chainId: 0 }, "chainId", /from 1/],
    [{ ...file, startBlock: -1 }, "startBlock", /from 0/],
    [{ ...file, startBlock: 1.5 }, "startBlock", /whole number/],
    [{ ...file, contracts: null }, "contracts", /object/],
    [
      { ...file, contracts: { ...file.contracts, orderLens: undefined } },
      "contracts.orderLens",
      /address, and is missing/,
    ],
    [{ ...file, contracts: { ...file.contracts, permit2: "0x12" } }, "contracts.permit2", /address, and is "0x12"/],
    [{ ...file, tokens: { USDC: 1 } }, "tokens.USDC", /object/],
    [{ ...file, tokens: { USDC: { ...token, decimals: 256 } } }, "tokens.USDC.decimals", /from 0 to 255/],
    [{ ...file, tokens: { USDC: { ...token, name: 1 } } }, "tokens.USDC.name", /text/],
    [{ ...file, tokens: { USDC: { ...token, address: "USDC" } } }, "tokens.USDC.address", /address/],
  ];
  for (const [value, path, message] of wrong) {
    assert.throws(
      () => parseDeployment(value),
      (error) => error instanceof InvalidDeploymentError && error.path === path && message.test(error.message),
      path,
    );
  }
});

test("getDeployment knows the committed chains and names them for others", () => {
  for (const chainId of deployedChainIds()) assert.equal(getDeployment(chainId).chainId, chainId);
  assert.throws(
    () => getDeployment(31337),
    (error) => error instanceof UnknownChainError && error.chainId === 31337,
  );
});
