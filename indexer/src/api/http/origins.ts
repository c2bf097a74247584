import type { MiddlewareHandler } from "hono";
import { cors } from "hono/cors";

/**
 * Says which origins may read the answers. Ponder itself answers every preflight and marks every answer with `*`
 * before this app is asked, so a restriction has to take that mark off; without it a browser withholds the answer.
 */
export function restrictOrigins(origins: readonly string[]): MiddlewareHandler {
  if (origins.includes("*")) return (_, next) => next();
  const allow = cors({ origin: [...origins] });
  return async (c, next) => {
    c.res.headers.delete("Access-Control-Allow-Origin");
    return allow(c, next);
  };
}
