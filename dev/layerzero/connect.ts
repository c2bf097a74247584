import { createTestClient, http, publicActions, walletActions } from "viem";

/** How often a transaction's receipt is asked for, in ms. */
const POLLING_MS = 50;

/** A client of a local chain, whatever its id. */
export function connect(rpcUrl: string) {
  return createTestClient({
    mode: "anvil",
    transport: http(rpcUrl, { batch: true }),
    cacheTime: 0,
    pollingInterval: POLLING_MS,
  })
    .extend(publicActions)
    .extend(walletActions);
}
export type Client = ReturnType<typeof connect>;
