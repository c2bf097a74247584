import type { Address } from "viem";

export interface Erc2612TypedDataParameters {
  readonly chainId: number;
  readonly token: Address;
  /** The token's EIP-712 name, mostly its ERC-20 name. */
  readonly tokenName: string;
  /** The token's EIP-712 version; "1" unless said (USDC says "2"). */
  readonly tokenVersion?: string | undefined;
  readonly owner: Address;
  readonly spender: Address;
  /** Units. */
  readonly value: bigint;
  /** The token's `nonces(owner)`. */
  readonly nonce: bigint;
  /** Last second at which the signature holds. */
  readonly deadline: bigint;
}

/** What a token's owner signs for an ERC-2612 permit, as `createOrderWithPermit` takes it. */
export function erc2612TypedData(parameters: Erc2612TypedDataParameters) {
  const { chainId, token, tokenName, tokenVersion = "1", owner, spender, value, nonce, deadline } = parameters;
  return {
    domain: { name: tokenName, version: tokenVersion, chainId, verifyingContract: token },
    types: {
      Permit: [
        { name: "owner", type: "address" },
        { name: "spender", type: "address" },
        { name: "value", type: "uint256" },
        { name: "nonce", type: "uint256" },
        { name: "deadline", type: "uint256" },
      ],
    },
    primaryType: "Permit",
    message: { owner, spender, value, nonce, deadline },
  } as const;
}
