import { priceFeedSenderAbi } from "@cxmpute/sdk";
import { encodeFunctionData, type Address } from "viem";

import type { ChainAccess } from "../../engine/chain/access.ts";
import { isRevert } from "../../engine/chain/isRevert.ts";
import type { Bot, Candidate, Payload, Quote } from "../../engine/types.ts";
import { dueFeeds, type PushPolicy } from "../../oracle/dueFeeds.ts";
import type { RelayView } from "../../oracle/types.ts";

/** What the oracle bot needs. */
export interface OracleOptions {
  /** The sender's chain. */
  readonly access: ChainAccess;
  readonly sender: Address;
  readonly signer: Address;
  readonly view: RelayView;
  readonly policy: PushPolicy;
  /** The sender's chain's coin a day, in wei, message fees included. */
  readonly dailyBudget: bigint;
  readonly periodMs: number;
}

/** Part of the message fee that is sent on top, since it may rise until the call lands; what is too much comes back. */
const FEE_ROOM = 10n;

/** Pushes prices that moved, grew old or confirm a jump: all that are due in one message. Earns nothing. */
export function oracle(options: OracleOptions): Bot {
  const { access, sender, signer, view, policy } = options;

  function find(): Candidate[] {
    const due = dueFeeds(view, policy);
    const ids = due.filter(({ refusal }) => refusal === undefined).map(({ feedId }) => String(feedId));
    const refused = due.filter(({ refusal }) => refusal !== undefined);
    return [
      ...(ids.length === 0 ? [] : [candidateOf(ids)]),
      ...refused.map(({ feedId }) => ({ ...candidateOf([String(feedId)]), blocked: "price_unusable" as const })),
    ];
  }

  async function quote(payload: Payload): Promise<Quote | undefined> {
    const ids = payload.feedIds as readonly string[];
    // Once a look was taken: what somebody else has pushed meanwhile need not be pushed again.
    if (view.time !== 0n && !dueFeeds(view, policy).some(({ feedId }) => ids.includes(String(feedId))))
      return undefined;
    const call = { address: sender, abi: priceFeedSenderAbi, args: [ids.map(BigInt), "0x"] } as const;
    let value: bigint;
    try {
      const fee = await access.read.readContract({ ...call, functionName: "quote" });
      // Up, so that there is some room however small the fee.
      value = fee + (fee + FEE_ROOM - 1n) / FEE_ROOM;
      await access.read.simulateContract({ ...call, functionName: "push", value, account: signer });
    } catch (error) {
      if (isRevert(error)) return undefined;
      throw error;
    }
    const data = encodeFunctionData({ ...call, functionName: "push" });
    return { ...candidateOf(ids), call: () => ({ to: sender, data, value }) };
  }

  return { name: "oracle", periodMs: options.periodMs, dailyBudget: options.dailyBudget, find, quote };
}

function candidateOf(ids: readonly string[]): Candidate {
  return { payload: { feedIds: ids }, key: `push:${ids.join(",")}`, gains: [], consumes: [] };
}
