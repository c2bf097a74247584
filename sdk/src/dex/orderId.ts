import { type Address, getAddress } from "viem";

import { NO_EXPIRY } from "./constants.ts";

/** What an order's id says. */
export interface OrderIdParts {
  readonly maker: Address;
  /** 0 to 2^64 − 1. */
  readonly nonce: bigint;
  /** Seconds; 2^32 − 1 for never. */
  readonly expiry: number;
}

const MAX_UINT64 = (1n << 64n) - 1n;

/**
 * The id of an order: maker 160 | nonce 64 | expiry 32.
 * @throws RangeError when the nonce or the expiry does not fit.
 */
export function packOrderId({ maker, nonce, expiry }: OrderIdParts): bigint {
  if (nonce < 0n || nonce > MAX_UINT64) throw new RangeError(`Nonce ${nonce} is outside 0 to 2^64 - 1.`);
  if (!Number.isInteger(expiry) || expiry < 0 || expiry > NO_EXPIRY) {
    throw new RangeError(`Expiry ${expiry} is outside 0 to 2^32 - 1.`);
  }
  return (BigInt(getAddress(maker)) << 96n) | (nonce << 32n) | BigInt(expiry);
}

/**
 * Maker (checksummed), nonce and expiry of an id.
 * @throws RangeError when the id is not a uint256.
 */
export function unpackOrderId(id: bigint): OrderIdParts {
  if (id < 0n || id >> 256n !== 0n) throw new RangeError(`${id} is not a uint256.`);
  return {
    maker: getAddress(`0x${(id >> 96n).toString(16).padStart(40, "0")}`),
    nonce: (id >> 32n) & MAX_UINT64,
    expiry: Number(id & 0xffff_ffffn),
  };
}

/** Whether an order with this id can no longer be filled at `timestamp` (seconds). */
export function isExpired(id: bigint, timestamp: bigint): boolean {
  return timestamp >= (id & 0xffff_ffffn);
}
