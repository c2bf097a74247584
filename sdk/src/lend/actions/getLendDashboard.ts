import type { Address } from "viem";

import { lendLensAbi } from "../../abi/lendLensAbi.ts";
import { read, type ReadClient, type ReadOptions } from "../../internal/read.ts";
import { toLendAccountView } from "../toLendAccountView.ts";
import { toLendMarketView } from "../toLendMarketView.ts";
import type { LendAccountView, LendMarketView, LendPositionView } from "../types.ts";

export interface GetLendDashboardParameters extends ReadOptions {
  readonly lens: Address;
  readonly account: Address;
}

/** A whole page of lending, all of one block. */
export interface LendDashboard {
  readonly markets: readonly LendMarketView[];
  readonly summary: LendAccountView;
  /** One a market, by id. */
  readonly positions: readonly LendPositionView[];
}

/** Every market, the account over all of them, and how it stands in each, in one call. */
export async function getLendDashboard(
  client: ReadClient,
  parameters: GetLendDashboardParameters,
): Promise<LendDashboard> {
  const [markets, summary, positions] = await read(client, {
    address: parameters.lens,
    abi: lendLensAbi,
    functionName: "dashboard",
    args: [parameters.account],
    options: parameters,
  });
  return {
    markets: markets.map(toLendMarketView),
    summary: toLendAccountView(summary),
    positions: positions.map((position) => ({ ...position, id: Number(position.id) })),
  };
}
