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

const lend = { controller: address, lens: address.toLowerCase(), pools: { USDC: { address, id: 0 } } };
const oracle = {
  priceOracle: address,
  priceFeedReceiver: address.toLowerCase(),
  feeds: { ETH: { id: 1, decimals: 8 }, USDC: { id: 0, decimals: 27 } },
};
const sister = { chainId: 1, startBlock: 0, endpointId: 30_101, priceFeedSender: address.toLowerCase() };

test("lending, the oracle and the sister chain are parts that a file may have, each by itself", () => {
  assert.deepEqual(parseDeployment({ ...file, lend: { ...lend, more: 1 } }), {
    ...parseDeployment(file),
    lend: { ...lend, lens: address },
  });
  const flashLiquidator = address.toLowerCase();
  assert.deepEqual(parseDeployment({ ...file, lend: { ...lend, flashLiquidator } }).lend, {
    ...lend,
    lens: address,
    flashLiquidator: address,
  });
  assert.deepEqual(parseDeployment({ ...file, oracle }), {
    ...parseDeployment(file),
    oracle: { ...oracle, priceFeedReceiver: address },
  });
  assert.deepEqual(parseDeployment({ ...file, sister }).sister, { ...sister, priceFeedSender: address });
  const whole = parseDeployment(JSON.stringify({ ...file, lend, oracle, sister }));
  assert.deepEqual(parseDeployment(JSON.stringify(whole)), whole, "what was read can be written and read again");
  assert.deepEqual(parseDeployment({ ...file, lend: { ...lend, pools: {} } }).lend?.pools, {});
  assert.deepEqual(parseDeployment({ ...file, oracle: { ...oracle, feeds: {} } }).oracle?.feeds, {});
});

test("ids at their bounds pass", () => {
  const pools = { USDC: { address, id: 63 } };
  assert.equal(parseDeployment({ ...file, lend: { ...lend, pools } }).lend?.pools.USDC?.id, 63);
  const feeds = { ETH: { id: 0xffff_ffff, decimals: 0 } };
  assert.deepEqual(parseDeployment({ ...file, oracle: { ...oracle, feeds } }).oracle?.feeds, feeds);
});

test("a part that is there must be whole", () => {
  const pool = lend.pools.USDC;
  const feed = oracle.feeds.ETH;
  const wrong: [object, string, RegExp][] = [
    [{ lend: null }, "lend", /an object, and is null/],
    [{ lend: { ...lend, controller: undefined } }, "lend.controller", /an address, and is missing/],
    [{ lend: { ...lend, lens: "0x" } }, "lend.lens", /an address, and is "0x"/],
    [{ lend: { ...lend, flashLiquidator: 7 } }, "lend.flashLiquidator", /an address, and is 7/],
    [{ lend: { ...lend, pools: undefined } }, "lend.pools", /an object, and is missing/],
    [{ lend: { ...lend, pools: { USDC: pool.address } } }, "lend.pools.USDC", /an object/],
    [
      { lend: { ...lend, pools: { USDC: { ...pool, address: 1 } } } },
      "lend.pools.USDC.address",
      /an address, and is 1/,
    ],
    [{ lend: { ...lend, pools: { USDC: { ...pool, id: 64 } } } }, "lend.pools.USDC.id", /from 0 to 63, and is 64/],
    [{ lend: { ...lend, pools: { USDC: { ...pool, id: "0" } } } }, "lend.pools.USDC.id", /whole number/],
    [
      { lend: { ...lend, pools: { WETH: pool } } },
      "lend.pools.WETH",
      /should be named after one of the file's tokens, and is "WETH"/,
    ],
    [
      { lend: { ...lend, pools: { USDC: pool, DAI: pool } }, tokens: { ...file.tokens, DAI: file.tokens.USDC } },
      "lend.pools.DAI.id",
      /should be another than USDC's, and is 0/,
    ],
    [{ oracle: [] }, "oracle", /an object/],
    [{ oracle: { ...oracle, priceOracle: undefined } }, "oracle.priceOracle", /an address, and is missing/],
    [{ oracle: { ...oracle, priceFeedReceiver: null } }, "oracle.priceFeedReceiver", /an address, and is null/],
    [{ oracle: { ...oracle, feeds: 1 } }, "oracle.feeds", /an object, and is 1/],
    [{ oracle: { ...oracle, feeds: { ETH: 1 } } }, "oracle.feeds.ETH", /an object/],
    [{ oracle: { ...oracle, feeds: { ETH: { ...feed, id: 2 ** 32 } } } }, "oracle.feeds.ETH.id", /to 4294967295/],
    [{ oracle: { ...oracle, feeds: { ETH: { ...feed, decimals: 28 } } } }, "oracle.feeds.ETH.decimals", /from 0 to 27/],
    [{ oracle: { ...oracle, feeds: { ETH: feed, BTC: feed } } }, "oracle.feeds.BTC.id", /another than ETH's, and is 1/],
    [{ sister: 1 }, "sister", /an object/],
    [{ sister: { ...sister, chainId: 0 } }, "sister.chainId", /from 1/],
    [{ sister: { ...sister, startBlock: undefined } }, "sister.startBlock", /from 0 .* and is missing/],
    [{ sister: { ...sister, endpointId: 0 } }, "sister.endpointId", /from 1 to 4294967295, and is 0/],
    [{ sister: { ...sister, endpointId: 2 ** 32 } }, "sister.endpointId", /from 1 to 4294967295/],
    [{ sister: { ...sister, priceFeedSender: undefined } }, "sister.priceFeedSender", /an address, and is missing/],
  ];
  for (const [parts, path, message] of wrong) {
    assert.throws(
      () => parseDeployment({ ...file, ...parts }),
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
