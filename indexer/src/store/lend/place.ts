import type { Address, Hex } from "viem";

import { lower } from "../../lib/address.ts";
import { seqOf } from "../../lib/seq.ts";

/** The columns that say where a row of a pool's history comes from. */
export interface Place {
  readonly seq: bigint;
  readonly pool: Address;
  readonly timestamp: bigint;
  readonly tx: Hex;
}

export function placeOf(event: {
  readonly log: { readonly address: Address; readonly logIndex: number };
  readonly block: { readonly number: bigint; readonly timestamp: bigint };
  readonly transaction: { readonly hash: Hex };
}): Place {
  return {
    seq: seqOf(event.block.number, event.log.logIndex),
    pool: lower(event.log.address),
    timestamp: event.block.timestamp,
    tx: event.transaction.hash,
  };
}
