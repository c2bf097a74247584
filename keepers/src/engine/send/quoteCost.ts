import type { Context } from "../context.ts";
import { suggestFees, type Fees } from "../chain/fees.ts";
import type { Call } from "../types.ts";

/** What the network asks for now; undefined when that is above the operator's cap. */
export async function currentFees({ access, policy }: Context): Promise<Fees | undefined> {
  const [block, tip] = await Promise.all([
    access.read.getBlock({ blockTag: "latest" }),
    // Not every node has the method; the least tip then stands.
    access.read.request({ method: "eth_maxPriorityFeePerGas" }).then(BigInt, () => 0n),
  ]);
  return suggestFees(block.baseFeePerGas ?? 0n, tip, policy.fees);
}

/**
 * Gas that a call needs from the signer. Throws when it would revert, which makes it the last part of the simulation.
 * On peaq the node's estimate counts the proof size as well.
 */
export async function estimateGas({ access, account }: Context, call: Call): Promise<bigint> {
  // Nodes default to the pending block, where what is in flight has happened already.
  return access.read.estimateGas({
    account: account.address,
    to: call.to,
    data: call.data,
    value: call.value ?? 0n,
    blockTag: "latest",
  });
}

/** Gas limit for an estimate: 30 % more, because the state may change before the call lands. */
export function gasLimitFor(estimate: bigint): bigint {
  return (estimate * 13n) / 10n;
}
