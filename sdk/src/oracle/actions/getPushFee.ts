import type { Address, Hex } from "viem";

import { priceFeedSenderAbi } from "../../abi/priceFeedSenderAbi.ts";
import { read, type ReadClient, type ReadOptions } from "../../internal/read.ts";

export interface GetPushFeeParameters extends ReadOptions {
  readonly priceFeedSender: Address;
  readonly feedIds: readonly number[];
  /** Of LayerZero's type 3; none unless said. */
  readonly messageOptions?: Hex | undefined;
}

/** What `pushPrices` would cost now, wei. Reverts where it would. */
export async function getPushFee(client: ReadClient, parameters: GetPushFeeParameters): Promise<bigint> {
  const { priceFeedSender, feedIds, messageOptions = "0x" } = parameters;
  return read(client, {
    address: priceFeedSender,
    abi: priceFeedSenderAbi,
    functionName: "quote",
    args: [feedIds.map(BigInt), messageOptions],
    options: parameters,
  });
}
