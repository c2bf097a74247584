import type { Address, Hex } from "viem";

import { priceFeedSenderAbi } from "../../abi/priceFeedSenderAbi.ts";
import { type Sent, write, type WriteClient, type WriteOptions } from "../../internal/write.ts";

export interface PushPricesParameters extends WriteOptions {
  readonly priceFeedSender: Address;
  readonly feedIds: readonly number[];
  /** Wei; `getPushFee` says how much. What is too much comes back. */
  readonly fee: bigint;
  /** Of LayerZero's type 3, added to the sender's own; none unless said. */
  readonly messageOptions?: Hex | undefined;
}

/** Sends prices from the sister chain. @returns LayerZero's id of the message, as simulated. */
export async function pushPrices(client: WriteClient, parameters: PushPricesParameters): Promise<Sent<Hex>> {
  const { priceFeedSender, feedIds, fee, messageOptions = "0x" } = parameters;
  return write(client, {
    address: priceFeedSender,
    abi: priceFeedSenderAbi,
    functionName: "push",
    args: [feedIds.map(BigInt), messageOptions],
    value: fee,
    options: parameters,
  });
}
