import {
  lendControllerAbi,
  orderNftAbi,
  pairObserverAbi,
  priceFeedReceiverAbi,
  priceOracleAbi,
  uTokenAbi,
} from "@cxmpute/sdk";
import { createConfig, factory } from "ponder";
import { getAbiItem, zeroAddress } from "viem";

import { lower } from "./indexer/src/lib/address.ts";
import { onlyDeployed } from "./indexer/src/lib/onlyDeployed.ts";
import { readSettings } from "./indexer/src/settings.ts";

const settings = readSettings(process.env);
const { contracts, startBlock, lend, oracle } = settings.deployment;
const controller = lower(lend?.controller ?? zeroAddress);

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
  // A deployment may be without lending, or without the oracle: what it does not have is left out.
  contracts: onlyDeployed(settings.deployment, {
    OrderNFT: { abi: orderNftAbi, chain: "peaq", address: lower(contracts.orderNFT), startBlock },
    PairObserver: { abi: pairObserverAbi, chain: "peaq", address: lower(contracts.pairObserver), startBlock },
    LendController: { abi: lendControllerAbi, chain: "peaq", address: controller, startBlock },
    // Whatever the controller lists, so that a pool of later needs no new deployment file.
    UToken: {
      abi: uTokenAbi,
      chain: "peaq",
      address: factory({
        address: controller,
        event: getAbiItem({ abi: lendControllerAbi, name: "AssetListed" }),
        parameter: "pool",
      }),
      startBlock,
    },
    PriceOracle: { abi: priceOracleAbi, chain: "peaq", address: lower(oracle?.priceOracle ?? zeroAddress), startBlock },
    PriceFeedReceiver: {
      abi: priceFeedReceiverAbi,
      chain: "peaq",
      address: lower(oracle?.priceFeedReceiver ?? zeroAddress),
      startBlock,
    },
  }),
  // Expiry is a matter of time, not of events. Only blocks that are followed live are asked for, so that a backfill
  // costs no request more; the first of them catches up with all that expired before.
  blocks: { Clock: { chain: "peaq", startBlock: "latest", interval: 1 } },
});
