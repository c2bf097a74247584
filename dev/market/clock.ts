import { numberToHex } from "viem";

import type { Sender } from "./sender.ts";

/** Seconds that must lie between the chain and the clock before a history is written into them. */
const WORTHWHILE = 600;

export interface HistoryClock {
  /** Moves the chain to the time of a step. */
  tick(step: number): Promise<void>;
  /** Moves it to the present, less what is left. */
  end(): Promise<void>;
}

/**
 * Spreads `steps` evenly over the time between the chain's last block and now, where the chain was started in the past
 * (`anvil --timestamp`), so that charts have a history. On a chain of the present it changes nothing.
 *
 * @param behind seconds that are left for others at the end
 */
export async function historyClock(sender: Sender, steps: number, behind = 0): Promise<HistoryClock> {
  const chainTime = async (): Promise<number> => Number((await sender.client.getBlock()).timestamp);
  const now = (): number => Math.floor(Date.now() / 1_000) - behind;
  const start = await chainTime();
  const span = now() - start;
  if (span < WORTHWHILE) return { tick: () => Promise.resolve(), end: () => Promise.resolve() };

  const moveTo = async (time: number): Promise<void> => {
    if (time <= (await chainTime())) return;
    await sender.request("evm_setNextBlockTimestamp", [numberToHex(time)]);
    await sender.request("evm_mine", []);
  };
  return {
    tick: (step) => moveTo(start + Math.floor((span * (step + 1)) / (steps + 1))),
    end: () => moveTo(now()),
  };
}
