import { parseAbi } from "viem";

/** Who may act through a contract. */
export const ownerAbi = parseAbi(["function owner() view returns (address)"]);
