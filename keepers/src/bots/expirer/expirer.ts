import { FillStatus, orderNftAbi } from "@cxmpute/sdk";
import { encodeFunctionData, type Address } from "viem";

import type { BookView } from "../../dex/bookView.ts";
import type { ChainAccess } from "../../engine/chain/access.ts";
import { isRevert } from "../../engine/chain/isRevert.ts";
import type { Bot, Candidate, Payload, Quote } from "../../engine/types.ts";

/** Orders in one transaction: about 1.5 M gas. */
const BATCH = 25;

/** What the expirer needs. */
export interface ExpirerOptions {
  readonly access: ChainAccess;
  readonly book: Address;
  readonly signer: Address;
  readonly view: BookView;
  /** Makers whose orders are cleaned up; empty for everybody's. */
  readonly makers: readonly Address[];
  /** Coin a day, in wei. */
  readonly dailyBudget: bigint;
  readonly periodMs: number;
}

/** Refunds owners of orders that have expired or are below their maker's epoch. Earns nothing: it spends a budget. */
export function expirer(options: ExpirerOptions): Bot {
  const { access, book, view, signer } = options;
  const makers = new Set(options.makers.map((maker) => maker.toLowerCase()));

  function find(): Candidate[] {
    const ids: bigint[] = [];
    for (const { id, status, maker } of view.all()) {
      if (status !== FillStatus.Expired && status !== FillStatus.Cancelled) continue;
      if (makers.size > 0 && !makers.has(maker.toLowerCase())) continue;
      ids.push(id);
      if (ids.length === BATCH) break;
    }
    if (ids.length === 0) return [];
    return [{ payload: { ids: ids.map(String) }, key: `expire:${ids.join(",")}`, gains: [], consumes: ids }];
  }

  async function quote(payload: Payload): Promise<Quote | undefined> {
    const ids = (payload.ids as readonly string[]).map(BigInt);
    const call = { address: book, abi: orderNftAbi, functionName: "cancelMany", args: [ids] } as const;
    try {
      const { result } = await access.read.simulateContract({ ...call, account: signer });
      if (result === 0n) return undefined;
    } catch (error) {
      if (isRevert(error)) return undefined;
      throw error;
    }
    return {
      payload,
      key: `expire:${ids.join(",")}`,
      gains: [],
      consumes: ids,
      call: () => ({ to: book, data: encodeFunctionData(call) }),
    };
  }

  return { name: "expirer", periodMs: options.periodMs, dailyBudget: options.dailyBudget, find, quote };
}
