import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { findPostgres, startPostgres } from "../indexer/test/support/postgres.ts";
import { measureBackfill, type BackfillFigures } from "./indexer/backfill.ts";
import { createHistory } from "./indexer/history.ts";
import { measureLatency } from "./indexer/latency.ts";
import { startReplayNode } from "./indexer/replayNode.ts";

const ORDERS = Number(process.env.BENCH_ORDERS ?? 106_000);
const FIRST_PORT = Number(process.env.BENCH_PORT ?? 8_681);
const RESULTS = fileURLToPath(new URL("./results/indexer.json", import.meta.url));

interface Row {
  readonly figure: number;
  readonly limit: number | null;
  readonly unit: string;
  /** Whether a good figure is at most the limit, or at least. */
  readonly isCeiling: boolean;
}

const rows: Record<string, Row> = {};
const load = loadavg()[0] ?? 0;
const folder = mkdtempSync(path.join(tmpdir(), "bench-indexer-"));
const ports = { node: FIRST_PORT, indexer: FIRST_PORT + 1 };

const history = createHistory(ORDERS);
const node = await startReplayNode(history, ports.node);
try {
  report(await measureBackfill(history, folder, ports, {}), "Pglite", 8_000);
  const bin = findPostgres();
  if (bin === undefined) {
    process.stdout.write("This machine has no Postgres: its rows are left out.\n");
  } else {
    const postgres = await startPostgres(bin);
    try {
      report(await measureBackfill(history, folder, ports, { DATABASE_URL: postgres.url }), "Postgres", 25_000);
    } finally {
      await postgres.stop();
    }
  }
} finally {
  node.close();
  rmSync(folder, { recursive: true, force: true });
}
const latency = await measureLatency();
rows["indexer.latencyP50"] = { figure: latency.p50, limit: null, unit: "ms", isCeiling: true };
rows["indexer.latencyP95"] = { figure: latency.p95, limit: 400, unit: "ms", isCeiling: true };

mkdirSync(path.dirname(RESULTS), { recursive: true });
const machine = { cores: availableParallelism(), loadAtStart: Math.round(load * 10) / 10 };
const about = { events: history.eventCount, openOrders: history.openOrders, machine };
writeFileSync(RESULTS, `${JSON.stringify({ ...rows, about }, null, 2)}\n`);
for (const [name, { figure, limit, unit, isCeiling }] of Object.entries(rows)) {
  const verdict = limit === null ? "" : (isCeiling ? figure <= limit : figure >= limit) ? "met" : "MISSED";
  process.stdout.write(`${name.padEnd(28)} ${`${figure} ${unit}`.padStart(18)}  limit ${limit ?? "-"}  ${verdict}\n`);
}

function report(result: BackfillFigures, database: string, limit: number): void {
  const speed = { figure: result.eventsPerSecond, limit, unit: "events/s", isCeiling: false };
  rows[`indexer.backfill${database}`] = speed;
  rows[`indexer.backfill${database}PerCpuSecond`] = { ...speed, figure: result.eventsPerCpuSecond, limit: null };
  rows[`indexer.depthP50${database}`] = { figure: result.depthP50, limit: null, unit: "ms", isCeiling: true };
  rows[`indexer.depthP95${database}`] = { figure: result.depthP95, limit: 25, unit: "ms", isCeiling: true };
}
