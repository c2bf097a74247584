import { type Address, encodeAbiParameters, keccak256 } from "viem";

/** The DID of a provision's machine: `did:peaq:evm:<hash of chain, registry, provider, machine key>`. */
export function didOf(parameters: {
  readonly chainId: number;
  readonly registry: Address;
  readonly provider: Address;
  readonly machineKey: Address;
}): string {
  const { chainId, registry, provider, machineKey } = parameters;
  const hash = keccak256(
    encodeAbiParameters(
      [{ type: "uint256" }, { type: "address" }, { type: "address" }, { type: "address" }],
      [BigInt(chainId), registry, provider, machineKey],
    ),
  );
  return `did:peaq:evm:${hash}`;
}
