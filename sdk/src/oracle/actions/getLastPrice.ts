import type { Address } from "viem";

import { priceOracleAbi } from "../../abi/priceOracleAbi.ts";
import { read, type ReadClient, type ReadOptions } from "../../internal/read.ts";

export interface GetLastPriceParameters extends ReadOptions {
  readonly priceOracle: Address;
  readonly asset: Address;
}

/** The last price that a source of the asset's own ever gave, however old, 1e18 USD; zero when there was none. */
export function getLastPrice(client: ReadClient, parameters: GetLastPriceParameters): Promise<bigint> {
  const { priceOracle, asset } = parameters;
  return read(client, {
    address: priceOracle,
    abi: priceOracleAbi,
    functionName: "lastPrice",
    args: [asset],
    options: parameters,
  });
}
