import type { Address } from "viem";

import { priceOracleAbi } from "../../abi/priceOracleAbi.ts";
import { type Sent, write, type WriteClient, type WriteOptions } from "../../internal/write.ts";

export interface PokeAssetParameters extends WriteOptions {
  readonly priceOracle: Address;
  readonly asset: Address;
}

/** Notes until when the rounds of an asset's local aggregators are valid. @returns how many were, as simulated. */
export async function pokeAsset(client: WriteClient, parameters: PokeAssetParameters): Promise<Sent<bigint>> {
  const { priceOracle, asset } = parameters;
  return write(client, {
    address: priceOracle,
    abi: priceOracleAbi,
    functionName: "poke",
    args: [asset],
    options: parameters,
  });
}
