import type { Address } from "viem";

import { orderNftAbi } from "../../abi/orderNftAbi.ts";
import { read } from "../../internal/read.ts";
import { type Sent, write, type WriteClient, type WriteOptions } from "../../internal/write.ts";

export interface RaiseEpochParameters extends WriteOptions {
  readonly orderNFT: Address;
  /** Orders with a nonce below it are cancelled; the next nonce, hence all that stand now, unless said. */
  readonly epoch?: bigint | undefined;
}

/** Cancels at once the sender's orders that were never transferred. Refunds follow by `cancelOrders`, from anybody. */
export async function raiseEpoch(client: WriteClient, parameters: RaiseEpochParameters): Promise<Sent<void>> {
  const { orderNFT, account = client.account, reader } = parameters;
  if (account === undefined) throw new TypeError("Give an account, or a client that has one.");
  const address = typeof account === "string" ? account : account.address;
  const epoch = parameters.epoch ?? (await nextNonce(reader ?? client, orderNFT, address));
  return write(client, {
    address: orderNFT,
    abi: orderNftAbi,
    functionName: "raiseEpoch",
    args: [epoch],
    options: parameters,
  });
}

async function nextNonce(client: Parameters<typeof read>[0], orderNFT: Address, account: Address): Promise<bigint> {
  const [next] = await read(client, {
    address: orderNFT,
    abi: orderNftAbi,
    functionName: "nonces",
    args: [account],
    options: {},
  });
  return next;
}
