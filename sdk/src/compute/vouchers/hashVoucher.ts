import { type Hex, hashTypedData } from "viem";

import { voucherTypedData } from "../typedData/voucherTypedData.ts";
import type { ComputeDomain, Voucher } from "../types.ts";

/** The digest that a voucher's signer signs, as the collector's `hashVoucher` gives it. */
export function hashVoucher(domain: ComputeDomain, voucher: Voucher): Hex {
  return hashTypedData(voucherTypedData(domain, voucher));
}
