import { type Address, type Hex, zeroAddress } from "viem";

import { FillFlags, type FillOptions } from "./types.ts";

export interface FillOptionsParameters {
  /** Who receives the bought tokens; the caller unless said. */
  readonly recipient?: Address | undefined;
  /** Who earns `fee` millionths of what is taken, on top of the protocol's fee; at most 1,000. */
  readonly relayer?: { readonly account: Address; readonly fee: number } | undefined;
  /** Every leg takes exactly its `takeAmount`, or the call reverts. Not for legs made from a budget. */
  readonly fillOrKill?: boolean | undefined;
  /** A call that finds nothing to fill does nothing instead of reverting. */
  readonly immediateOrCancel?: boolean | undefined;
  /** Ask for the caller's discount on the taker fee. */
  readonly useDiscount?: boolean | undefined;
  /** Last second at which the call may run. */
  readonly deadline?: number | undefined;
  /** When not empty, the caller's `onFill` is called with it. */
  readonly data?: Hex | undefined;
}

/** Options as `fillOrders` takes them, with the defaults filled in. */
export function fillOptions(parameters: FillOptionsParameters = {}): FillOptions {
  const { recipient, relayer, fillOrKill, immediateOrCancel, useDiscount, deadline, data } = parameters;
  return {
    recipient: recipient ?? zeroAddress,
    relayer: relayer?.account ?? zeroAddress,
    relayerFee: relayer?.fee ?? 0,
    flags:
      (fillOrKill === true ? FillFlags.FILL_OR_KILL : 0) |
      (immediateOrCancel === true ? FillFlags.IMMEDIATE_OR_CANCEL : 0) |
      (useDiscount === true ? FillFlags.USE_DISCOUNT : 0),
    deadline: deadline ?? 0,
    data: data ?? "0x",
  };
}
