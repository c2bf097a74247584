import type { PoolParameters } from "@cxmpute/sdk";

/** The columns that hold a pool's curve and the reserve's part of interest. */
interface ParameterColumns {
  readonly baseBps: number;
  readonly slope1Bps: number;
  readonly slope2Bps: number;
  readonly kinkBps: number;
  readonly reserveFactorBps: number;
}

/** What the SDK's interest maths needs of a pool's row beside its totals. */
export function parametersOf(row: ParameterColumns): Pick<PoolParameters, "model" | "reserveFactorBps"> {
  return {
    model: {
      baseBps: BigInt(row.baseBps),
      slope1Bps: BigInt(row.slope1Bps),
      slope2Bps: BigInt(row.slope2Bps),
      kinkBps: BigInt(row.kinkBps),
    },
    reserveFactorBps: BigInt(row.reserveFactorBps),
  };
}
