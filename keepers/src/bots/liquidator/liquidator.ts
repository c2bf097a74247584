import { getAccountAssets, type LendAccountView, type LendMarketView, UNLIMITED, WAD } from "@cxmpute/sdk";
import { getAddress, type Address } from "viem";

import { pathsOf } from "../../dex/pathsOf.ts";
import type { Venue } from "../../dex/types.ts";
import type { ChainAccess } from "../../engine/chain/access.ts";
import type { Prices } from "../../engine/price/prices.ts";
import type { Bot, Candidate, Gain, Payload, Quote } from "../../engine/types.ts";
import type { LendView } from "../../lend/lendView.ts";
import { readCapital } from "../../lend/readCapital.ts";
import { spendable } from "../../lend/spendable.ts";
import { bestPlan } from "./bestPlan.ts";
import { betterQuote } from "./betterQuote.ts";
import { flashPlansOf } from "./flashPlansOf.ts";
import { isResting } from "./isResting.ts";
import { keyOf } from "./keyOf.ts";
import { obstacleOf } from "./obstacleOf.ts";
import { planPair } from "./planPair.ts";
import { quoteFlash } from "./quoteFlash.ts";
import { quoteOwn } from "./quoteOwn.ts";
import { seizedOf } from "./seizedOf.ts";
import { settledOf, type Settled } from "./settledOf.ts";
import type { FlashPlan, Plan, PlannedPair } from "./types.ts";

/** Liquidations that pay for themselves. */
export interface FlashOptions {
  readonly flashLiquidator: Address;
  /** Where it sells. */
  readonly venue: Venue;
}

/** What the liquidator needs. */
export interface LiquidatorOptions {
  readonly access: ChainAccess;
  readonly controller: Address;
  /** Undefined for own capital alone. */
  readonly flash: FlashOptions | undefined;
  /** Who pays. */
  readonly signer: Address;
  /** Who receives what is seized, or what is left of it. */
  readonly recipient: Address;
  readonly view: LendView;
  readonly prices: Prices;
  readonly periodMs: number;
}

/**
 * Repays debts of unhealthy accounts for their collateral and a bonus: with the signer's own tokens, or with what the
 * collateral sells for on the order book, whichever earns more.
 */
export function liquidator(options: LiquidatorOptions): Bot {
  const { access, controller, flash, signer, recipient, view, prices } = options;

  function find(): Candidate[] {
    const candidates: Candidate[] = [];
    const canSell = salesOf(flash?.venue);
    for (const borrower of view.all()) {
      if (borrower.health >= WAD && borrower.healthInFavour >= WAD) continue;
      const { account } = borrower;
      candidates.push({
        payload: { borrower: account },
        key: keyOf(account),
        gains: estimate(view, borrower),
        consumes: [],
        blocked: obstacleOf({ view, canSell, borrower }),
      });
    }
    return candidates;
  }

  /** The pairs that an opportunity may be about: the one of an earlier quote, or all. */
  async function pairsOf(borrower: Address, settled: Settled | undefined) {
    const markets = view.markets();
    const used =
      settled === undefined
        ? await getAccountAssets(access.read, { controller, account: borrower })
        : { debt: [settled.debtId], collateral: [settled.collateralId] };
    const open = (ids: readonly number[]): LendMarketView[] =>
      ids.flatMap((id) => (markets[id] === undefined || isResting(markets[id], view.time()) ? [] : [markets[id]]));
    return open(used.debt).flatMap((debt) => open(used.collateral).map((collateral) => ({ debt, collateral })));
  }

  /** Of each way the plan that earns most. */
  async function plansFor(borrower: Address, settled: Settled | undefined) {
    const pairs = await pairsOf(borrower, settled);
    const isAsked = (way: Plan["way"]): boolean => settled === undefined || settled.way === way;
    const fits = ({ asShares }: PlannedPair): boolean => settled === undefined || settled.asShares === asShares;
    const preview = async (pair: (typeof pairs)[number], capital: bigint): Promise<PlannedPair[]> =>
      capital === 0n ? [] : (await planPair({ access, controller, borrower, ...pair, capital })).filter(fits);

    async function ownPlans(): Promise<Plan[]> {
      const debts = [...new Set(pairs.map(({ debt }) => debt))];
      const capital = new Map((await readCapital(access, signer, debts)).map((row, i) => [debts[i], spendable(row)]));
      const planned = await Promise.all(pairs.map((pair) => preview(pair, capital.get(pair.debt) ?? 0n)));
      return planned.flat().map((pair): Plan => {
        const costs = [{ token: pair.debt.asset, amount: pair.repaid }];
        return { way: "own", pair, gains: [seizedOf(pair)], costs };
      });
    }

    async function flashPlans(venue: Venue): Promise<FlashPlan[]> {
      const planned = await Promise.all(pairs.map((pair) => preview(pair, UNLIMITED)));
      return planned.flat().flatMap((pair) => flashPlansOf({ venue, pair, path: settled?.path }));
    }

    const [own, flashed] = await Promise.all([
      isAsked("own") ? ownPlans() : [],
      flash !== undefined && isAsked("flash") ? flashPlans(flash.venue) : [],
    ]);
    return { own: bestPlan(prices, own), flashed: bestPlan(prices, flashed) };
  }

  async function quote(payload: Payload): Promise<Quote | undefined> {
    const borrower = getAddress(String(payload.borrower));
    const { own, flashed } = await plansFor(borrower, settledOf(payload));
    const common = { access, signer, recipient, borrower };
    const quotes = await Promise.all([
      own && quoteOwn({ ...common, controller, prices, plan: own }),
      flashed && flash && quoteFlash({ ...common, flashLiquidator: flash.flashLiquidator, plan: flashed }),
    ]);
    return betterQuote({ access, signer, prices, quotes: quotes.filter((found) => found !== undefined) });
  }

  return { name: "liquidator", periodMs: options.periodMs, dailyBudget: undefined, prices, find, quote };
}

/** Whether one token can be sold for another; each two are looked for once. */
function salesOf(venue: Venue | undefined): (from: Address, to: Address) => boolean {
  const known = new Map<string, boolean>();
  return (from, to) => {
    const key = `${from}${to}`;
    const found = known.get(key) ?? (venue !== undefined && pathsOf(venue, from, to).length > 0);
    known.set(key, found);
    return found;
  };
}

/**
 * The liquidator's part of the bonus on all that could be repaid, in units of the collateral with the lowest id: what
 * candidates are ranked by.
 */
function estimate(view: LendView, { collateralIds, collateral, debt }: LendAccountView): Gain[] {
  const [id] = collateralIds;
  const market = id === undefined ? undefined : view.markets()[id];
  if (market === undefined || market.quote.high === 0n) return [];
  const repaid = debt < collateral ? debt : collateral;
  // 60 % of the bonus; both steps down.
  const value = (repaid * market.bonus * 6n) / (10n * WAD);
  return [{ token: market.asset, amount: (value * 10n ** BigInt(market.decimals)) / market.quote.high }];
}
