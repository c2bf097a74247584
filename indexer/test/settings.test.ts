import assert from "node:assert/strict";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";

import { CONTRACT_NAMES } from "@cxmpute/sdk";
import { zeroAddress } from "viem";

import { onlyDeployed } from "../src/lib/onlyDeployed.ts";
import { readSettings } from "../src/settings.ts";

const orderNFT = "0x9fE46736679d2D9a65F0992F2272dE9f3c7fa6e0";

function deploymentFile(content: unknown): string {
  const file = path.join(mkdtempSync(path.join(tmpdir(), "settings-")), "deployment.json");
  writeFileSync(file, JSON.stringify(content));
  return file;
}

const contracts = Object.fromEntries(CONTRACT_NAMES.map((name) => [name, orderNFT]));
const DEPLOYMENT = deploymentFile({ chainId: 31_337, startBlock: 3, contracts });

test("a local chain is polled often, not cached, and named several times", () => {
  const settings = readSettings({ RPC_URL: "http://127.0.0.1:8545", DEPLOYMENT });
  assert.equal(settings.isLocal, true);
  assert.equal(settings.cachesRpc, false);
  assert.equal(settings.pollingInterval, 200);
  assert.equal(settings.rpcUrls.length, 8);
  assert.equal(settings.deployment.contracts.orderNFT, orderNFT);
  assert.equal(settings.databaseUrl, undefined);
});

test("a remote chain is polled every second, each of its URLs named once", () => {
  const settings = readSettings({ RPC_URL: "https://a.example, https://b.example", DEPLOYMENT, CORS_ORIGINS: "" });
  assert.equal(settings.isLocal, false);
  assert.equal(settings.cachesRpc, true);
  assert.equal(settings.pollingInterval, 1_000);
  assert.deepEqual(settings.rpcUrls, ["https://a.example", "https://b.example"]);
  assert.deepEqual(settings.corsOrigins, ["*"]);
});

test("every wrong value is named, with what is wrong about it", () => {
  const env = { RPC_URL: "ftp://a.example", DEPLOYMENT, DATABASE_URL: "mysql://a", POLL_MS: "3", MAX_LAG_BLOCKS: "x" };
  assert.throws(() => readSettings(env), /RPC_URL[^]*DATABASE_URL[^]*POLL_MS[^]*MAX_LAG_BLOCKS/);
  assert.throws(() => readSettings({ DEPLOYMENT }), /RPC_URL is missing/);
});

test("a deployment that is missing, malformed or of another chain is refused", () => {
  const RPC_URL = "http://127.0.0.1:8545";
  assert.throws(() => readSettings({ RPC_URL, DEPLOYMENT: "nowhere.json" }), /cannot be read: ENOENT/);
  assert.throws(
    () => readSettings({ RPC_URL, DEPLOYMENT, CHAIN_ID: "3338" }),
    /CHAIN_ID is 3338, but .* of chain 31337/,
  );
  const zero = deploymentFile({ chainId: 1, startBlock: 0, contracts: { ...contracts, orderNFT: zeroAddress } });
  assert.throws(() => readSettings({ RPC_URL, DEPLOYMENT: zero }), /has no order book/);
  const none = deploymentFile({ chainId: 1, startBlock: 0 });
  assert.throws(() => readSettings({ RPC_URL, DEPLOYMENT: none }), /contracts/);
  const halfLend = deploymentFile({ chainId: 1, startBlock: 0, contracts, lend: { controller: "0x12", pools: {} } });
  assert.throws(() => readSettings({ RPC_URL, DEPLOYMENT: halfLend }), /lend\.controller should be an address/);
  const halfOracle = deploymentFile({ chainId: 1, startBlock: 0, contracts, oracle: { priceOracle: orderNFT } });
  assert.throws(() => readSettings({ RPC_URL, DEPLOYMENT: halfOracle }), /oracle\./);
});

test("lending and the oracle are there only where the deployment has them", () => {
  const RPC_URL = "http://127.0.0.1:8545";
  const plain = readSettings({ RPC_URL, DEPLOYMENT }).deployment;
  const entries = { OrderNFT: 1, LendController: 2, UToken: 3, PriceOracle: 4, PriceFeedReceiver: 5 };
  assert.deepEqual(onlyDeployed(plain, entries), { OrderNFT: 1 });
  const lend = { controller: orderNFT, lens: orderNFT, pools: {} };
  const oracle = { priceOracle: orderNFT, priceFeedReceiver: orderNFT, feeds: {} };
  const whole = deploymentFile({ chainId: 1, startBlock: 0, contracts, lend, oracle });
  assert.deepEqual(onlyDeployed(readSettings({ RPC_URL, DEPLOYMENT: whole }).deployment, entries), entries);
});
