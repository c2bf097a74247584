import { BPS, borrowRateAt, mulDivDown, WAD, type Curve } from "../../lib/lend/math.ts";

const BPS_IN_WAD = WAD / BPS;

export interface CurvePoint {
  readonly utilisation: bigint;
  readonly borrowRate: bigint;
  readonly supplyRate: bigint;
}

/** A pool's rates at `steps` even utilisations from none to all, and at the kink, 1e18. The reserve itself is left out. */
export function rateCurve(curve: Curve & { readonly reserveFactorBps: number }, steps: number): CurvePoint[] {
  const even = Array.from({ length: steps }, (_, index) => (WAD * BigInt(index)) / BigInt(steps - 1));
  const kink = BigInt(curve.kinkBps) * BPS_IN_WAD;
  const places = even.includes(kink) ? even : [...even, kink].sort((a, b) => (a < b ? -1 : 1));
  return places.map((utilisation) => {
    const borrowRate = borrowRateAt(curve, utilisation);
    const ofInterest = mulDivDown(borrowRate, BPS - BigInt(curve.reserveFactorBps), BPS);
    return { utilisation, borrowRate, supplyRate: mulDivDown(ofInterest, utilisation, WAD) };
  });
}
