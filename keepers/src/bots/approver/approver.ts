import { erc20Abi, encodeFunctionData, maxUint256, type Address } from "viem";

import type { ChainAccess } from "../../engine/chain/access.ts";
import { isRevert } from "../../engine/chain/isRevert.ts";
import type { Bot, Candidate, Payload, Quote } from "../../engine/types.ts";
import type { LendView } from "../../lend/lendView.ts";

/** What the approver needs. */
export interface ApproverOptions {
  readonly access: ChainAccess;
  /** Who repays debts. */
  readonly signer: Address;
  readonly view: LendView;
  /** Coin a day, in wei. */
  readonly dailyBudget: bigint;
  readonly periodMs: number;
}

/**
 * Lets each pool take what the signer holds of its asset, once and without limit: a pool takes from its own caller only,
 * or from who liquidates. Earns nothing; runs beside the liquidator, which could repay nothing without it.
 */
export function approver({ access, signer, view, dailyBudget, periodMs }: ApproverOptions): Bot {
  const candidateOf = (asset: Address, pool: Address): Candidate => ({
    payload: { asset, pool },
    key: `approve:${pool}`,
    gains: [],
    consumes: [],
  });

  function find(): Candidate[] {
    return view.markets().flatMap(({ id, asset, pool }) => {
      const capital = view.capital()[id];
      const isShort = capital !== undefined && capital.allowance < capital.balance;
      return isShort ? [candidateOf(asset, pool)] : [];
    });
  }

  async function quote(payload: Payload): Promise<Quote | undefined> {
    const [asset, pool] = [payload.asset as Address, payload.pool as Address];
    const token = { address: asset, abi: erc20Abi } as const;
    const approve = { ...token, functionName: "approve", args: [pool, maxUint256] } as const;
    const [balance, allowance] = await Promise.all([
      access.read.readContract({ ...token, functionName: "balanceOf", args: [signer] }),
      access.read.readContract({ ...token, functionName: "allowance", args: [signer, pool] }),
    ]);
    if (allowance >= balance) return undefined;
    const data = encodeFunctionData(approve);
    try {
      // Not every token answers with a truth value.
      await access.read.call({ account: signer, to: asset, data });
    } catch (error) {
      if (isRevert(error)) return undefined;
      throw error;
    }
    return { ...candidateOf(asset, pool), call: () => ({ to: asset, data }) };
  }

  return { name: "approver", periodMs, dailyBudget, find, quote };
}
