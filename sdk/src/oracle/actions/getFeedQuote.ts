import type { Address } from "viem";

import { priceFeedReceiverAbi } from "../../abi/priceFeedReceiverAbi.ts";
import { read, type ReadClient, type ReadOptions } from "../../internal/read.ts";
import type { FeedQuote, FeedState } from "../types.ts";

export interface GetFeedQuoteParameters extends ReadOptions {
  readonly priceFeedReceiver: Address;
  readonly feedId: number;
}

/** What the receiver knows of a feed's price. */
export async function getFeedQuote(client: ReadClient, parameters: GetFeedQuoteParameters): Promise<FeedQuote> {
  const { priceFeedReceiver, feedId } = parameters;
  const quote = await read(client, {
    address: priceFeedReceiver,
    abi: priceFeedReceiverAbi,
    functionName: "quote",
    args: [BigInt(feedId)],
    options: parameters,
  });
  return { ...quote, state: quote.state as FeedState };
}
