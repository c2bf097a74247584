/**
 * What peaq charges: `max(gas used, 4 * proof size)`. The proof size is what its EVM pallet counts while a transaction
 * runs, in bytes. Only the first touch of a contract's code or of a storage slot counts.
 */

/** What a transaction touched, as far as the proof counts it. */
export interface Touched {
  /** Bytes of calldata. */
  calldata: number;
  /** Accounts whose balance or nonce was read: the sender, and each `BALANCE`. */
  accountReads: number;
  /** Call instructions, each of which checks whether its target exists. */
  calls: number;
  /** Address to bytes of code; zero for called accounts without code. */
  codes: ReadonlyMap<string, number>;
  /** `address:slot` to whether its first touch was a write. */
  slots: ReadonlyMap<string, "read" | "written">;
}

/** A transaction's encoding without its calldata: fixed-size numbers, addresses and signature. */
export const TRANSACTION_BYTES = 258;
/** An account's balance and nonce. */
export const ACCOUNT_BYTES = 96;
/** The check whether an account is empty. */
export const EMPTY_CHECK_BYTES = 93;
/** A contract's size and hash; its code comes on top. */
export const CODE_METADATA_BYTES = 76;
/** A storage slot. */
export const SLOT_BYTES = 116;
/** The new hash of a slot that is written before it is read. */
export const WRITE_BYTES = 32;
/** Gas for a byte of proof. */
export const GAS_PER_PROOF_BYTE = 4;

/** @returns bytes of proof */
export function proofSize(touched: Touched): number {
  let size = TRANSACTION_BYTES + touched.calldata;
  size += touched.accountReads * ACCOUNT_BYTES;
  size += touched.calls * EMPTY_CHECK_BYTES;
  for (const length of touched.codes.values()) size += codeProof(length);
  for (const touch of touched.slots.values()) size += SLOT_BYTES + (touch === "written" ? WRITE_BYTES : 0);
  return size;
}

/** @returns bytes of proof that the first touch of a contract of `length` bytes adds */
export function codeProof(length: number): number {
  return EMPTY_CHECK_BYTES + CODE_METADATA_BYTES + length;
}

/** @returns gas that peaq charges for a transaction that used `gas` and needs `proof` bytes */
export function peaqGas(gas: number, proof: number): number {
  return Math.max(gas, proof * GAS_PER_PROOF_BYTE);
}
