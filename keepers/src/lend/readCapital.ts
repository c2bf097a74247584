import type { LendMarketView } from "@cxmpute/sdk";
import { erc20Abi, type Address } from "viem";

import type { ChainAccess } from "../engine/chain/access.ts";
import type { Capital } from "./types.ts";

/** What `owner` can repay with in each market; by id. */
export function readCapital(
  access: ChainAccess,
  owner: Address,
  markets: readonly Pick<LendMarketView, "asset" | "pool">[],
): Promise<Capital[]> {
  return Promise.all(
    markets.map(async ({ asset, pool }) => {
      const token = { address: asset, abi: erc20Abi } as const;
      const [balance, allowance] = await Promise.all([
        access.read.readContract({ ...token, functionName: "balanceOf", args: [owner] }),
        access.read.readContract({ ...token, functionName: "allowance", args: [owner, pool] }),
      ]);
      return { balance, allowance };
    }),
  );
}
