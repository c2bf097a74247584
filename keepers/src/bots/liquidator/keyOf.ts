import type { Address } from "viem";

/** Names the liquidation of an account in logs, cool-downs and the books. */
export const keyOf = (borrower: Address): string => `liquidate:${borrower}`;
