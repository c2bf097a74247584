import { z } from "zod";

import * as p from "./parsers.ts";

/** One setting: its environment variable, its flag, what it says in `--help`, its default and its form. */
export interface Setting {
  readonly env: string;
  /** Absent for secrets: a flag would show in the list of processes. */
  readonly flag?: string;
  readonly help: string;
  readonly fallback?: string;
  readonly schema: z.ZodType;
}

export const BOT_NAMES = ["matcher", "expirer", "liquidator", "oracle"] as const;
export type BotName = (typeof BOT_NAMES)[number];

const botNames = p.list.pipe(
  z
    .array(z.enum(BOT_NAMES, { error: `must name bots of: ${BOT_NAMES.join(", ")}` }))
    .min(1, `must name at least one bot of: ${BOT_NAMES.join(", ")}`),
);

/** Every setting of the process. */
export const settings = {
  bots: {
    env: "KEEPER_BOTS",
    flag: "--bots <names>",
    help: "bots to run, with commas between",
    fallback: "matcher",
    schema: botNames,
  },
  deployment: {
    env: "DEPLOYMENT",
    flag: "--deployment <file>",
    help: "deployment JSON of the chain",
    schema: z.string().min(1),
  },
  rpcUrls: {
    env: "RPC_URLS",
    flag: "--rpc <urls>",
    help: "JSON-RPC endpoints, best first, with commas between",
    schema: p.httpUrls.pipe(z.array(z.string()).min(1, "must name at least one endpoint")),
  },
  ethereumRpcUrls: {
    env: "ETHEREUM_RPC_URLS",
    flag: "--ethereum-rpc <urls>",
    help: "JSON-RPC endpoints of the chain that prices are pushed from, best first, for the oracle bot",
    fallback: "",
    schema: p.httpUrls,
  },
  privateRpcUrl: {
    env: "KEEPER_PRIVATE_RPC_URL",
    flag: "--private-rpc <url>",
    help: "send transactions here and nowhere else",
    schema: p.httpUrl.optional(),
  },
  rpcTimeoutMs: {
    env: "KEEPER_RPC_TIMEOUT_MS",
    flag: "--rpc-timeout-ms <ms>",
    help: "when an endpoint counts as failed",
    fallback: "5000",
    schema: p.whole(100, 120_000),
  },
  rpcBatch: {
    env: "KEEPER_RPC_BATCH",
    flag: "--rpc-batch <n>",
    help: "most calls in one JSON-RPC batch; 1 for none",
    fallback: "20",
    schema: p.whole(1, 1000),
  },
  logRange: {
    env: "KEEPER_LOG_RANGE",
    flag: "--log-range <blocks>",
    help: "most blocks in one log request",
    fallback: "5000",
    schema: p.whole(1, 1_000_000),
  },
  graphqlUrls: {
    env: "GRAPHQL_URLS",
    flag: "--graphql <urls>",
    help: "indexers that may name orders sooner; the chain alone works too",
    fallback: "",
    schema: p.httpUrls,
  },
  privateKey: {
    env: "KEEPER_PRIVATE_KEY",
    help: "key of the signer, 0x and 64 hex digits (or a keystore)",
    schema: z
      .string()
      .regex(/^0x[0-9a-fA-F]{64}$/, "must be 0x and 64 hex digits")
      .optional(),
  },
  keystore: {
    env: "KEEPER_KEYSTORE",
    flag: "--keystore <file>",
    help: "encrypted v3 JSON keystore of the signer",
    schema: z.string().min(1).optional(),
  },
  keystorePassword: {
    env: "KEEPER_KEYSTORE_PASSWORD",
    help: "password of the keystore",
    schema: z.string().optional(),
  },
  keystorePasswordFile: {
    env: "KEEPER_KEYSTORE_PASSWORD_FILE",
    flag: "--keystore-password-file <file>",
    help: "file with the password of the keystore",
    schema: z.string().min(1).optional(),
  },
  recipient: {
    env: "KEEPER_RECIPIENT",
    flag: "--recipient <address>",
    help: "who receives what is earned (default: the signer)",
    schema: p.address.optional(),
  },
  databaseUrl: {
    env: "DATABASE_URL",
    flag: "--database <url>",
    help: "Postgres for the books and the lock of replicas (default: PGlite in the data folder)",
    schema: p.postgresUrl.optional(),
  },
  dataDir: {
    env: "KEEPER_DATA_DIR",
    flag: "--data-dir <folder>",
    help: "where PGlite keeps the books",
    fallback: ".cxmpute/keepers",
    schema: z.string().min(1),
  },
  dryRun: {
    env: "KEEPER_DRY_RUN",
    flag: "--dry-run",
    help: "decide and log, but write and send nothing",
    fallback: "false",
    schema: p.flag,
  },
  marginPercent: {
    env: "KEEPER_MARGIN_PERCENT",
    flag: "--margin <percent>",
    help: "what a call must earn above its gas",
    fallback: "20",
    schema: p.positive,
  },
  maxFeeGwei: {
    env: "KEEPER_MAX_FEE_GWEI",
    flag: "--max-fee-gwei <gwei>",
    help: "never offer more than this a gas",
    fallback: "2000",
    schema: p.amount(9),
  },
  minTipGwei: {
    env: "KEEPER_MIN_TIP_GWEI",
    flag: "--min-tip-gwei <gwei>",
    help: "least tip a gas",
    fallback: "0.000000001",
    schema: p
      .amount(9)
      .refine((wei) => wei > 0n, "must be at least one wei, because a tip of 0 cannot be raised by 12 %"),
  },
  replaceSeconds: {
    env: "KEEPER_REPLACE_SECONDS",
    flag: "--replace-seconds <s>",
    help: "how long an attempt waits before its fees rise",
    fallback: "18",
    schema: p.positive,
  },
  trackSeconds: {
    env: "KEEPER_TRACK_SECONDS",
    flag: "--track-seconds <s>",
    help: "when a transaction that has not landed turns the health red",
    fallback: "300",
    schema: p.positive,
  },
  confirmations: {
    env: "KEEPER_CONFIRMATIONS",
    flag: "--confirmations <blocks>",
    help: "blocks on top before a booking is final",
    fallback: "12",
    schema: p.whole(0, 10_000),
  },
  prices: {
    env: "KEEPER_PRICES",
    flag: "--prices <json>",
    help: 'coin for one whole token, by symbol or address: {"USDC":"4.2"}',
    fallback: "{}",
    schema: p.priceMap,
  },
  priceFromBook: {
    env: "KEEPER_PRICE_FROM_BOOK",
    flag: "--price-from-book <bool>",
    help: "price listed tokens by what the book's orders pay for them",
    fallback: "true",
    schema: p.flag,
  },
  wrappedCoin: {
    env: "KEEPER_WRAPPED_COIN",
    flag: "--wrapped-coin <token>",
    help: "symbol in the deployment, or address, of the wrapped coin",
    fallback: "WPEAQ",
    schema: z.string().min(1),
  },
  expirerBudget: {
    env: "KEEPER_EXPIRER_BUDGET",
    flag: "--expirer-budget <coin>",
    help: "coin a day that the expirer may spend; it earns none",
    schema: p.amount(18).optional(),
  },
  expirerMakers: {
    env: "KEEPER_EXPIRER_MAKERS",
    flag: "--expirer-makers <addresses>",
    help: "makers whose orders the expirer cleans up (default: everybody's)",
    fallback: "",
    schema: p.addresses,
  },
  liquidatorFlash: {
    env: "KEEPER_LIQUIDATOR_FLASH",
    flag: "--liquidator-flash <bool>",
    help: "liquidate without own capital too: sell what is seized to the order book's bids, where that earns more",
    fallback: "true",
    schema: p.flag,
  },
  liquidatorSlippage: {
    env: "KEEPER_LIQUIDATOR_SLIPPAGE",
    flag: "--liquidator-slippage <percent>",
    help: "what selling seized collateral is reckoned to lose",
    fallback: "0.5",
    schema: p.amount(4).refine((millionths) => millionths < 1_000_000n, "must be below 100"),
  },
  liquidatorShareDiscount: {
    env: "KEEPER_LIQUIDATOR_SHARE_DISCOUNT",
    flag: "--liquidator-share-discount <percent>",
    help: "what uTokens, seized where a pool has no cash, are reckoned to be worth less than their asset; 100 for none",
    fallback: "2",
    schema: p.amount(4).refine((millionths) => millionths <= 1_000_000n, "must not be above 100"),
  },
  approvalBudget: {
    env: "KEEPER_APPROVAL_BUDGET",
    flag: "--approval-budget <coin>",
    help: "coin a day for the liquidator's approvals to pools",
    fallback: "1",
    schema: p.amount(18),
  },
  oracleBudget: {
    env: "KEEPER_ORACLE_BUDGET",
    flag: "--oracle-budget <ether>",
    help: "ether a day that the oracle bot may spend on gas and message fees; it earns none",
    schema: p.amount(18).optional(),
  },
  oracleDeviation: {
    env: "KEEPER_ORACLE_DEVIATION",
    flag: "--oracle-deviation <percent>",
    help: "a price that has moved so much is pushed",
    fallback: "0.5",
    schema: p.amount(2).refine((bps) => bps > 0n, "must be at least 0.01"),
  },
  oracleIntervalSeconds: {
    env: "KEEPER_ORACLE_INTERVAL_SECONDS",
    flag: "--oracle-interval-seconds <s>",
    help: "a price that was last observed so long ago is pushed",
    fallback: "1200",
    schema: p.whole(60, 1800),
  },
  oracleDeliverySeconds: {
    env: "KEEPER_ORACLE_DELIVERY_SECONDS",
    flag: "--oracle-delivery-seconds <s>",
    help: "how long a pushed price may be on its way before it is pushed again",
    fallback: "300",
    schema: p.whole(1, 1800),
  },
  heartbeatBudget: {
    env: "KEEPER_HEARTBEAT_BUDGET",
    flag: "--heartbeat-budget <coin>",
    help: "coin a day for the oracle bot's pokes on peaq",
    fallback: "1",
    schema: p.amount(18),
  },
  minBalance: {
    env: "KEEPER_MIN_BALANCE",
    flag: "--min-balance <coin>",
    help: "balance of the signer below which the health is red",
    fallback: "0.1",
    schema: p.amount(18),
  },
  headStaleSeconds: {
    env: "KEEPER_HEAD_STALE_SECONDS",
    flag: "--head-stale-seconds <s>",
    help: "seconds without a new block that turn the health red; 0 for never",
    fallback: "60",
    schema: p.positive,
  },
  periodSeconds: {
    env: "KEEPER_PERIOD_SECONDS",
    flag: "--period-seconds <s>",
    help: "dead man: longest time between two complete passes of a bot",
    fallback: "60",
    schema: p.positive,
  },
  pollMs: {
    env: "KEEPER_POLL_MS",
    flag: "--poll-ms <ms>",
    help: "time between rounds",
    fallback: "1000",
    schema: p.whole(10, 60_000),
  },
  sweepSeconds: {
    env: "KEEPER_SWEEP_SECONDS",
    flag: "--sweep-seconds <s>",
    help: "time between full reads of every order",
    fallback: "60",
    schema: p.positive,
  },
  drainSeconds: {
    env: "KEEPER_DRAIN_SECONDS",
    flag: "--drain-seconds <s>",
    help: "how long SIGTERM waits for what is in flight",
    fallback: "20",
    schema: p.positive,
  },
  host: {
    env: "KEEPER_HOST",
    flag: "--host <host>",
    help: "address of the HTTP endpoints",
    fallback: "127.0.0.1",
    schema: z.string().min(1),
  },
  port: {
    env: "KEEPER_PORT",
    flag: "--port <port>",
    help: "port of the HTTP endpoints",
    fallback: "8790",
    schema: p.whole(0, 65_535),
  },
  logLevel: {
    env: "LOG_LEVEL",
    flag: "--log-level <level>",
    help: "fatal, error, warn, info, debug, trace or silent",
    fallback: "info",
    schema: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"], {
      error: "must be one of fatal, error, warn, info, debug, trace, silent",
    }),
  },
} as const satisfies Record<string, Setting>;

export type Settings = { readonly [K in keyof typeof settings]: z.output<(typeof settings)[K]["schema"]> };
