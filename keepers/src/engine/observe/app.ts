import { Hono } from "hono";
import { AggregatorRegistry } from "prom-client";

import type { Engine } from "../engine.ts";
import type { Metrics } from "./metrics.ts";

/** An engine as the endpoints show it. */
export interface ShownEngine {
  readonly engine: Pick<Engine, "illnesses" | "isReady" | "status" | "refreshMetrics">;
  readonly metrics: Metrics;
}

/** What the endpoints show. */
export interface AppOptions extends ShownEngine {
  /** The engine on the sister chain, when there is one. */
  readonly sister?: ShownEngine | undefined;
}

/** `/health` (503 with reasons when ill), `/ready`, `/metrics`, `/status`. */
export function createApp({ engine, metrics, sister }: AppOptions): Hono {
  const app = new Hono();
  const shown = sister === undefined ? [{ engine, metrics }] : [{ engine, metrics }, sister];
  app.get("/health", (c) => {
    const reasons = shown.flatMap((one) => one.engine.illnesses().map((reason) => named(one === sister, reason)));
    return c.json({ status: reasons.length === 0 ? "well" : "ill", reasons }, reasons.length === 0 ? 200 : 503);
  });
  app.get("/ready", (c) =>
    shown.every((one) => one.engine.isReady()) ? c.json({ ready: true }) : c.json({ ready: false }, 503),
  );
  app.get("/metrics", async (c) => {
    for (const one of shown) one.engine.refreshMetrics();
    const registry =
      sister === undefined
        ? metrics.registry
        : AggregatorRegistry.aggregate(await Promise.all(shown.map((one) => one.metrics.registry.getMetricsAsJSON())));
    return c.text(await registry.metrics(), 200, { "content-type": metrics.registry.contentType });
  });
  app.get("/status", (c) =>
    c.body(JSON.stringify({ ...engine.status(), sister: sister?.engine.status() }, withStrings), 200, {
      "content-type": "application/json",
    }),
  );
  return app;
}

const named = (isSister: boolean, reason: string): string => (isSister ? `Sister chain: ${reason}` : reason);

const withStrings = (_key: string, value: unknown): unknown => (typeof value === "bigint" ? value.toString() : value);
