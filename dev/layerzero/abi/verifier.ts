import { parseAbi } from "viem";

/** `DevVerifier`. */
export const verifierAbi = parseAbi([
  "function verify(address library, bytes header, bytes32 payloadHash, uint64 confirmations)",
  "error NotOwner(address caller)",
]);
