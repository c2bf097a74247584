import { type Address, bytesToHex, type Hex } from "viem";
import { mnemonicToAccount } from "viem/accounts";

/** The phrase that development chains share: everybody has its keys. */
const MNEMONIC = "test test test test test test test test test test test junk";

export interface DevAccount {
  address: Address;
  privateKey: Hex;
}

/** The `index`-th account that the local chain funds at its start. */
export function devAccount(index: number): DevAccount {
  const account = mnemonicToAccount(MNEMONIC, { addressIndex: index });
  const privateKey = account.getHdKey().privateKey;
  if (privateKey === null) throw new Error(`The development phrase gives no key ${index}`);
  return { address: account.address, privateKey: bytesToHex(privateKey) };
}
