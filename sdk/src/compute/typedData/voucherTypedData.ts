import type { ComputeDomain, Voucher } from "../types.ts";
import { computeDomain } from "./domain.ts";

/** What a payer or its signer signs to pay a provider, as `collect` takes it. The contract is the VoucherCollector. */
export function voucherTypedData(domain: ComputeDomain, voucher: Voucher) {
  return {
    domain: computeDomain("cxmpute vouchers", domain),
    types: {
      Voucher: [
        { name: "payer", type: "address" },
        { name: "provider", type: "address" },
        { name: "collectionId", type: "bytes32" },
        { name: "valueAggregate", type: "uint128" },
        { name: "timestamp", type: "uint64" },
        { name: "usageRoot", type: "bytes32" },
      ],
    },
    primaryType: "Voucher",
    message: voucher,
  } as const;
}
