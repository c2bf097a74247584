import { createTestClient, http, publicActions, type Transport, walletActions } from "viem";

/** How often a transaction's receipt is asked for, in ms. */
const POLLING_MS = 50;

/** A client of a local chain, whatever its id. */
export function connect(rpcUrl: string): Client {
  return connectOver(http(rpcUrl, { batch: true }));
}

/** As `connect`, where a chain is reached otherwise. */
export function connectOver(transport: Transport) {
  return createTestClient({
    mode: "anvil",
    transport,
    cacheTime: 0,
    pollingInterval: POLLING_MS,
  })
    .extend(publicActions)
    .extend(walletActions);
}
export type Client = ReturnType<typeof connectOver>;
