import { uTokenAbi } from "@cxmpute/sdk";
import {
  type Address,
  encodeFunctionData,
  type EncodeFunctionDataParameters,
  type Hex,
  numberToHex,
  padHex,
} from "viem";

import { createEngine } from "../../keepers/src/engine/engine.ts";
import { startChain, testAccount, type TestChain } from "../../keepers/test/support/anvil.ts";
import {
  deployLend,
  fund,
  governor,
  type Lend,
  setPrice,
  supply,
  USD,
  USDC,
  WETH,
} from "../../keepers/test/support/deployLend.ts";
import { liquidatorBench } from "../../keepers/test/support/liquidatorBench.ts";
import { BLOCK_MS, type Figures, timed } from "./figures.ts";

const BORROWERS = 10_000;
const EVENTS = 10;
/** Transactions in a block of the set-up, and requests in one to the node. */
const BATCH = 100;
const COLLATERAL = 10n * WETH;
/** At 3,000 USD a health of 1.2; nothing of what happens brings it near one. */
const DEBT = 20_000n * USDC;
/** The first account to fall ill owes so much: at 2,750 USD and below. */
const FIRST_DEBT = 22_000n * USDC;
const STEP = 100n * USDC;

/** The liquidator over 10,000 borrowers: to read them all, to check them again, and from a price to the sending. */
export async function measureLending(): Promise<Figures> {
  const chain = await startChain();
  try {
    const lend = await deployLend(chain);
    await supply(chain, lend.usdc, governor, BigInt(BORROWERS) * FIRST_DEBT);
    await openPositions(chain, lend);
    const signer = testAccount(5);
    await fund(chain, lend.usdc, signer, 10_000_000n * USDC, true);

    const first = await liquidatorBench(chain, lend, { sweepMs: 0 });
    const start = await timed(async () => {
      do await first.look();
      while (!first.watch.isReady());
    });
    if (first.view.size() !== BORROWERS) throw new Error(`${first.view.size()} borrowers were seen, not ${BORROWERS}`);
    const check = await timed(async () => {
      await first.look();
      first.bot.find();
    });
    return {
      "lend.start.10000": { ms: start, limit: 2 * BLOCK_MS },
      "lend.check.10000": { ms: check, limit: BLOCK_MS },
      "lend.eventToSent.p100": { ms: Math.max(...(await latencies(chain, lend))), limit: BLOCK_MS },
    };
  } finally {
    await chain.stop();
  }
}

/** Borrowers whom nobody has the keys of: the node sends for them. */
const borrowerAt = (index: number): Address => padHex(numberToHex(0xb0_0000 + index), { size: 20 });

/** The first few owe more, each less than the one before. */
const debtOf = (index: number): bigint => (index < EVENTS ? FIRST_DEBT - BigInt(index) * STEP : DEBT);

async function openPositions(chain: TestChain, lend: Lend): Promise<void> {
  const { client } = chain;
  await batch(chain.url, [{ method: "anvil_autoImpersonateAccount", params: [true] }]);
  await client.setAutomine(false);
  await client.setBlockGasLimit({ gasLimit: 1_000_000_000n });
  // The node would give all of a batch the same.
  let nonce = await client.getTransactionCount({ address: governor.address });
  const call = (from: Address, to: Address, data: Hex, at: number) => ({
    method: "eth_sendTransaction",
    params: [{ from, to, data, gas: numberToHex(1_000_000), nonce: numberToHex(at) }],
  });
  for (let done = 0; done < BORROWERS; done += BATCH) {
    const accounts = Array.from({ length: BATCH }, (_, i) => [done + i, borrowerAt(done + i)] as const);
    const balance = numberToHex(10n ** 20n);
    await batch(
      chain.url,
      accounts.map(([, account]) => ({ method: "anvil_setBalance", params: [account, balance] })),
    );
    // Within a block the node orders them as it likes: what a debt stands on comes first.
    await batch(
      chain.url,
      accounts.map(([, account]) => {
        const data = encode({ functionName: "deposit", args: [COLLATERAL, account] });
        return call(governor.address, lend.weth.pool, data, nonce++);
      }),
    );
    await client.mine({ blocks: 1 });
    const on = encode({ functionName: "setCollateral", args: [true] });
    await batch(
      chain.url,
      accounts.flatMap(([index, account]) => [
        call(account, lend.weth.pool, on, 0),
        call(account, lend.usdc.pool, encode({ functionName: "borrow", args: [debtOf(index), account, account] }), 1),
      ]),
    );
    await client.mine({ blocks: 1 });
  }
  await client.setAutomine(true);
}

type PoolCall = Omit<EncodeFunctionDataParameters<typeof uTokenAbi, "deposit" | "setCollateral" | "borrow">, "abi">;

const encode = (call: PoolCall): Hex => encodeFunctionData({ abi: uTokenAbi, ...call });

/** Many requests in one. @throws Error with the node's for the first that fails */
async function batch(url: string, requests: readonly { method: string; params: readonly unknown[] }[]): Promise<void> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(requests.map((request, id) => ({ jsonrpc: "2.0", id, ...request }))),
  });
  const answers = (await response.json()) as { error?: { message: string } }[];
  const failed = answers.find(({ error }) => error !== undefined);
  if (failed !== undefined) throw new Error(failed.error?.message);
}

/** Milliseconds from a price that makes one account ill to the keeper's transaction, with a second between rounds. */
async function latencies(chain: TestChain, lend: Lend): Promise<number[]> {
  const live = await liquidatorBench(chain, lend, { sweepMs: 60_000 });
  const engine = createEngine({
    context: live.context,
    watch: live.watch,
    health: { headStaleMs: Infinity, minBalance: 0n },
    pollMs: 1000,
    drainMs: 1000,
  });
  const running = engine.run();
  while (!engine.isReady()) await new Promise((resolve) => setTimeout(resolve, 20));
  const found: number[] = [];
  for (let i = 0; i < EVENTS; i++) {
    const nonce = await sentBy(chain);
    // Health is 8 times the price over the debt: just below one for this account, above it for the next.
    await setPrice(chain, lend, lend.weth, (debtOf(i) * USD) / (8n * USDC) - USD);
    const priced = performance.now();
    while ((await sentBy(chain)) === nonce) {
      if (performance.now() - priced > 10 * BLOCK_MS) throw new Error("the account was not liquidated");
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    found.push(performance.now() - priced);
  }
  engine.drain();
  await running;
  return found;
}

function sentBy({ client }: TestChain): Promise<number> {
  return client.getTransactionCount({ address: testAccount(5).address, blockTag: "pending" });
}
