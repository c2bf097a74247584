import { getAccountAssets, lendControllerAbi, type LendAccountView, type LendMarketView, WAD } from "@cxmpute/sdk";
import { encodeFunctionData, getAddress, type Address } from "viem";

import type { ChainAccess } from "../../engine/chain/access.ts";
import { isRevert } from "../../engine/chain/isRevert.ts";
import type { Prices } from "../../engine/price/prices.ts";
import type { Bot, Candidate, Gain, Payload, Quote } from "../../engine/types.ts";
import type { LendView } from "../../lend/lendView.ts";
import { readCapital } from "../../lend/readCapital.ts";
import { spendable } from "../../lend/spendable.ts";
import { bestPair } from "./bestPair.ts";
import { boundsOf, type Bounds } from "./boundsOf.ts";
import { isResting, obstacleOf } from "./obstacleOf.ts";
import { previewPair, type PlannedPair } from "./previewPair.ts";

/** What the liquidator needs. */
export interface LiquidatorOptions {
  readonly access: ChainAccess;
  readonly controller: Address;
  /** Who pays. */
  readonly signer: Address;
  /** Who receives what is seized. */
  readonly recipient: Address;
  readonly view: LendView;
  readonly prices: Prices;
  readonly periodMs: number;
}

/** Repays debts of unhealthy accounts with the signer's own tokens, for their collateral and a bonus. */
export function liquidator(options: LiquidatorOptions): Bot {
  const { access, controller, signer, recipient, view, prices } = options;

  function find(): Candidate[] {
    const candidates: Candidate[] = [];
    for (const borrower of view.all()) {
      if (borrower.health >= WAD && borrower.healthInFavour >= WAD) continue;
      const { account } = borrower;
      candidates.push({
        payload: { borrower: account },
        key: keyOf(account),
        gains: estimate(view, borrower),
        consumes: [],
        blocked: obstacleOf(view, borrower),
      });
    }
    return candidates;
  }

  /** The pairs that an opportunity may be about: the one of an earlier quote, or all. */
  async function pairsOf(payload: Payload, borrower: Address): Promise<(readonly [LendMarketView, LendMarketView])[]> {
    const markets = view.markets();
    if (payload.debtId !== undefined) {
      const [debt, collateral] = [markets[Number(payload.debtId)], markets[Number(payload.collateralId)]];
      return debt === undefined || collateral === undefined ? [] : [[debt, collateral]];
    }
    const used = await getAccountAssets(access.read, { controller, account: borrower });
    const open = (ids: readonly number[]): LendMarketView[] =>
      ids.flatMap((id) => (markets[id] === undefined || isResting(view, id) ? [] : [markets[id]]));
    return open(used.debt).flatMap((debt) => open(used.collateral).map((collateral) => [debt, collateral] as const));
  }

  async function plan(payload: Payload, borrower: Address): Promise<PlannedPair | undefined> {
    const pairs = await pairsOf(payload, borrower);
    const debts = [...new Set(pairs.map(([debt]) => debt))];
    const capital = new Map((await readCapital(access, signer, debts)).map((row, i) => [debts[i], spendable(row)]));
    const planned = await Promise.all(
      pairs.map(async ([debt, collateral]) => {
        const available = capital.get(debt) ?? 0n;
        if (available === 0n) return undefined;
        return previewPair({ access, controller, borrower, debt, collateral, capital: available });
      }),
    );
    return bestPair(
      prices,
      planned.filter((pair) => pair !== undefined),
    );
  }

  function callOf(borrower: Address, { debt, collateral }: PlannedPair, { maxRepay, minSeized }: Bounds) {
    const order = {
      borrower,
      debtId: BigInt(debt.id),
      collateralId: BigInt(collateral.id),
      maxRepay,
      minSeized,
      receiver: recipient,
      asShares: false,
      data: "0x",
    } as const;
    return { address: controller, abi: lendControllerAbi, functionName: "liquidate", args: [order] } as const;
  }

  async function quote(payload: Payload): Promise<Quote | undefined> {
    const borrower = getAddress(String(payload.borrower));
    const best = await plan(payload, borrower);
    if (best === undefined) return undefined;
    const { debt, collateral, limit } = best;
    let paid: bigint;
    let received: bigint;
    try {
      const call = callOf(borrower, best, { maxRepay: best.repaid, minSeized: 0n });
      ({
        result: [paid, received],
      } = await access.read.simulateContract({ ...call, account: signer }));
    } catch (error) {
      if (isRevert(error)) return undefined;
      throw error;
    }
    const seized = { token: collateral.asset, amount: received };
    const repaid = { token: debt.asset, amount: paid };
    return {
      payload: { borrower, debtId: String(debt.id), collateralId: String(collateral.id) },
      key: keyOf(borrower),
      gains: [seized],
      costs: [repaid],
      consumes: [],
      call: (floor) => ({
        to: controller,
        data: encodeFunctionData(callOf(borrower, best, boundsOf({ prices, seized, repaid, limit }, floor))),
      }),
    };
  }

  return { name: "liquidator", periodMs: options.periodMs, dailyBudget: undefined, prices, find, quote };
}

const keyOf = (account: Address): string => `liquidate:${account}`;

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
