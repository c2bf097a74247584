import { priceFeedReceiverAbi, priceOracleAbi } from "@cxmpute/sdk";
import { encodeFunctionData, getAddress, type Address } from "viem";

import type { ChainAccess } from "../../engine/chain/access.ts";
import { isRevert } from "../../engine/chain/isRevert.ts";
import type { Bot, Candidate, Payload, Quote } from "../../engine/types.ts";
import type { BeatView } from "../../oracle/beatWatch.ts";

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

/**
 * Pokes the chain's heartbeat every ten minutes, so that slow blocks do not add up to a stall, and what a grace waits
 * for, so that liquidations can run again: the heartbeat after a stall, and local aggregators.
 */
export function heartbeat(options: HeartbeatOptions): Bot {
  const { access, receiver, priceOracle, signer, view } = options;

  const candidateOf = (asset: Address | undefined): Candidate => ({
    payload: asset === undefined ? {} : { asset },
    key: asset === undefined ? "beat" : `watch:${asset}`,
    gains: [],
    consumes: [],
  });

  function find(): Candidate[] {
    return [...(view.isBeatDue ? [undefined] : []), ...view.unwatched].map(candidateOf);
  }

  async function quote(payload: Payload): Promise<Quote | undefined> {
    const asset = payload.asset === undefined ? undefined : getAddress(String(payload.asset));
    const account = signer;
    try {
      if (asset === undefined) {
        const beat = { address: receiver, abi: priceFeedReceiverAbi, functionName: "poke" } as const;
        const { result } = await access.read.simulateContract({ ...beat, account });
        if (!result) return undefined;
        return { ...candidateOf(asset), call: () => ({ to: receiver, data: encodeFunctionData(beat) }) };
      }
      const watch = { address: priceOracle, abi: priceOracleAbi, functionName: "poke", args: [asset] } as const;
      const { result } = await access.read.simulateContract({ ...watch, account });
      if (result === 0n) return undefined;
      return { ...candidateOf(asset), call: () => ({ to: priceOracle, data: encodeFunctionData(watch) }) };
    } catch (error) {
      if (isRevert(error)) return undefined;
      throw error;
    }
  }

  return { name: "heartbeat", periodMs: options.periodMs, dailyBudget: options.dailyBudget, find, quote };
}
