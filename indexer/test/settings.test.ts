import assert from "node:assert/strict";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";

import { CONTRACT_NAMES } from "@cxmpute/sdk";
import { zeroAddress } from "viem";

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
});
