import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { EthereumProvider } from "hardhat/types/providers";
import type { Address } from "viem";

/** Where peaq's node has its DIDs. */
export const DID_ADDRESS: Address = "0x0000000000000000000000000000000000000800";

/** Puts the stand-in of peaq's DID precompile at its address, which a chain of development allows. */
export async function installDid(hre: HardhatRuntimeEnvironment, provider: EthereumProvider): Promise<void> {
  const { deployedBytecode } = await hre.artifacts.readArtifact("DidRegistry");
  await provider.request({ method: "hardhat_setCode", params: [DID_ADDRESS, deployedBytecode] });
}
