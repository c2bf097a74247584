import { encodePrice, NO_EXPIRY, packOrderId } from "@cxmpute/sdk";

import { bookOf, deployToken, fund, send, startChain } from "../../indexer/test/support/chain.ts";
import { createHome, startIndexer } from "../../indexer/test/support/ponder.ts";
import { quantile } from "./quantile.ts";

const SAMPLES = 100;

/** Milliseconds from an order's block until GraphQL answers with the order, at Ponder's poll of 200 ms. */
export async function measureLatency(): Promise<{ readonly p50: number; readonly p95: number }> {
  const chain = await startChain();
  const { client } = chain;
  const maker = client.account;
  const base = await deployToken(client, "WETH", 18);
  const quote = await deployToken(client, "USDC", 6);
  await fund(chain, maker, [base, quote], 10n ** 30n);
  const indexer = await startIndexer(chain, { home: createHome(chain) });
  try {
    await indexer.catchUp();
    const times: number[] = [];
    for (let nonce = 0n; nonce < SAMPLES; nonce += 1n) {
      // Anywhere within a poll.
      await new Promise((resolve) => setTimeout(resolve, 300 + Math.random() * 200));
      const args = [base, quote, 10n ** 18n, encodePrice(3_000n + nonce, 10n ** 12n), NO_EXPIRY, 0] as const;
      await send(client, client.writeContract({ ...bookOf(chain), functionName: "create", args }));
      const began = performance.now();
      const id = packOrderId({ maker: maker.address, nonce, expiry: NO_EXPIRY });
      for (;;) {
        const { order } = await indexer.query<{ order: object | null }>(`{ order(id: "${id}") { status } }`);
        if (order !== null) break;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      times.push(performance.now() - began);
    }
    return { p50: quantile(times, 0.5), p95: quantile(times, 0.95) };
  } finally {
    await indexer.process.stop();
    await chain.process.stop();
  }
}
