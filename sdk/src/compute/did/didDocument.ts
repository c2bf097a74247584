import { type Address, getAddress } from "viem";

import { didOf } from "./didOf.ts";

/** The W3C DID document of a provision's machine. */
export interface DidDocument {
  readonly "@context": readonly string[];
  readonly id: string;
  /** The provider, under the network's own method. */
  readonly controller: string;
  /** The machine key under the network's own method: whoever resolves it finds what the machine wrote on chain. */
  readonly alsoKnownAs: readonly string[];
  readonly verificationMethod: readonly {
    readonly id: string;
    readonly type: "EcdsaSecp256k1RecoveryMethod2020";
    readonly controller: string;
    readonly blockchainAccountId: string;
  }[];
  readonly authentication: readonly string[];
  readonly assertionMethod: readonly string[];
  readonly service?: readonly { readonly id: string; readonly type: string; readonly serviceEndpoint: string }[];
}

/**
 * Builds the document of a machine from what the registry knows. A rotated key has another DID: its hash names the key.
 */
export function didDocument(parameters: {
  readonly chainId: number;
  readonly registry: Address;
  readonly provider: Address;
  readonly machineKey: Address;
  /** Where the machine serves, when that is public. */
  readonly endpoint?: string | undefined;
}): DidDocument {
  const id = didOf(parameters);
  const machineKey = getAddress(parameters.machineKey);
  const method = `${id}#machine-key`;
  return {
    "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/suites/secp256k1recovery-2020/v2"],
    id,
    controller: `did:peaq:${getAddress(parameters.provider)}`,
    alsoKnownAs: [`did:peaq:${machineKey}`],
    verificationMethod: [
      {
        id: method,
        type: "EcdsaSecp256k1RecoveryMethod2020",
        controller: id,
        blockchainAccountId: `eip155:${parameters.chainId}:${machineKey}`,
      },
    ],
    authentication: [method],
    assertionMethod: [method],
    ...(parameters.endpoint === undefined
      ? {}
      : { service: [{ id: `${id}#compute`, type: "ComputeProvision", serviceEndpoint: parameters.endpoint }] }),
  };
}
