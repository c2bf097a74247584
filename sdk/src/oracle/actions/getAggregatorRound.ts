import type { Address } from "viem";

import { read, type ReadClient, type ReadOptions } from "../../internal/read.ts";
import { aggregatorV3Abi } from "../aggregatorV3Abi.ts";
import type { AggregatorRound } from "../types.ts";

export interface GetAggregatorRoundParameters extends ReadOptions {
  readonly aggregator: Address;
}

/** The latest round of a Chainlink aggregator. */
export async function getAggregatorRound(
  client: ReadClient,
  parameters: GetAggregatorRoundParameters,
): Promise<AggregatorRound> {
  const [roundId, answer, , updatedAt, answeredInRound] = await read(client, {
    address: parameters.aggregator,
    abi: aggregatorV3Abi,
    functionName: "latestRoundData",
    args: [],
    options: parameters,
  });
  return { roundId, answer, updatedAt, answeredInRound };
}
