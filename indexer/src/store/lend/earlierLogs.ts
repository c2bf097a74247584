import { uTokenAbi } from "@cxmpute/sdk";
import { hexToBigInt, hexToNumber, numberToHex, parseEventLogs, type Address, type RpcLog } from "viem";

import type { Context } from "../context.ts";
import type { PoolEvent, PoolEventName } from "./poolEvent.ts";

/** Blocks that are asked for at a time; fewer where the node refuses. */
const MOST_BLOCKS = 50_000n;

export type NamedPoolEvent = PoolEvent<PoolEventName> & { readonly name: PoolEventName };

/**
 * A pool's events before a log, from the first block of the deployment on. A pool exists before the controller lists
 * it, and Ponder brings the events of a listed one from the listing's block on only.
 */
export async function earlierEvents(
  context: Context,
  pool: Address,
  first: bigint,
  until: { readonly block: bigint; readonly logIndex: number },
): Promise<NamedPoolEvent[]> {
  const logs = await readLogs(context, pool, first, until.block);
  const events: NamedPoolEvent[] = [];
  for (const log of logs) {
    const [blockNumber, logIndex] = [hexToBigInt(log.blockNumber ?? "0x0"), hexToNumber(log.logIndex ?? "0x0")];
    if (blockNumber === until.block && logIndex >= until.logIndex) continue;
    const [parsed] = parseEventLogs({ abi: uTokenAbi, logs: [log as never] });
    if (parsed === undefined || parsed.eventName === "Approval" || log.transactionHash === null) continue;
    const { timestamp } = await context.client.getBlock({ blockNumber });
    const { from } = await context.client.getTransaction({ hash: log.transactionHash });
    events.push({
      name: parsed.eventName,
      args: parsed.args,
      log: { address: pool, logIndex },
      block: { number: blockNumber, timestamp },
      transaction: { hash: log.transactionHash, from },
    });
  }
  return events;
}

async function readLogs({ client }: Context, address: Address, first: bigint, last: bigint): Promise<RpcLog[]> {
  const logs: RpcLog[] = [];
  let size = MOST_BLOCKS;
  for (let from = first; from <= last;) {
    const to = from + size - 1n < last ? from + size - 1n : last;
    const range = { fromBlock: numberToHex(from), toBlock: numberToHex(to) };
    try {
      logs.push(...(await client.request({ method: "eth_getLogs", params: [{ address, ...range }] })));
      from = to + 1n;
    } catch (error) {
      if (size === 1n) throw error;
      size /= 2n;
    }
  }
  return logs;
}
