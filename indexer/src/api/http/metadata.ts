import { orderNftAbi } from "@cxmpute/sdk";
import { eq } from "ponder";
import { db } from "ponder:api";
import { order } from "ponder:schema";
import type { Handler } from "hono";

import { chain, settings } from "../scope.ts";

const CACHE_SECONDS = 5;
const MOST_CACHED = 1_000;

const cache = new Map<bigint, { readonly until: number; readonly uri: Promise<string> }>();

/**
 * `/metadata/<id>` and `/metadata/<id>.svg`: what the chain's `tokenURI` holds, unpacked. An order that does not exist
 * any more has none. Ids that were never seen are refused before the chain is asked.
 */
export const metadata: Handler = async (c) => {
  const match = /^(\d{1,78})(\.svg)?$/.exec(c.req.param("file") ?? "");
  if (match === null) return c.json({ error: "Ask for an order's id, with or without .svg" }, 404);
  const id = BigInt(match[1] ?? "");
  const [row] = await db.select({ status: order.status }).from(order).where(eq(order.id, id));
  if (row === undefined || row.status === "filled" || row.status === "cancelled") {
    return c.json({ error: "There is no such order" }, 404);
  }

  let json: string;
  try {
    json = unpack(await tokenUri(id));
  } catch {
    return c.json({ error: "The chain does not describe this order" }, 502);
  }
  c.header("Cache-Control", `public, max-age=${CACHE_SECONDS}`);
  c.header("X-Content-Type-Options", "nosniff");
  if (match[2] === undefined) return c.body(json, 200, { "Content-Type": "application/json; charset=utf-8" });
  // Whatever is drawn, it runs nothing in the reader's browser.
  c.header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox");
  return c.body(unpack(imageOf(json)), 200, { "Content-Type": "image/svg+xml" });
};

function tokenUri(id: bigint): Promise<string> {
  const known = cache.get(id);
  if (known !== undefined && known.until > Date.now()) return known.uri;
  const uri = chain.readContract({
    address: settings.deployment.contracts.orderNFT,
    abi: orderNftAbi,
    functionName: "tokenURI",
    args: [id],
  });
  if (cache.size >= MOST_CACHED) cache.clear();
  cache.set(id, { until: Date.now() + CACHE_SECONDS * 1_000, uri });
  return uri;
}

function imageOf(json: string): string {
  const { image } = JSON.parse(json) as { image?: unknown };
  if (typeof image !== "string") throw new Error("The metadata has no image");
  return image;
}

/** The content of a data URI. Throws when it is none. */
function unpack(uri: string): string {
  const match = /^data:[^,]*?(;base64)?,(.*)$/s.exec(uri);
  if (match === null) throw new Error("Not a data URI");
  const [, isBase64, content = ""] = match;
  return isBase64 === undefined ? decodeURIComponent(content) : Buffer.from(content, "base64").toString("utf8");
}
