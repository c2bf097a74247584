import { type Hash, type Log, parseEventLogs, type TransactionReceipt, zeroAddress } from "viem";
import { waitForTransactionReceipt } from "viem/actions";

import { orderNftAbi } from "../../abi/orderNftAbi.ts";
import { CallError } from "../../errors/CallError.ts";
import type { ReadClient } from "../../internal/read.ts";
import type { Price } from "../types.ts";

export interface WaitForOrdersParameters {
  readonly hash: Hash;
  /** Blocks on top of the transaction's; its own alone unless said. */
  readonly confirmations?: number | undefined;
  /** Milliseconds; 180,000 unless said. */
  readonly timeout?: number | undefined;
  readonly pollingInterval?: number | undefined;
}

/** What a transaction did at the order book, in the order in which it happened. */
export interface OrderChanges {
  readonly created: readonly { readonly id: bigint; readonly sellAmount: bigint; readonly price: Price }[];
  readonly filled: readonly {
    readonly id: bigint;
    readonly sold: bigint;
    readonly paid: bigint;
    readonly fee: bigint;
  }[];
  readonly amended: readonly { readonly id: bigint; readonly remaining: bigint; readonly price: Price }[];
  /** Ended with something left in them; it went back to their owners. */
  readonly cancelled: readonly { readonly id: bigint }[];
}

/**
 * Waits for a transaction and reads what it did to orders.
 * @throws CallError when it reverted or did not arrive in time.
 */
export async function waitForOrders(
  client: ReadClient,
  { hash, confirmations, timeout, pollingInterval }: WaitForOrdersParameters,
): Promise<OrderChanges & { readonly receipt: TransactionReceipt }> {
  const bounds = Object.entries({ confirmations, timeout, pollingInterval }).filter(([, value]) => value !== undefined);
  const receipt = await waitForTransactionReceipt(client, { hash, ...Object.fromEntries(bounds) }).catch(
    (error: unknown) => Promise.reject(new CallError(error)),
  );
  if (receipt.status === "reverted") throw new CallError(new Error(`Transaction ${hash} was reverted.`));
  return { receipt, ...readOrderChanges(receipt.logs) };
}

/** What logs say about orders; those of other contracts must not be among them, or must differ in their events. */
export function readOrderChanges(logs: readonly Log[]): OrderChanges {
  const events = parseEventLogs({
    abi: orderNftAbi,
    eventName: ["OrderCreated", "OrderFilled", "OrderAmended", "Transfer"],
    logs: [...logs],
  });
  // The fill that empties an order burns its token next; every other burn is a cancellation.
  const emptied = new Set(
    events.flatMap((event, index) => {
      const next = events[index + 1];
      const isOfFill =
        event.eventName === "OrderFilled" && next?.eventName === "Transfer" && next.args.tokenId === event.args.id;
      return isOfFill ? [next] : [];
    }),
  );
  return {
    created: events.flatMap((event) => (event.eventName === "OrderCreated" ? [event.args] : [])),
    filled: events.flatMap((event) => (event.eventName === "OrderFilled" ? [event.args] : [])),
    amended: events.flatMap((event) => (event.eventName === "OrderAmended" ? [event.args] : [])),
    cancelled: events.flatMap((event) =>
      event.eventName === "Transfer" && event.args.to === zeroAddress && !emptied.has(event)
        ? [{ id: event.args.tokenId }]
        : [],
    ),
  };
}
