import { Hono } from "hono";

import type { Engine } from "../engine.ts";
import type { Metrics } from "./metrics.ts";

/** What the endpoints show. */
export interface AppOptions {
  readonly engine: Pick<Engine, "illnesses" | "isReady" | "status" | "refreshMetrics">;
  readonly metrics: Metrics;
}

/** `/health` (503 with reasons when ill), `/ready`, `/metrics`, `/status`. */
export function createApp({ engine, metrics }: AppOptions): Hono {
  const app = new Hono();
  app.get("/health", (c) => {
    const reasons = engine.illnesses();
    return c.json({ status: reasons.length === 0 ? "well" : "ill", reasons }, reasons.length === 0 ? 200 : 503);
  });
  app.get("/ready", (c) => (engine.isReady() ? c.json({ ready: true }) : c.json({ ready: false }, 503)));
  app.get("/metrics", async (c) => {
    engine.refreshMetrics();
    return c.text(await metrics.registry.metrics(), 200, { "content-type": metrics.registry.contentType });
  });
  app.get("/status", (c) =>
    c.body(JSON.stringify(engine.status(), withStrings), 200, { "content-type": "application/json" }),
  );
  return app;
}

const withStrings = (_key: string, value: unknown): unknown => (typeof value === "bigint" ? value.toString() : value);
