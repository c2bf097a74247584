import { keccak256 } from "viem";

import type { Fees } from "../chain/fees.ts";
import type { Context } from "../context.ts";
import type { Attempt, AttemptKind } from "../store/schema.ts";
import type { Call } from "../types.ts";

/** What `signAttempt` signs. */
export interface AttemptParameters {
  readonly intentId: string;
  readonly sequence: number;
  readonly kind: AttemptKind;
  readonly nonce: number;
  readonly call: Call;
  readonly gasLimit: bigint;
  readonly fees: Fees;
}

/** Signs a transaction and returns the row that must be written before it is sent. */
export async function signAttempt({ access, account, now }: Context, parameters: AttemptParameters): Promise<Attempt> {
  const raw = await account.signTransaction({
    type: "eip1559",
    chainId: access.chain.id,
    nonce: parameters.nonce,
    to: parameters.call.to,
    data: parameters.call.data,
    value: parameters.call.value ?? 0n,
    gas: parameters.gasLimit,
    maxFeePerGas: parameters.fees.maxFee,
    maxPriorityFeePerGas: parameters.fees.priorityFee,
  });
  return {
    hash: keccak256(raw),
    intentId: parameters.intentId,
    sequence: parameters.sequence,
    kind: parameters.kind,
    raw,
    gasLimit: parameters.gasLimit,
    maxFee: parameters.fees.maxFee,
    priorityFee: parameters.fees.priorityFee,
    outcome: "new",
    createdAt: new Date(now()),
  };
}
