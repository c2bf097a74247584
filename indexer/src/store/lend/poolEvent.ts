import type { uTokenAbi } from "@cxmpute/sdk";
import type { Address, ContractEventName, DecodeEventLogReturnType, Hex } from "viem";

import type { Context } from "../context.ts";

/** Allowances of uTokens are asked of the chain. */
export type PoolEventName = Exclude<ContractEventName<typeof uTokenAbi>, "Approval">;

/** What reducers read of a pool's event, whether Ponder brings it or it was found among the pool's earlier logs. */
export interface PoolEvent<N extends PoolEventName> {
  readonly args: DecodeEventLogReturnType<typeof uTokenAbi, N>["args"];
  readonly log: { readonly address: Address; readonly logIndex: number };
  readonly block: { readonly number: bigint; readonly timestamp: bigint };
  readonly transaction: { readonly hash: Hex; readonly from: Address };
}

export type PoolReducers = {
  readonly [N in PoolEventName]: (context: Context, event: PoolEvent<N>) => Promise<void>;
};
