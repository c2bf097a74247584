import type { Address } from "viem";

/** An ERC-20 token as people know it. */
export interface Token {
  readonly address: Address;
  readonly decimals: number;
  readonly name: string;
}

/** A token with the symbol under which a deployment lists it. */
export interface NamedToken extends Token {
  readonly symbol: string;
}
