import { priceFeedReceiverAbi, priceOracleAbi } from "@cxmpute/sdk";
import { encodeFunctionData, getAddress, type Address } from "viem";

import type { ChainAccess } from "../../engine/chain/access.ts";
import { isRevert } from "../../engine/chain/isRevert.ts";
import type { Bot, Candidate, Payload, Quote } from "../../engine/types.ts";
import type { BeatReason, BeatView } from "../../oracle/beatWatch.ts";

/** What the heartbeat bot needs. */
export interface HeartbeatOptions {
  readonly access: ChainAccess;
  readonly receiver: Address;
  readonly priceOracle: Address;
  readonly signer: Address;
  readonly view: BeatView;
  /** Coin a day, in wei. */
  readonly dailyBudget: bigint;
  readonly periodMs: number;
}

/** Routine beats leave the rest of the budget to what liquidations wait for. */
const ROUTINE_PERCENT = 80n;

/**
 * Pokes the chain's heartbeat every ten minutes, so that slow blocks do not add up to a stall, and what a grace waits
 * for, so that liquidations can run again: the heartbeat after a stall, and local aggregators.
 */
export function heartbeat(options: HeartbeatOptions): Bot {
  const { access, receiver, priceOracle, signer, view } = options;

  const beatFor = (reason: BeatReason): Candidate => ({
    payload: { reason },
    key: `beat:${reason}`,
    gains: [],
    consumes: [],
    budgetPercent: reason === "routine" ? ROUTINE_PERCENT : undefined,
  });

  const watchOf = (asset: Address): Candidate => ({
    payload: { asset },
    key: `watch:${asset}`,
    gains: [],
    consumes: [],
  });

  function find(): Candidate[] {
    return [...(view.beat === undefined ? [] : [beatFor(view.beat)]), ...view.unwatched.map(watchOf)];
  }

  async function quoteBeat(reason: BeatReason): Promise<Quote | undefined> {
    const beat = { address: receiver, abi: priceFeedReceiverAbi, functionName: "poke" } as const;
    const { result } = await access.read.simulateContract({ ...beat, account: signer });
    if (!result) return undefined;
    return { ...beatFor(reason), call: () => ({ to: receiver, data: encodeFunctionData(beat) }) };
  }

  async function quoteWatch(asset: Address): Promise<Quote | undefined> {
    const watch = { address: priceOracle, abi: priceOracleAbi, functionName: "poke", args: [asset] } as const;
    const { result } = await access.read.simulateContract({ ...watch, account: signer });
    if (result === 0n) return undefined;
    return { ...watchOf(asset), call: () => ({ to: priceOracle, data: encodeFunctionData(watch) }) };
  }

  async function quote({ asset, reason }: Payload): Promise<Quote | undefined> {
    try {
      if (asset !== undefined) return await quoteWatch(getAddress(String(asset)));
      return await quoteBeat(reason === "stall" ? reason : "routine");
    } catch (error) {
      if (isRevert(error)) return undefined;
      throw error;
    }
  }

  return { name: "heartbeat", periodMs: options.periodMs, dailyBudget: options.dailyBudget, find, quote };
}
