import type { LendDeployment, OracleDeployment } from "@cxmpute/sdk";
import type { Address } from "viem";

import type { Context, Token } from "./context.ts";
import { required } from "./ids.ts";
import { TaskError } from "./TaskError.ts";
import { entryOf } from "../../deploy/lib/entryOf.ts";

/** A pool with its asset. */
export interface Pool {
  address: Address;
  id: number;
  token: Token;
}

export function requireLend({ deployment }: Context): LendDeployment {
  if (deployment.lend === undefined) throw new TaskError("the deployment has no lending");
  return deployment.lend;
}

export function requireOracle({ deployment }: Context): OracleDeployment {
  if (deployment.oracle === undefined) throw new TaskError("the deployment has no oracle");
  return deployment.oracle;
}

/** Every pool, by its number at the controller. */
export function poolsOf(context: Context): Pool[] {
  const { pools } = requireLend(context);
  return Object.entries(pools)
    .map(([symbol, { address, id }]) => ({
      address,
      id,
      token: { symbol, ...entryOf(context.deployment.tokens, symbol) },
    }))
    .sort((a, b) => a.id - b.id);
}

/** The pool of an asset, by its symbol or address. */
export function resolvePool(context: Context, asset: string | undefined): Pool {
  const text = required(asset, "asset").toLowerCase();
  const pools = poolsOf(context);
  const pool = pools.find(({ token }) => token.symbol.toLowerCase() === text || token.address.toLowerCase() === text);
  if (pool === undefined) {
    throw new TaskError(`there is no pool of ${asset}: one of ${pools.map(({ token }) => token.symbol).join(", ")}`);
  }
  return pool;
}
