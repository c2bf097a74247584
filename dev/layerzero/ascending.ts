import type { Address } from "viem";

/** Addresses in the order of their numbers, as LayerZero wants verifiers. */
export function ascending(addresses: readonly [Address, Address]): readonly [Address, Address];
export function ascending(addresses: readonly Address[]): readonly Address[];
export function ascending(addresses: readonly Address[]): readonly Address[] {
  return addresses.toSorted((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1));
}
