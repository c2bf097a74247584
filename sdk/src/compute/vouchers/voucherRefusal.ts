import { isAddressEqual, zeroAddress } from "viem";

import { VOUCHER_LEEWAY_SECONDS } from "../constants.ts";
import { unpackCollectionId } from "../ids.ts";
import type { Voucher } from "../types.ts";

const MAX_VALUE = (1n << 128n) - 1n;

/**
 * Why the collector would refuse a voucher whatever its signature, in a sentence; undefined when it would not.
 * A node asks this before it serves on the strength of one.
 */
export function voucherRefusal(voucher: Voucher, now: bigint): string | undefined {
  if (isAddressEqual(voucher.payer, zeroAddress)) return "It names no payer.";
  if (voucher.valueAggregate < 0n || voucher.valueAggregate > MAX_VALUE) return "Its value does not fit 128 bits.";
  if (voucher.timestamp > now + VOUCHER_LEEWAY_SECONDS) {
    return `It is stamped ${voucher.timestamp - now} s ahead, ${VOUCHER_LEEWAY_SECONDS} s are allowed.`;
  }
  let collection;
  try {
    collection = unpackCollectionId(voucher.collectionId);
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
  if (!isAddressEqual(collection.provider, voucher.provider)) {
    return `Its collection is of provider ${collection.provider}, not of ${voucher.provider}.`;
  }
  if (collection.kind === "plan") return "Usage within a plan is collected from the plan, not from the escrow.";
  return undefined;
}
