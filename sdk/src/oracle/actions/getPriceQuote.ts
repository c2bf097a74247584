import type { Address } from "viem";

import { priceOracleAbi } from "../../abi/priceOracleAbi.ts";
import { read, type ReadClient, type ReadOptions } from "../../internal/read.ts";
import type { PriceQuality, PriceQuote } from "../types.ts";

export interface GetPriceQuoteParameters extends ReadOptions {
  readonly priceOracle: Address;
  readonly asset: Address;
}

/** What the oracle knows of an asset's price, whatever its quality. */
export async function getPriceQuote(client: ReadClient, parameters: GetPriceQuoteParameters): Promise<PriceQuote> {
  const { priceOracle, asset } = parameters;
  const quote = await read(client, {
    address: priceOracle,
    abi: priceOracleAbi,
    functionName: "tryPrice",
    args: [asset],
    options: parameters,
  });
  return { ...quote, quality: quote.quality as PriceQuality };
}
