import type { Capital } from "./types.ts";

/** Units that a pool can take from the signer. */
export function spendable(capital: Capital | undefined): bigint {
  if (capital === undefined) return 0n;
  return capital.balance < capital.allowance ? capital.balance : capital.allowance;
}
