import type { EthereumProvider } from "hardhat/types/providers";
import type { Address } from "viem";

import { permit2Bytecode } from "../../dev/permit2.ts";

/** Puts Permit2's runtime code at its address, which a chain of development allows. */
export async function installPermit2(provider: EthereumProvider, address: Address): Promise<void> {
  await provider.request({ method: "hardhat_setCode", params: [address, permit2Bytecode()] });
}
