import { orderNftAbi, pairObserverAbi } from "@cxmpute/sdk";
import { createConfig } from "ponder";

import { lower } from "./indexer/src/lib/address.ts";
import { readSettings } from "./indexer/src/settings.ts";

const settings = readSettings(process.env);
const { orderNFT, pairObserver } = settings.deployment.contracts;

export default createConfig({
  database:
    settings.databaseUrl === undefined
      ? { kind: "pglite", directory: settings.pgliteDirectory }
      : { kind: "postgres", connectionString: settings.databaseUrl },
  ordering: "multichain",
  chains: {
    peaq: {
      id: settings.deployment.chainId,
      rpc: [...settings.rpcUrls],
      pollingInterval: settings.pollingInterval,
      disableCache: !settings.cachesRpc,
    },
  },
  contracts: {
    OrderNFT: { abi: orderNftAbi, chain: "peaq", address: lower(orderNFT), startBlock: settings.deployment.startBlock },
    PairObserver: {
      abi: pairObserverAbi,
      chain: "peaq",
      address: lower(pairObserver),
      startBlock: settings.deployment.startBlock,
    },
  },
  // Expiry is a matter of time, not of events. Only blocks that are followed live are asked for, so that a backfill
  // costs no request more; the first of them catches up with all that expired before.
  blocks: { Clock: { chain: "peaq", startBlock: "latest", interval: 1 } },
});
