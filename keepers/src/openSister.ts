import { join } from "node:path";

import type { Address, PrivateKeyAccount } from "viem";

import { oracle } from "./bots/oracle/oracle.ts";
import { requirePart, type Deployment } from "./config/loadDeployment.ts";
import type { Settings } from "./config/settings.ts";
import type { ChainAccess } from "./engine/chain/access.ts";
import type { createLogger } from "./engine/observe/logger.ts";
import { createMetrics } from "./engine/observe/metrics.ts";
import { firstOf } from "./engine/price/prices.ts";
import { openAccess } from "./openAccess.ts";
import { openEngine, type OpenEngine } from "./openEngine.ts";
import { relayWatch } from "./oracle/relayWatch.ts";
import type { RelayView } from "./oracle/types.ts";

/** What the engine on the sister chain needs. */
export interface SisterParts {
  readonly settings: Settings;
  readonly deployment: Deployment;
  readonly account: PrivateKeyAccount;
  readonly recipient: Address;
  /** The deployment's own chain, which is only read. */
  readonly home: ChainAccess;
  readonly log: ReturnType<typeof createLogger>;
}

/** The engine on the chain that prices are pushed from, with the oracle bot. @throws ConfigError */
export async function openSister(parts: SisterParts): Promise<OpenEngine> {
  const { settings, deployment, account, recipient, home } = parts;
  const { chainId, priceFeedSender: sender } = requirePart(deployment, "sister", "oracle");
  const { priceFeedReceiver: receiver } = requirePart(deployment, "oracle", "oracle");
  const access = await openAccess({
    settings,
    rpcUrls: settings.ethereumRpcUrls,
    privateRpcUrl: undefined,
    chainId,
    setting: "--ethereum-rpc (ETHEREUM_RPC_URLS)",
  });
  const view: RelayView = { feeds: [], pushes: new Map(), time: 0n };
  const maxLogRange = BigInt(settings.logRange);
  const watch = relayWatch({ access, sender, receiverAccess: home, receiver, maxLogRange, view });
  const bot = oracle({
    access,
    sender,
    signer: account.address,
    view,
    policy: {
      deviationBps: settings.oracleDeviation,
      interval: BigInt(settings.oracleIntervalSeconds),
      delivery: BigInt(settings.oracleDeliverySeconds),
    },
    dailyBudget: settings.oracleBudget ?? 0n,
    periodMs: settings.periodSeconds * 1000,
  });
  return openEngine({
    settings,
    account,
    recipient,
    access,
    bots: new Map([[bot.name, bot]]),
    watch,
    prices: firstOf([]),
    metrics: createMetrics("sister"),
    dataDir: join(settings.dataDir, "sister"),
    log: parts.log.child({ chain: chainId }),
  });
}
