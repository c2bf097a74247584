import type { Address } from "viem";

/** EIP-712 domain of the order book. */
export function orderNftDomain({ chainId, orderNFT }: { readonly chainId: number; readonly orderNFT: Address }) {
  return { name: "unxversal order", version: "1", chainId, verifyingContract: orderNFT } as const;
}

/** EIP-712 domain of Permit2. */
export function permit2Domain({ chainId, permit2 }: { readonly chainId: number; readonly permit2: Address }) {
  return { name: "Permit2", chainId, verifyingContract: permit2 } as const;
}
