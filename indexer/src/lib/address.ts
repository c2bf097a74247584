import type { Address } from "viem";

export const ZERO_ADDRESS: Address = "0x0000000000000000000000000000000000000000";

/** Addresses are stored and compared in lower case. */
export function lower(address: Address): Address {
  return address.toLowerCase() as Address;
}
