import { serve } from "@hono/node-server";

import { ConfigError } from "./config/ConfigError.ts";
import { loadAccount } from "./config/loadAccount.ts";
import { loadDeployment } from "./config/loadDeployment.ts";
import { readFixedPrices, resolveToken } from "./config/readPrices.ts";
import type { Settings } from "./config/settings.ts";
import { createBots } from "./createBots.ts";
import { bookPrices } from "./dex/bookPrices.ts";
import { bookView } from "./dex/bookView.ts";
import { bookWatch } from "./dex/bookWatch.ts";
import { takerFeeReader } from "./dex/takerFee.ts";
import { chainAccess, chainIdentity } from "./engine/chain/access.ts";
import { createEngine } from "./engine/engine.ts";
import { createApp } from "./engine/observe/app.ts";
import { createLogger } from "./engine/observe/logger.ts";
import { createMetrics } from "./engine/observe/metrics.ts";
import { firstOf, fixedPrices } from "./engine/price/prices.ts";
import type { Store } from "./engine/store/database.ts";
import { lockKey } from "./engine/store/lockKey.ts";
import { memoryStore, pgliteStore } from "./engine/store/pgliteStore.ts";
import { postgresStore } from "./engine/store/postgresStore.ts";
import { indexerClient } from "./engine/watch/indexerClient.ts";

/** Runs a keeper process until SIGTERM or SIGINT has drained it. @throws ConfigError for wrong settings */
export async function runKeeper(settings: Settings): Promise<void> {
  const log = createLogger(settings.logLevel);
  const now = Date.now;
  const deployment = loadDeployment(settings.deployment);
  const account = await loadAccount(settings);
  const recipient = settings.recipient ?? account.address;
  const access = chainAccess({
    chainId: deployment.chainId,
    rpcUrls: settings.rpcUrls,
    privateRpcUrl: settings.privateRpcUrl,
    timeoutMs: settings.rpcTimeoutMs,
    batchSize: settings.rpcBatch,
  });
  const chainId = await access.read.getChainId();
  if (chainId !== deployment.chainId) {
    throw new ConfigError([
      `--rpc (RPC_URLS) is chain ${chainId}, but the deployment is of chain ${deployment.chainId}.`,
    ]);
  }

  const metrics = createMetrics();
  const view = bookView();
  const fee = takerFeeReader(access, deployment.contracts.orderNFT);
  const tokens = Object.values(deployment.tokens);
  const fixed = await readFixedPrices(access, settings.prices, deployment.tokens);
  const sources = [fixedPrices(fixed)];
  if (settings.priceFromBook) {
    const coin = resolveToken(settings.wrappedCoin, deployment.tokens, "--wrapped-coin (KEEPER_WRAPPED_COIN)");
    sources.push(bookPrices({ view, coin, tokens, takerFee: fee.current }));
  }

  const scope = { chain: await chainIdentity(access), signer: account.address };
  const context = {
    access,
    account,
    recipient,
    scope,
    store: await openStore(settings, lockKey(scope.chain, account.address), log),
    policy: {
      fees: { cap: settings.maxFeeGwei, minTip: settings.minTipGwei },
      marginPercent: settings.marginPercent,
      replaceAfterMs: settings.replaceSeconds * 1000,
      trackBoundMs: settings.trackSeconds * 1000,
      confirmations: BigInt(settings.confirmations),
      dryRun: settings.dryRun,
    },
    bots: createBots({ settings, deployment, access, view, signer: account.address, recipient, takerFee: fee.current }),
    prices: firstOf(sources),
    metrics,
    log,
    now,
  };
  const book = bookWatch({
    access,
    book: deployment.contracts.orderNFT,
    lens: deployment.contracts.orderLens,
    taker: deployment.contracts.orderMatcher,
    startBlock: BigInt(deployment.startBlock),
    maxLogRange: BigInt(settings.logRange),
    sweepMs: settings.sweepSeconds * 1000,
    indexer:
      settings.graphqlUrls.length === 0
        ? undefined
        : indexerClient({ urls: settings.graphqlUrls, timeoutMs: settings.rpcTimeoutMs, metrics, log }),
    view,
    metrics,
    log,
    now,
  });
  const engine = createEngine({
    context,
    watch: { ...book, advance: (head) => Promise.all([fee.refresh(), book.advance(head)]).then(() => undefined) },
    health: {
      headStaleMs: settings.headStaleSeconds === 0 ? Infinity : settings.headStaleSeconds * 1000,
      minBalance: settings.minBalance,
    },
    pollMs: settings.pollMs,
    drainMs: settings.drainSeconds * 1000,
  });

  const server = serve(
    { fetch: createApp({ engine, metrics }).fetch, hostname: settings.host, port: settings.port },
    (info) =>
      log.info({ port: info.port, signer: account.address, bots: settings.bots, dryRun: settings.dryRun }, "listening"),
  );
  server.on("error", (error: NodeJS.ErrnoException) => {
    const taken = error.code === "EADDRINUSE";
    const reason = taken ? `Port ${settings.port} is taken: choose another with --port (KEEPER_PORT).` : error.message;
    process.stderr.write(`${reason}\n`);
    process.exit(taken ? 2 : 1);
  });
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => {
      log.info({ signal }, "draining");
      engine.drain();
    });
  }
  await engine.run();
  server.close();
  await context.store.close();
  log.info("stopped");
}

async function openStore(settings: Settings, key: bigint, log: ReturnType<typeof createLogger>): Promise<Store> {
  // A dry run must neither take the lock of the replica that sends nor leave anything behind.
  if (settings.dryRun) return memoryStore();
  if (settings.databaseUrl !== undefined) return postgresStore(settings.databaseUrl, key, log);
  return pgliteStore(settings.dataDir);
}
