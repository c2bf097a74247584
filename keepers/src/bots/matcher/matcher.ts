import { orderMatcherAbi } from "@cxmpute/sdk";
import { encodeFunctionData, getAddress, type Address } from "viem";

import type { BookView } from "../../dex/bookView.ts";
import type { ChainAccess } from "../../engine/chain/access.ts";
import { isRevert } from "../../engine/chain/isRevert.ts";
import { floorOf } from "../../engine/price/decide.ts";
import type { Bot, Candidate, Payload, Quote } from "../../engine/types.ts";
import { crossingsOf } from "./crossingsOf.ts";

/** What the matcher needs. */
export interface MatcherOptions {
  readonly access: ChainAccess;
  readonly matcher: Address;
  /** Who sends: the call is simulated from there. */
  readonly signer: Address;
  readonly recipient: Address;
  readonly view: BookView;
  /** Millionths. */
  readonly takerFee: () => bigint;
  readonly periodMs: number;
}

/** Settles crossing orders against each other; what is left over is the recipient's. Needs no capital but gas. */
export function matcher(options: MatcherOptions): Bot {
  const { access, view, signer, recipient } = options;

  function find(): Candidate[] {
    const candidates: Candidate[] = [];
    const terms = { takerFee: options.takerFee(), timestamp: view.time(), orderMatcher: options.matcher };
    for (const [x, y] of view.twoSidedPairs()) {
      const crossings = crossingsOf({ sideA: view.side(x, y), sideB: view.side(y, x), ...terms });
      for (const { a, b, surplusA, surplusB } of crossings) {
        candidates.push({
          payload: {
            idA: a.id.toString(),
            idB: b.id.toString(),
            tokenA: a.sellToken,
            tokenB: b.sellToken,
          },
          key: `match:${a.id}:${b.id}`,
          gains: [
            { token: a.sellToken, amount: surplusA },
            { token: b.sellToken, amount: surplusB },
          ],
          consumes: [a.id, b.id],
        });
      }
    }
    return candidates;
  }

  async function quote(payload: Payload): Promise<Quote | undefined> {
    const idA = BigInt(String(payload.idA));
    const idB = BigInt(String(payload.idB));
    let surplusA: bigint;
    let surplusB: bigint;
    try {
      const { result } = await access.read.simulateContract({
        account: signer,
        address: options.matcher,
        abi: orderMatcherAbi,
        functionName: "matchOrders",
        args: [idA, idB, recipient, 0n, 0n],
      });
      ({ surplusA, surplusB } = result);
    } catch (error) {
      if (isRevert(error)) return undefined;
      throw error;
    }
    if (surplusA === 0n && surplusB === 0n) return undefined;
    return {
      payload,
      key: `match:${idA}:${idB}`,
      gains: [
        { token: getAddress(String(payload.tokenA)), amount: surplusA },
        { token: getAddress(String(payload.tokenB)), amount: surplusB },
      ],
      consumes: [idA, idB],
      call: (floor) => ({
        to: options.matcher,
        data: encodeFunctionData({
          abi: orderMatcherAbi,
          functionName: "matchOrders",
          args: [idA, idB, recipient, floorOf(surplusA, floor), floorOf(surplusB, floor)],
        }),
      }),
    };
  }

  return { name: "matcher", periodMs: options.periodMs, dailyBudget: undefined, find, quote };
}
