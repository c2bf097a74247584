import type { Address, PrivateKeyAccount } from "viem";

import type { Settings } from "./config/settings.ts";
import { chainIdentity, type ChainAccess } from "./engine/chain/access.ts";
import { createEngine, type Engine } from "./engine/engine.ts";
import type { createLogger } from "./engine/observe/logger.ts";
import type { Metrics } from "./engine/observe/metrics.ts";
import type { Prices } from "./engine/price/prices.ts";
import type { Store } from "./engine/store/database.ts";
import { lockKey } from "./engine/store/lockKey.ts";
import { memoryStore, pgliteStore } from "./engine/store/pgliteStore.ts";
import { postgresStore } from "./engine/store/postgresStore.ts";
import type { Bot } from "./engine/types.ts";
import type { Watch } from "./engine/watch/watch.ts";

type Log = ReturnType<typeof createLogger>;

/** What an engine on one chain is made of. */
export interface EngineParts {
  readonly settings: Settings;
  readonly account: PrivateKeyAccount;
  readonly recipient: Address;
  readonly access: ChainAccess;
  readonly bots: ReadonlyMap<string, Bot>;
  readonly watch: Watch;
  readonly prices: Prices;
  readonly metrics: Metrics;
  /** Where PGlite keeps this chain's books. */
  readonly dataDir: string;
  readonly log: Log;
}

/** An engine with its own books and lock. */
export interface OpenEngine {
  readonly engine: Engine;
  readonly metrics: Metrics;
  readonly store: Store;
}

/** One engine a chain: nonces, books and locks of two chains have nothing to do with each other. */
export async function openEngine(parts: EngineParts): Promise<OpenEngine> {
  const { settings, account, recipient, access, bots, watch, prices, metrics, log } = parts;
  const scope = { chain: await chainIdentity(access), signer: account.address };
  const store = await openStore(settings, parts.dataDir, lockKey(scope.chain, account.address), log);
  const engine = createEngine({
    context: {
      access,
      account,
      recipient,
      scope,
      store,
      policy: {
        fees: { cap: settings.maxFeeGwei, minTip: settings.minTipGwei },
        marginPercent: settings.marginPercent,
        replaceAfterMs: settings.replaceSeconds * 1000,
        trackBoundMs: settings.trackSeconds * 1000,
        confirmations: BigInt(settings.confirmations),
        dryRun: settings.dryRun,
      },
      bots,
      prices,
      metrics,
      log,
      now: Date.now,
    },
    watch,
    health: {
      headStaleMs: settings.headStaleSeconds === 0 ? Infinity : settings.headStaleSeconds * 1000,
      minBalance: settings.minBalance,
    },
    pollMs: settings.pollMs,
    drainMs: settings.drainSeconds * 1000,
  });
  return { engine, metrics, store };
}

async function openStore(settings: Settings, dataDir: string, key: bigint, log: Log): Promise<Store> {
  // A dry run must neither take the lock of the replica that sends nor leave anything behind.
  if (settings.dryRun) return memoryStore();
  if (settings.databaseUrl !== undefined) return postgresStore(settings.databaseUrl, key, log);
  return pgliteStore(dataDir);
}
