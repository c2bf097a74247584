import type { Address } from "viem";

import { priceFeedSenderAbi } from "../../abi/priceFeedSenderAbi.ts";
import { read, type ReadClient, type ReadOptions } from "../../internal/read.ts";
import type { SenderFeed } from "../types.ts";

export interface GetSenderFeedsParameters extends ReadOptions {
  readonly priceFeedSender: Address;
}

/** All feeds of the sender, on the sister chain. */
export async function getSenderFeeds(
  client: ReadClient,
  parameters: GetSenderFeedsParameters,
): Promise<readonly SenderFeed[]> {
  const shared = { address: parameters.priceFeedSender, abi: priceFeedSenderAbi, options: parameters } as const;
  const ids = await read(client, { ...shared, functionName: "feedIds", args: [] });
  return Promise.all(
    ids.map(async (id) => {
      const [aggregator, maxAge, minAnswer, maxAnswer] = await read(client, {
        ...shared,
        functionName: "feed",
        args: [id],
      });
      return { feedId: Number(id), aggregator, maxAge, minAnswer, maxAnswer };
    }),
  );
}
