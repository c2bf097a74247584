import type { Address } from "viem";

import { liquidator } from "../../src/bots/liquidator/liquidator.ts";
import { bookView } from "../../src/dex/bookView.ts";
import { bookWatch } from "../../src/dex/bookWatch.ts";
import type { Context, SendPolicy } from "../../src/engine/context.ts";
import { pass } from "../../src/engine/pass.ts";
import type { FixedPrice } from "../../src/engine/price/prices.ts";
import { track } from "../../src/engine/send/track.ts";
import { createSkips, type Skips } from "../../src/engine/skips.ts";
import type { Bot } from "../../src/engine/types.ts";
import { allWatches } from "../../src/engine/watch/allWatches.ts";
import type { Watch } from "../../src/engine/watch/watch.ts";
import { lendView, type LendView } from "../../src/lend/lendView.ts";
import { lendWatch } from "../../src/lend/lendWatch.ts";
import { oraclePrices } from "../../src/lend/oraclePrices.ts";
import type { TestChain } from "./anvil.ts";
import { TAKER_FEE } from "./deployDex.ts";
import type { FlashVenue } from "./deployFlash.ts";
import type { Lend } from "./deployLend.ts";
import { mined } from "./mined.ts";
import { testClock, testContext, type Clock } from "./testContext.ts";

/** The liquidator over the real contracts. */
export interface LiquidatorBench {
  readonly context: Context;
  readonly bot: Bot;
  readonly view: LendView;
  readonly watch: Watch;
  readonly skips: Skips;
  readonly clock: Clock;
  /** Reads the chain. */
  look(): Promise<void>;
  /** Reads the chain, passes once, books what landed. */
  round(): Promise<boolean>;
  skipped(): Record<string, number>;
}

export interface LiquidatorBenchOptions {
  readonly policy?: Partial<SendPolicy>;
  readonly fixed?: ReadonlyMap<string, FixedPrice>;
  /** The wrapped coin; WPEAQ unless said. */
  readonly coin?: Address;
  readonly recipient?: Address;
  readonly sweepMs?: number;
  /** Millionths; none unless said. */
  readonly slippage?: bigint;
  /** Millionths; none unless said. */
  readonly shareDiscount?: bigint;
  /** Where it may sell; own capital alone unless said. */
  readonly venue?: FlashVenue;
}

export async function liquidatorBench(
  chain: TestChain,
  lend: Lend,
  options: LiquidatorBenchOptions = {},
): Promise<LiquidatorBench> {
  const clock = testClock();
  const base = await testContext(chain, { clock, ...(options.policy && { policy: options.policy }) });
  const context = { ...base, recipient: options.recipient ?? base.recipient };
  const { access, account, recipient, metrics, log } = context;
  const [view, book] = [lendView(), bookView()];
  const { venue } = options;
  const tokens = [lend.usdc.asset, lend.weth.asset, lend.wpeaq.asset];
  const bot = liquidator({
    access,
    controller: lend.controller,
    flash: venue && {
      flashLiquidator: venue.flashLiquidator,
      venue: { view: book, taker: venue.flashLiquidator, takerFee: () => TAKER_FEE, tokens },
    },
    signer: account.address,
    recipient,
    view,
    prices: oraclePrices({
      view,
      coin: options.coin ?? lend.wpeaq.asset,
      fixed: options.fixed ?? new Map(),
      slippage: options.slippage ?? 0n,
      shareDiscount: options.shareDiscount ?? 0n,
    }),
    periodMs: 60_000,
  });
  const common = {
    access,
    startBlock: 0n,
    maxLogRange: 1000n,
    sweepMs: options.sweepMs ?? 60_000,
    metrics,
    log,
    now: clock.now,
  };
  const watch = allWatches([
    lendWatch({ ...common, lens: lend.lens, signer: account.address, view }),
    ...(venue === undefined
      ? []
      : [
          bookWatch({
            ...common,
            book: venue.book,
            lens: venue.lens,
            taker: venue.matcher,
            indexer: undefined,
            view: book,
          }),
        ]),
  ]);
  const full = { ...context, bots: new Map([[bot.name, bot]]) };
  const skips = createSkips(full);
  async function look(): Promise<void> {
    const { number, hash, timestamp } = await chain.client.getBlock();
    await watch.advance({ number, hash, timestamp });
  }
  return {
    context: full,
    bot,
    view,
    watch,
    skips,
    clock,
    look,
    async round() {
      await look();
      const sent = await pass(full, bot, skips);
      await mined(chain);
      await track(full, { nonceTaken: new Map() });
      return sent;
    },
    skipped: () => skips.counts(bot.name),
  };
}
