import assert from "node:assert/strict";
import { test } from "node:test";

import { renderStatus, statusSchema } from "../../src/commands/renderStatus.ts";
import { createApp } from "../../src/engine/observe/app.ts";
import { createMetrics } from "../../src/engine/observe/metrics.ts";
import type { Status } from "../../src/engine/status.ts";

const status: Status = {
  chain: "31337:0xabc",
  signer: "0x01",
  recipient: "0x02",
  role: "sending",
  dryRun: false,
  ill: [],
  head: 7n,
  balance: 15n * 10n ** 17n,
  inFlight: { count: 1, oldestSeconds: 4 },
  watch: { orders: 3, scanned: true },
  bots: [
    {
      name: "matcher",
      ageSeconds: 1,
      periodSeconds: 60,
      found: 1,
      best: [{ key: "match:1:2", gains: [{ token: "0x03", amount: 2n ** 70n }] }],
      skipped: { unprofitable: 2 },
    },
  ],
  books: {
    totals: {
      gasCost: 10n ** 15n,
      coinPaid: 0n,
      transactions: 3,
      reverted: 1,
      tokens: [{ token: "0x03", amount: 5n }],
    },
    latest: [],
  },
};

function appWith(illnesses: string[], ready: boolean): ReturnType<typeof createApp> {
  return createApp({
    engine: { illnesses: () => illnesses, isReady: () => ready, status: () => status, refreshMetrics: () => undefined },
    metrics: createMetrics(),
  });
}

test("/health is 200 when well and 503 with the reasons when ill", async () => {
  assert.equal((await appWith([], true).request("/health")).status, 200);
  const ill = await appWith(["No new block for 90 s."], true).request("/health");
  assert.equal(ill.status, 503);
  assert.deepEqual(await ill.json(), { status: "ill", reasons: ["No new block for 90 s."] });
});

test("/ready is 503 until the first sweep is done", async () => {
  assert.equal((await appWith([], false).request("/ready")).status, 503);
  assert.equal((await appWith([], true).request("/ready")).status, 200);
});

test("/metrics is Prometheus text", async () => {
  const response = await appWith([], true).request("/metrics");
  assert.match(response.headers.get("content-type") ?? "", /^text\/plain/);
  assert.match(await response.text(), /# TYPE keeper_success_age_periods gauge/);
});

test("/status keeps every digit, and the terminal shows it", async () => {
  const json: unknown = await (await appWith([], true).request("/status")).json();
  const page = renderStatus(statusSchema.parse(json));
  assert.match(page, /1180591620717411303424 of 0x03/);
  assert.match(page, /1\.5 coin; gains go to 0x02/);
  assert.match(page, /passed over: 2 unprofitable/);
  assert.match(page, /3 transactions, 1 reverted, gas 0\.001 coin/);
});
