import { type Address, isAddressEqual } from "viem";

import { divUp } from "../internal/division.ts";
import { MILLION, NO_PRICE_LIMIT } from "./constants.ts";
import { evaluateFill } from "./evaluateFill.ts";
import { comparePrices } from "./price/comparePrices.ts";
import { encodeRatio, PriceOutOfRangeError } from "./price/encodePrice.ts";
import { simulateLeg, type SimulatedLeg } from "./simulateLeg.ts";
import { type BookOrder, FillStatus, type Leg, type Price } from "./types.ts";

export interface RouteSweepParameters {
  /** Any orders: those of other pairs, and those that the taker cannot fill now, are left out. */
  readonly orders: Iterable<BookOrder>;
  /** The token that the orders sell and the taker receives. */
  readonly sellToken: Address;
  /** The token that the orders ask for and the taker pays. */
  readonly buyToken: Address;
  /** Most units of `sellToken` to take, fee included. Give this, or a budget, or both. */
  readonly takeAmount?: bigint | undefined;
  /** Most units of `buyToken` to pay. */
  readonly budget?: bigint | undefined;
  /** Seconds: when the sweep is expected to run. */
  readonly timestamp: bigint;
  readonly taker?: Address | undefined;
  /** Highest price of any order. */
  readonly maxPrice?: Price | undefined;
  /** Millionths, the taker's discount deducted. */
  readonly takerFee?: bigint | undefined;
  /** Millionths. */
  readonly relayerFee?: bigint | undefined;
  /**
   * Millionths by which the outcome may be worse than expected before the call reverts. Without it the call fills what
   * is still there of the listed orders, never above their prices, and reverts only when nothing is.
   */
  readonly slippage?: bigint | undefined;
  /** Most orders to list, spares included; 100 unless said, about 2.5 million gas. */
  readonly maxOrders?: number | undefined;
  /** How many orders to list beyond those needed, to take the place of any that vanish; none unless said. */
  readonly spareOrders?: number | undefined;
}

export interface SweepRoute {
  /** What `fillOrders` takes; its `ids` are empty when nothing can be filled. */
  readonly leg: Leg;
  /** What the leg comes to if nothing changes. */
  readonly expected: SimulatedLeg;
  /** Units of `buyToken` for a unit of `sellToken` that leaves the orders, rounded up; undefined when nothing does. */
  readonly averagePrice: Price | undefined;
  /** The same for a unit that the taker receives, fees deducted. */
  readonly effectivePrice: Price | undefined;
  /** Whether all of `takeAmount` is taken, or what is left of the budget buys nothing more. */
  readonly complete: boolean;
}

/** More than all orders of a book can sell together. */
const ALL = (1n << 128n) - 1n;
const UNLIMITED = (1n << 256n) - 1n;
/** How many orders that fit badly are tried in first place. */
const MAX_TRIALS = 8;

/**
 * The best list of orders for an amount or a budget.
 *
 * Cheapest first, and at equal prices what came first; an order that does not fit what is left (a minimum fill, all or
 * none) is passed over, as the contract would. Each order that did not fit is then tried in first place, and the
 * outcome that takes most, then pays least, wins. Without minimum fills this is the optimum, but for the rounding of
 * one unit an order. With them it may not be: two or more badly fitting orders are not combined, and only the eight
 * cheapest are tried.
 * @throws TypeError when neither an amount nor a budget is given; RangeError when one is negative.
 */
export function routeSweep(parameters: RouteSweepParameters): SweepRoute {
  const { takeAmount, budget, slippage, spareOrders = 0, maxOrders = 100 } = parameters;
  if (takeAmount === undefined && budget === undefined) throw new TypeError("Give a takeAmount, a budget, or both.");
  if ((takeAmount ?? 0n) < 0n || (budget ?? 0n) < 0n) throw new RangeError("Amounts cannot be negative.");

  const candidates = fillableBestFirst(parameters);
  const { fills, spares } = bestList(candidates, parameters);
  const listed = [...fills, ...spares.slice(0, Math.min(spareOrders, maxOrders - fills.length))];
  const bare = bareLeg(listed, parameters);
  const expected = simulate(bare, listed, parameters);
  const leg = bounded(bare, expected, budget, slippage);
  return {
    leg,
    expected,
    averagePrice: averageOf(expected.paid, expected.taken),
    effectivePrice: averageOf(expected.paid, expected.received),
    complete: expected.taken === takeAmount || isSpent(candidates, expected, parameters),
  };
}

/** The orders of the pair that the taker could fill, were nothing else in the way. */
function fillableBestFirst({ orders, sellToken, buyToken, timestamp, taker, maxPrice }: RouteSweepParameters) {
  return [...orders]
    .filter((order) => isAddressEqual(order.sellToken, sellToken) && isAddressEqual(order.buyToken, buyToken))
    .filter((order) => evaluateFill({ order, timestamp, taker, limit: maxPrice }).status === FillStatus.Fillable)
    .sort(byPriceThenTime);
}

