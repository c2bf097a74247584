import { type Address, decodeFunctionResult, encodeFunctionData, type Hex, parseSignature } from "viem";

import { orderNftAbi } from "../../abi/orderNftAbi.ts";
import { type Sent, write, type WriteClient, type WriteOptions } from "../../internal/write.ts";
import type { NewOrder } from "../types.ts";

export interface CreateOrderWithPermitParameters extends WriteOptions {
  readonly orderNFT: Address;
  readonly order: NewOrder;
  /** The sender's ERC-2612 permit of the sold token to the order book, over `erc2612TypedData`. */
  readonly permit: { readonly value: bigint; readonly deadline: bigint; readonly signature: Hex };
}

/** Approves by signature and creates in one transaction; the sender pays. @returns the order's id as simulated. */
export async function createOrderWithPermit(
  client: WriteClient,
  parameters: CreateOrderWithPermitParameters,
): Promise<Sent<bigint>> {
  const { orderNFT, order, permit } = parameters;
  const { r, s, yParity } = parseSignature(permit.signature);
  const permitCall = encodeFunctionData({
    abi: orderNftAbi,
    functionName: "permitToken",
    args: [order.sellToken, permit.value, permit.deadline, 27 + yParity, r, s],
  });
  const createCall = encodeFunctionData({ abi: orderNftAbi, functionName: "createMany", args: [[order]] });
  const { hash, simulated } = await write(client, {
    address: orderNFT,
    abi: orderNftAbi,
    functionName: "multicall",
    args: [[permitCall, createCall]],
    options: parameters,
    context: { sellToken: order.sellToken, buyToken: order.buyToken },
  });
  return { hash, simulated: readId(simulated[1] ?? "0x") };
}

function readId(data: Hex): bigint {
  const [id] = decodeFunctionResult({ abi: orderNftAbi, functionName: "createMany", data });
  if (id === undefined) throw new TypeError("The order book made no order.");
  return id;
}
