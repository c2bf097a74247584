import type { Address } from "viem";

import { priceFeedReceiverAbi } from "../../abi/priceFeedReceiverAbi.ts";
import { read, type ReadClient, type ReadOptions } from "../../internal/read.ts";
import type { FeedAnswer, FeedConfig, PendingAnswer } from "../types.ts";

export interface GetFeedStatusParameters extends ReadOptions {
  readonly priceFeedReceiver: Address;
  readonly feedId: number;
}

/** A feed as `pushReason` and `freshUntil` take it. */
export interface FeedStatus extends FeedConfig {
  readonly accepted: FeedAnswer;
  readonly pending: PendingAnswer | undefined;
}

/** A feed's configuration, its accepted answer, fresh or not, and the one that awaits its confirmation. */
export async function getFeedStatus(client: ReadClient, parameters: GetFeedStatusParameters): Promise<FeedStatus> {
  const { priceFeedReceiver, feedId } = parameters;
  const shared = {
    address: priceFeedReceiver,
    abi: priceFeedReceiverAbi,
    args: [BigInt(feedId)],
    options: parameters,
  } as const;
  const [[decimals, maxAge], accepted, [answer, observedFrom, deliveredFrom]] = await Promise.all([
    read(client, { ...shared, functionName: "feedConfig" }),
    read(client, { ...shared, functionName: "accepted" }),
    read(client, { ...shared, functionName: "pending" }),
  ]);
  return {
    decimals: Number(decimals),
    maxAge,
    accepted,
    pending: answer.answer === 0n ? undefined : { ...answer, observedFrom, deliveredFrom },
  };
}
