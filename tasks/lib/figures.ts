import { formatUnits } from "viem";

const WAD_DECIMALS = 18;
const PLACES = 2;

/** 1e18 USD for people: two places, four significant digits below one. */
export function formatUsd(value: bigint): string {
  const number = Number(formatUnits(value, WAD_DECIMALS));
  const text = number !== 0 && number < 1 ? number.toPrecision(4) : number.toFixed(PLACES);
  return text.replace(/\B(?=(\d{3})+(?=\.))/g, ",");
}

/** A part of one, 1e18, as percent. */
export function formatPercent(part: bigint): string {
  return `${Number(formatUnits(part * 100n, WAD_DECIMALS)).toFixed(PLACES)} %`;
}

/** Basis points as percent. */
export function formatBps(bps: bigint): string {
  return `${formatUnits(bps, 2)} %`;
}

/** Health, 1e18: the largest number is that of an account without debt. */
export function formatHealth(health: bigint): string {
  return health === 2n ** 256n - 1n ? "no debt" : (Number(health / 10n ** 14n) / 10_000).toFixed(4);
}

/** Seconds as "3 s", "12 min", "5 h"; what never was as "never". */
export function formatAge(seconds: bigint, isKnown = true): string {
  if (!isKnown) return "never";
  if (seconds < 120n) return `${seconds} s`;
  return seconds < 7_200n ? `${seconds / 60n} min` : `${seconds / 3_600n} h`;
}

/** Units of a token for people: at most four places, rounded down. */
export function formatRounded(units: bigint, { decimals }: { decimals: number }): string {
  const [whole = "0", fraction = ""] = formatUnits(units, decimals).split(".");
  const kept = fraction.slice(0, 4).replace(/0+$/, "");
  return whole.replace(/\B(?=(\d{3})+$)/g, ",") + (kept === "" ? "" : `.${kept}`);
}
