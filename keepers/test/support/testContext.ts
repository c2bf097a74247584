import { demoTokenAbi } from "@cxmpute/sdk";
import { pino } from "pino";
import { encodeFunctionData, type Address } from "viem";
import { privateKeyToAccount } from "viem/accounts";

import { chainAccess, chainIdentity } from "../../src/engine/chain/access.ts";
import type { Context, SendPolicy } from "../../src/engine/context.ts";
import { createMetrics } from "../../src/engine/observe/metrics.ts";
import { fixedPrices, type Prices } from "../../src/engine/price/prices.ts";
import type { Store } from "../../src/engine/store/database.ts";
import { memoryStore } from "../../src/engine/store/pgliteStore.ts";
import type { Bot, Quote } from "../../src/engine/types.ts";
import { testKey, type TestChain } from "./anvil.ts";

export const GWEI = 10n ** 9n;
export const COIN = 10n ** 18n;

/** A clock that moves when it is told to. */
export interface Clock {
  now: () => number;
  pass(ms: number): void;
}

export function testClock(): Clock {
  let time = Date.now();
  return {
    now: () => time,
    pass: (ms) => {
      time += ms;
    },
  };
}

/** What a test may set of a context. */
export interface ContextOptions {
  readonly bots?: readonly Bot[];
  readonly policy?: Partial<SendPolicy>;
  readonly prices?: Prices;
  readonly clock?: Clock;
  readonly rpcUrls?: readonly string[];
  readonly privateRpcUrl?: string;
  /** Index of the signer's account. */
  readonly signer?: number;
}

const opened = new Set<Store>();

/** Closes the books of all contexts: each holds a database in memory. */
export async function closeBooks(): Promise<void> {
  await Promise.all([...opened].map((store) => store.close()));
  opened.clear();
}

/** A context on a local chain with books in memory. */
export async function testContext(chain: TestChain, options: ContextOptions = {}): Promise<Context> {
  const account = privateKeyToAccount(testKey(options.signer ?? 5));
  const access = chainAccess({
    chainId: await chain.client.getChainId(),
    rpcUrls: options.rpcUrls ?? [chain.url],
    privateRpcUrl: options.privateRpcUrl,
    timeoutMs: 2000,
    batchSize: 20,
  });
  const store = await memoryStore();
  opened.add(store);
  return {
    access,
    account,
    recipient: account.address,
    scope: { chain: await chainIdentity(access), signer: account.address },
    store,
    policy: {
      fees: { cap: 1000n * GWEI, minTip: 1n },
      marginPercent: 20,
      replaceAfterMs: 10_000,
      trackBoundMs: 60_000,
      confirmations: 3n,
      dryRun: false,
      ...options.policy,
    },
    bots: new Map((options.bots ?? []).map((bot) => [bot.name, bot])),
    prices: options.prices ?? fixedPrices(new Map()),
    metrics: createMetrics(),
    log: pino({ level: "silent" }),
    now: options.clock?.now ?? Date.now,
  };
}

/** A bot that mints demo tokens to the recipient: an opportunity that can be switched off. */
export interface Minter extends Bot {
  gone: boolean;
}

export function minter(token: Address, recipient: Address, amount: bigint): Minter {
  const payload = { amount: amount.toString() };
  const candidate = { payload, key: "mint", gains: [{ token, amount }], consumes: [] };
  const bot: Minter = {
    name: "minter",
    periodMs: 60_000,
    dailyBudget: undefined,
    gone: false,
    find: () => (bot.gone ? [] : [candidate]),
    quote: (): Promise<Quote | undefined> =>
      Promise.resolve(
        bot.gone
          ? undefined
          : {
              ...candidate,
              call: () => ({
                to: token,
                data: encodeFunctionData({ abi: demoTokenAbi, functionName: "mint", args: [recipient, amount] }),
              }),
            },
      ),
  };
  return bot;
}
