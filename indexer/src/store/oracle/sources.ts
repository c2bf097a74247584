import { oracleSource } from "ponder:schema";
import type { Address } from "viem";

import { lower, ZERO_ADDRESS } from "../../lib/address.ts";
import type { Context } from "../context.ts";
import { ensureToken } from "../token.ts";

const MOST_SOURCES = 3;
/** As the contract counts them; zero is none. */
const KINDS = [undefined, "feed", "aggregator", "dex"] as const;

interface Source {
  readonly kind: number;
  readonly feedId: number;
  readonly at: Address;
  readonly heartbeat: number;
  readonly minVolume: number;
  readonly minBlocks: number;
}

/** Puts an asset's sources in the place of those that it had. */
export async function replaceSources(
  context: Context,
  asset: Address,
  sources: readonly Source[],
  timestamp: bigint,
): Promise<void> {
  await ensureToken(context, asset);
  for (let index = 0; index < MOST_SOURCES; index += 1) {
    await context.db.delete(oracleSource, { asset, index });
    const source = sources[index];
    const kind = source === undefined ? undefined : KINDS[source.kind];
    if (source === undefined || kind === undefined) continue;
    const [isFeed, isAggregator, isDex] = [kind === "feed", kind === "aggregator", kind === "dex"];
    await context.db.insert(oracleSource).values({
      asset,
      index,
      kind,
      feedId: isFeed ? BigInt(source.feedId) : null,
      at: source.at === ZERO_ADDRESS || isFeed ? null : lower(source.at),
      heartbeat: isAggregator ? source.heartbeat : null,
      minVolume: isDex ? BigInt(source.minVolume) : null,
      minBlocks: isDex ? source.minBlocks : null,
      setAt: timestamp,
    });
  }
}
