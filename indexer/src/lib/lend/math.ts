/** The pools' arithmetic as the contracts do it. Every division says how it rounds. */

export const WAD = 10n ** 18n;
export const BPS = 10_000n;
export const MAX_RESERVE = 2n ** 80n - 1n;

const BPS_IN_WAD = 10n ** 14n;
const YEAR = 365n * 24n * 3_600n;
const VIRTUAL_SHARES = 10n ** 6n;
const MAX_INDEX = 2n ** 96n - 1n;
/** Of a flash loan's fee, in basis points. */
const RESERVE_OF_FLASH_FEE = 8_000n;

export interface Curve {
  readonly baseBps: number;
  readonly slope1Bps: number;
  readonly slope2Bps: number;
  readonly kinkBps: number;
}

export interface Totals {
  readonly cash: bigint;
  readonly reserve: bigint;
  readonly supplyShares: bigint;
  readonly debtShares: bigint;
  readonly debtIndex: bigint;
  readonly updatedAt: bigint;
}

export type Market = Totals & Curve & { readonly reserveFactorBps: number };

export function mulDivDown(x: bigint, y: bigint, d: bigint): bigint {
  return (x * y) / d;
}

export function mulDivUp(x: bigint, y: bigint, d: bigint): bigint {
  return (x * y + d - 1n) / d;
}

export function min(x: bigint, y: bigint): bigint {
  return x < y ? x : y;
}

/** What all accounts owe, rounded down. */
export function debtDown({ debtShares, debtIndex }: Pick<Totals, "debtShares" | "debtIndex">): bigint {
  return mulDivDown(debtShares, debtIndex, WAD);
}

/** What debt shares cost to repay, rounded up. */
export function debtUp({ debtIndex }: Pick<Totals, "debtIndex">, debtShares: bigint): bigint {
  return mulDivUp(debtShares, debtIndex, WAD);
}

export function totalAssets(totals: Totals): bigint {
  return totals.cash + debtDown(totals) - totals.reserve;
}

/** What supply shares are worth, rounded down. */
export function toAssetsDown(totals: Totals, shares: bigint): bigint {
  return mulDivDown(shares, totalAssets(totals) + 1n, totals.supplyShares + VIRTUAL_SHARES);
}

/** Which part of what was supplied is lent, 1e18, rounded up. */
export function utilisationUp(cash: bigint, debt: bigint): bigint {
  return debt === 0n ? 0n : mulDivUp(debt, WAD, cash + debt);
}

/** What borrowing costs a year at a utilisation, 1e18, rounded down. Zero for a pool whose curve was never set. */
export function borrowRateAt(curve: Curve, utilisation: bigint): bigint {
  const [base, kink] = [BigInt(curve.baseBps) * BPS_IN_WAD, BigInt(curve.kinkBps)];
  const [slope1, slope2] = [BigInt(curve.slope1Bps), BigInt(curve.slope2Bps)];
  if (kink === 0n) return 0n;
  if (utilisation <= kink * BPS_IN_WAD) return base + mulDivDown(slope1, utilisation, kink);
  const above = utilisation - kink * BPS_IN_WAD;
  return base + slope1 * BPS_IN_WAD + mulDivDown(slope2, above, BPS - kink);
}

export function borrowRate(market: Market): bigint {
  return borrowRateAt(market, utilisationUp(market.cash, debtDown(market)));
}

/** What supplying earns a year, 1e18, rounded down. */
export function supplyRate(market: Market): bigint {
  const total = totalAssets(market);
  if (total === 0n) return 0n;
  const ofInterest = mulDivDown(borrowRate(market), BPS - BigInt(market.reserveFactorBps), BPS);
  return mulDivDown(ofInterest, debtDown(market), total);
}

/** By what part a debt grows in `elapsed` seconds, 1e18, rounded down term by term. */
export function growthDown(rate: bigint, elapsed: bigint): bigint {
  const x = (rate * elapsed) / YEAR;
  return x + (x * x) / (2n * WAD) + (x * x * x) / (6n * WAD * WAD);
}

/** The reserve after interest that moved the index to `debtIndex`. */
export function reserveAfter(market: Market, debtIndex: bigint): bigint {
  const interest = debtDown({ debtShares: market.debtShares, debtIndex }) - debtDown(market);
  return min(market.reserve + mulDivDown(interest, BigInt(market.reserveFactorBps), BPS), MAX_RESERVE);
}

/** The totals with interest up to `now` (seconds); as they are when that is not later. */
export function accrued<T extends Market>(market: T, now: bigint): T {
  const elapsed = now - market.updatedAt;
  if (elapsed <= 0n) return market;
  if (debtDown(market) === 0n) return { ...market, updatedAt: now };
  const growth = growthDown(borrowRate(market), elapsed);
  const debtIndex = min(market.debtIndex + mulDivDown(market.debtIndex, growth, WAD), MAX_INDEX);
  return { ...market, debtIndex, reserve: reserveAfter(market, debtIndex), updatedAt: now };
}

/** The reserve's part of a flash loan's fee, rounded down. */
export function reserveOfFlashFee(fee: bigint): bigint {
  return mulDivDown(fee, RESERVE_OF_FLASH_FEE, BPS);
}

/** A liquidation's bonus for a collateral, 1e18: min(10 %, 1 / (0.3 t + 0.7) - 1), rounded down. */
export function bonusDown(thresholdBps: number): bigint {
  const divisor = (3n * BigInt(thresholdBps) * BPS_IN_WAD) / 10n + (7n * WAD) / 10n;
  return min(mulDivDown(WAD, WAD, divisor) - WAD, WAD / 10n);
}
