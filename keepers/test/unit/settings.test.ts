import assert from "node:assert/strict";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { Keystore } from "ox";

import { ConfigError } from "../../src/config/ConfigError.ts";
import { loadAccount } from "../../src/config/loadAccount.ts";
import { loadDeployment } from "../../src/config/loadDeployment.ts";
import { loadSettings } from "../../src/config/loadSettings.ts";
import { testAccount, testKey } from "../support/anvil.ts";

const folder = mkdtempSync(join(tmpdir(), "keepers-settings-"));
const least = { DEPLOYMENT: "d.json", RPC_URLS: "http://127.0.0.1:1", KEEPER_PRIVATE_KEY: testKey(0) };

const sentences = (flags: Parameters<typeof loadSettings>[0], env: NodeJS.ProcessEnv): readonly string[] => {
  try {
    loadSettings(flags, env);
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    return error.sentences;
  }
  return [];
};

test("the least settings are enough; flags win over the environment, which wins over defaults", () => {
  const settings = loadSettings({ port: "1234" }, { ...least, KEEPER_PORT: "99", KEEPER_POLL_MS: "70" });
  assert.deepEqual([settings.port, settings.pollMs, settings.sweepSeconds], [1234, 70, 60]);
  assert.deepEqual(settings.bots, ["matcher"]);
});

test("amounts are exact: gwei to wei, coin to wei, prices by token", () => {
  const env = {
    ...least,
    KEEPER_MAX_FEE_GWEI: "0.000000123",
    KEEPER_MIN_BALANCE: "1.5",
    KEEPER_PRICES: '{"USDC":"4.2"}',
  };
  const { maxFeeGwei, minBalance, prices } = loadSettings({}, env);
  assert.deepEqual([maxFeeGwei, minBalance, prices], [123n, 15n * 10n ** 17n, { USDC: 42n * 10n ** 17n }]);
});

test("the liquidator sells on the order book unless told not to, and reckons with uTokens below their worth", () => {
  const { liquidatorFlash, liquidatorShareDiscount } = loadSettings({}, least);
  assert.deepEqual([liquidatorFlash, liquidatorShareDiscount], [true, 20_000n]);
  const never = loadSettings({ liquidatorFlash: "false", liquidatorShareDiscount: "100" }, least);
  assert.deepEqual([never.liquidatorFlash, never.liquidatorShareDiscount], [false, 1_000_000n]);
  assert.match(sentences({ liquidatorShareDiscount: "100.0001" }, least)[0] ?? "", /must not be above 100/);
});

test("secrets are not repeated in a sentence", () => {
  const [sentence] = sentences({}, { ...least, KEEPER_PRIVATE_KEY: "0xsecret" });
  assert.equal(sentence, "KEEPER_PRIVATE_KEY must be 0x and 64 hex digits.");
});

test("settings that contradict each other are named", () => {
  assert.match(sentences({}, { ...least, KEEPER_KEYSTORE: "k.json" })[0] ?? "", /exactly one of KEEPER_PRIVATE_KEY/);
  assert.match(sentences({ bots: "expirer" }, least)[0] ?? "", /what it may spend a day/);
  assert.deepEqual(sentences({ bots: "expirer", expirerBudget: "1" }, least), []);
  assert.match(sentences({}, { ...least, KEEPER_MIN_TIP_GWEI: "0" })[0] ?? "", /at least one wei/);
  assert.match(sentences({}, { ...least, KEEPER_PRICES: "USDC=4" })[0] ?? "", /must be JSON/);
});

test("a keystore opens with its password, from the environment or a file, and with no other", async () => {
  const [key, options] = Keystore.scrypt({ password: "correct horse", n: 1024 });
  const path = join(folder, "keystore.json");
  writeFileSync(path, JSON.stringify(Keystore.encrypt(testKey(3), key, options)));
  const passwordFile = join(folder, "password");
  writeFileSync(passwordFile, "correct horse\n");
  const base = { privateKey: undefined, keystore: path, keystorePassword: undefined, keystorePasswordFile: undefined };
  assert.equal((await loadAccount({ ...base, keystorePassword: "correct horse" })).address, testAccount(3).address);
  assert.equal((await loadAccount({ ...base, keystorePasswordFile: passwordFile })).address, testAccount(3).address);
  await assert.rejects(loadAccount({ ...base, keystorePassword: "wrong" }), /does not open with this password/);
  writeFileSync(path, "{}");
  await assert.rejects(loadAccount({ ...base, keystorePassword: "x" }), /not a version 3 JSON keystore/);
});

test("a deployment file that is missing, no JSON, or incomplete is named with what is wrong", () => {
  assert.throws(() => loadDeployment(join(folder, "none.json")), /cannot be read/);
  const path = join(folder, "deployment.json");
  writeFileSync(path, "nonsense");
  assert.throws(() => loadDeployment(path), /is not JSON/);
  writeFileSync(path, JSON.stringify({ chainId: 1, startBlock: 0, contracts: { orderNFT: "0x12" } }));
  assert.throws(() => loadDeployment(path), /is wrong at contracts.orderNFT: is not an address/);
});
