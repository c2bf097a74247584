import type { Address, PrivateKeyAccount } from "viem";

import { requirePart, type Deployment } from "./config/loadDeployment.ts";
import { readFixedPrices, resolveToken } from "./config/readPrices.ts";
import type { Settings } from "./config/settings.ts";
import { createBots } from "./createBots.ts";
import { bookPrices } from "./dex/bookPrices.ts";
import { bookView } from "./dex/bookView.ts";
import { bookWatch } from "./dex/bookWatch.ts";
import { takerFeeReader } from "./dex/takerFee.ts";
import type { ChainAccess } from "./engine/chain/access.ts";
import type { createLogger } from "./engine/observe/logger.ts";
import { createMetrics } from "./engine/observe/metrics.ts";
import { firstOf, fixedPrices } from "./engine/price/prices.ts";
import { allWatches } from "./engine/watch/allWatches.ts";
import { indexerClient } from "./engine/watch/indexerClient.ts";
import type { Watch } from "./engine/watch/watch.ts";
import { lendView } from "./lend/lendView.ts";
import { lendWatch } from "./lend/lendWatch.ts";
import { oraclePrices } from "./lend/oraclePrices.ts";
import { openEngine, type OpenEngine } from "./openEngine.ts";
import { beatWatch, type BeatView } from "./oracle/beatWatch.ts";

/** What the engine on the deployment's chain needs. */
export interface HomeParts {
  readonly settings: Settings;
  readonly deployment: Deployment;
  readonly account: PrivateKeyAccount;
  readonly recipient: Address;
  readonly access: ChainAccess;
  readonly log: ReturnType<typeof createLogger>;
}

/** The engine on the deployment's chain, with the watches that its bots look at. @throws ConfigError */
export async function openHome(parts: HomeParts): Promise<OpenEngine> {
  const { settings, deployment, account, recipient, access, log } = parts;
  const metrics = createMetrics();
  const [book, lend] = [bookView(), lendView()];
  const beat: BeatView = { beat: undefined, unwatched: [] };
  const fee = takerFeeReader(access, deployment.contracts.orderNFT);
  const tokens = Object.values(deployment.tokens);
  const fixed = await readFixedPrices(access, settings.prices, deployment.tokens);
  const coinOf = (): Address =>
    resolveToken(settings.wrappedCoin, deployment.tokens, "--wrapped-coin (KEEPER_WRAPPED_COIN)");
  const runs = (...names: readonly (typeof settings.bots)[number][]): boolean =>
    names.some((name) => settings.bots.includes(name));

  const { flashLiquidator } = deployment.lend ?? {};
  const flash =
    runs("liquidator") && settings.liquidatorFlash && flashLiquidator !== undefined
      ? { flashLiquidator, venue: { view: book, taker: flashLiquidator, takerFee: fee.current, tokens } }
      : undefined;

  const sources = [fixedPrices(fixed)];
  const common = {
    access,
    startBlock: BigInt(deployment.startBlock),
    maxLogRange: BigInt(settings.logRange),
    sweepMs: settings.sweepSeconds * 1000,
    metrics,
    log,
    now: Date.now,
  };
  const watches: Watch[] = [];
  if (runs("matcher", "expirer") || flash !== undefined) {
    if (settings.priceFromBook) {
      sources.push(bookPrices({ view: book, coin: coinOf(), tokens, takerFee: fee.current }));
    }
    const { orderNFT, orderLens, orderMatcher } = deployment.contracts;
    const urls = settings.graphqlUrls;
    const indexer =
      urls.length === 0 ? undefined : indexerClient({ urls, timeoutMs: settings.rpcTimeoutMs, metrics, log });
    const watch = bookWatch({ ...common, book: orderNFT, lens: orderLens, taker: orderMatcher, indexer, view: book });
    watches.push({
      ...watch,
      advance: (head) => Promise.all([fee.refresh(), watch.advance(head)]).then(() => undefined),
    });
  }
  if (runs("liquidator")) {
    const { lens } = requirePart(deployment, "lend", "liquidator");
    watches.push(lendWatch({ ...common, lens, signer: account.address, view: lend }));
  }
  if (runs("oracle")) {
    const { priceFeedReceiver: receiver, priceOracle } = requirePart(deployment, "oracle", "oracle");
    watches.push(beatWatch({ access, receiver, priceOracle, assets: tokens, view: beat }));
  }

  const lendPrices = runs("liquidator")
    ? oraclePrices({
        view: lend,
        coin: coinOf(),
        fixed,
        slippage: settings.liquidatorSlippage,
        shareDiscount: settings.liquidatorShareDiscount,
      })
    : firstOf([]);
  const bots = createBots({
    settings,
    deployment,
    access,
    book,
    lend,
    beat,
    lendPrices,
    flash,
    signer: account.address,
    recipient,
    takerFee: fee.current,
  });
  const { dataDir } = settings;
  const [watch, prices] = [allWatches(watches), firstOf(sources)];
  return openEngine({ settings, account, recipient, access, bots, watch, prices, metrics, dataDir, log });
}
