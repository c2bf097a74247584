import { keccak256, stringToBytes, type Address } from "viem";

/** Advisory-lock key of a signer on a chain: whoever holds it is the only sender. Signed 64 bits, as Postgres takes. */
export function lockKey(chain: string, signer: Address): bigint {
  const hash = keccak256(stringToBytes(`cxmpute-keepers:${chain}:${signer.toLowerCase()}`));
  return BigInt.asIntN(64, BigInt(hash));
}
