import { setTimeout as sleep } from "node:timers/promises";

import { numberToHex } from "viem";

import type { Courier } from "./Courier.ts";
import type { Site } from "./Site.ts";

const LOCAL = { patience: 30_000, poll: 100 };
const LIVE = { patience: 1_800_000, poll: 5_000 };

/** On live networks time passes by itself, and LayerZero's verifiers and executor carry. */
export function liveCourier(): Courier {
  return {
    patience: LIVE.patience,
    pass: (seconds) => sleep(seconds * 1_000),
    carry: () => sleep(LIVE.poll),
  };
}

/** On local chains time is made to pass; the workers of development carry. */
export function localCourier(sites: readonly Site[], carry = (): Promise<void> => sleep(LOCAL.poll)): Courier {
  return {
    patience: LOCAL.patience,
    carry,
    pass: async (seconds) => {
      for (const { provider } of sites) {
        await provider.request({ method: "evm_increaseTime", params: [numberToHex(seconds)] });
        await provider.request({ method: "evm_mine", params: [] });
      }
    },
  };
}
