import type { Address } from "viem";

import { priceOracleAbi } from "../../abi/priceOracleAbi.ts";
import { read, type ReadClient, type ReadOptions } from "../../internal/read.ts";

export interface GetPriceParameters extends ReadOptions {
  readonly priceOracle: Address;
  readonly asset: Address;
}

/**
 * An asset's fresh price, 1e18 USD for a whole token.
 * @throws CallError when there is none; `getPriceQuote` says what there is instead.
 */
export async function getPrice(client: ReadClient, parameters: GetPriceParameters): Promise<bigint> {
  const { priceOracle, asset } = parameters;
  return read(client, {
    address: priceOracle,
    abi: priceOracleAbi,
    functionName: "price",
    args: [asset],
    options: parameters,
  });
}