/** The order of a book: price, then `sequence`, then id. */
export function byPriceThenTime(a: BookOrder, b: BookOrder): number {
  return comparePrices(a.price, b.price) || compare(a.sequence ?? 0n, b.sequence ?? 0n) || compare(a.id, b.id);
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

interface Attempt {
  readonly fills: readonly BookOrder[];
  readonly taken: bigint;
  readonly paid: bigint;
}

function bestList(candidates: readonly BookOrder[], parameters: RouteSweepParameters) {
  const greedy = attempt(candidates, parameters);
  let best: Attempt = greedy;
  for (const misfit of greedy.misfits.slice(0, MAX_TRIALS)) {
    const other = attempt([misfit, ...candidates.filter((order) => order !== misfit)], parameters);
    if (other.taken > best.taken || (other.taken === best.taken && other.paid < best.paid)) best = other;
  }
  const used = new Set(best.fills);
  return { fills: best.fills, spares: candidates.filter((order) => !used.has(order)) };
}

/** Fills the orders in turn, as the contract does, and says which were used and which did not fit. */
function attempt(list: readonly BookOrder[], parameters: RouteSweepParameters): Attempt & { misfits: BookOrder[] } {
  const { timestamp, taker, takeAmount = ALL, budget = UNLIMITED, maxOrders = 100 } = parameters;
  const fills: BookOrder[] = [];
  const misfits: BookOrder[] = [];
  let taken = 0n;
  let paid = 0n;
  for (const order of list) {
    if (fills.length === maxOrders || taken === takeAmount || paid === budget) break;
    const fill = evaluateFill({ order, timestamp, taker, want: takeAmount - taken, budget: budget - paid });
    if (fill.status === FillStatus.Fillable) {
      fills.push(order);
      taken += fill.sold;
      paid += fill.paid;
    } else if (fill.status === FillStatus.BelowMinFill) {
      misfits.push(order);
    }
  }
  return { fills, misfits, taken, paid };
}

function bareLeg(listed: readonly BookOrder[], parameters: RouteSweepParameters): Leg {
  const { sellToken, buyToken, takeAmount = ALL, budget = UNLIMITED } = parameters;
  return {
    sellToken,
    buyToken,
    takeAmount,
    maxPay: budget,
    minReceive: 0n,
    maxPrice: 0n,
    ids: listed.map((order) => order.id),
    limits: listed.map((order) => order.price),
  };
}

/** Puts the taker's bounds on a leg: what it pays at most, receives at least, and the worst average price. */
function bounded(leg: Leg, expected: SimulatedLeg, budget: bigint | undefined, slippage: bigint | undefined): Leg {
  if (expected.taken === 0n) return { ...leg, maxPay: budget ?? 0n };
  if (slippage === undefined) return { ...leg, maxPay: budget ?? expected.paid };
  const worstPay = divUp(expected.paid * (MILLION + slippage), MILLION);
  return {
    ...leg,
    maxPay: budget ?? worstPay,
    minReceive: slippage < MILLION ? divUp(expected.received * (MILLION - slippage), MILLION) : 0n,
    maxPrice: ratioUp(worstPay, expected.taken),
  };
}

function simulate(leg: Leg, orders: readonly BookOrder[], parameters: RouteSweepParameters): SimulatedLeg {
  const { timestamp, taker, takerFee, relayerFee } = parameters;
  return simulateLeg({ leg, orders, timestamp, taker, takerFee, relayerFee });
}

/** Whether the budget, and not the book, is what ended the sweep. */
function isSpent(candidates: readonly BookOrder[], expected: SimulatedLeg, parameters: RouteSweepParameters): boolean {
  const { budget, timestamp, taker } = parameters;
  if (budget === undefined) return false;
  const sold = new Map(expected.fills.map((fill) => [fill.id, fill.sold]));
  const statuses = candidates
    .map((order) => ({ ...order, remaining: order.remaining - (sold.get(order.id) ?? 0n) }))
    .map((order) => evaluateFill({ order, timestamp, taker, budget: budget - expected.paid }).status);
  return statuses.includes(FillStatus.BudgetSpent) && !statuses.includes(FillStatus.Fillable);
}

/** Where the bought tokens are worth next to nothing the ratio may be beyond any price; then there is no bound. */
function ratioUp(paid: bigint, amount: bigint): Price {
  try {
    return encodeRatio(paid, amount);
  } catch (error) {
    if (error instanceof PriceOutOfRangeError) return NO_PRICE_LIMIT;
    throw error;
  }
}

function averageOf(paid: bigint, amount: bigint): Price | undefined {
  return amount === 0n ? undefined : ratioUp(paid, amount);
}
