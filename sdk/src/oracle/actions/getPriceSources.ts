import type { Address } from "viem";

import { priceOracleAbi } from "../../abi/priceOracleAbi.ts";
import { read, type ReadClient, type ReadOptions } from "../../internal/read.ts";
import type { SourceKind } from "../types.ts";

export interface GetPriceSourcesParameters extends ReadOptions {
  readonly priceOracle: Address;
  readonly asset: Address;
}

/** One source of an asset's price; `kind` says which of the other fields count. */
export interface PriceSource {
  readonly kind: SourceKind;
  /** Feed: the receiver's id. */
  readonly feedId: number;
  /** Aggregator: its address. Dex: the quote token. */
  readonly at: Address;
  /** Aggregator: most seconds between two updates. */
  readonly heartbeat: number;
  /** Dex: least volume of the window, whole USD. */
  readonly minVolume: number;
  /** Dex: least number of blocks with fills in the window. */
  readonly minBlocks: number;
}

/** An asset's sources; the first that has a price answers. None for an asset that the oracle does not know. */
export async function getPriceSources(
  client: ReadClient,
  parameters: GetPriceSourcesParameters,
): Promise<readonly PriceSource[]> {
  const { priceOracle, asset } = parameters;
  const sources = await read(client, {
    address: priceOracle,
    abi: priceOracleAbi,
    functionName: "sourcesOf",
    args: [asset],
    options: parameters,
  });
  return sources.map((source) => ({ ...source, kind: source.kind as SourceKind }));
}
