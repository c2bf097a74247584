import type { Address } from "viem";

import type { ChainAccess } from "../../engine/chain/access.ts";
import { isRevert } from "../../engine/chain/isRevert.ts";
import type { Prices } from "../../engine/price/prices.ts";
import { worthOf } from "../../engine/price/worthOf.ts";
import { NEARLY_FULL, type Quote } from "../../engine/types.ts";

/** What quotes are compared by. */
export interface BetterQuoteParameters {
  readonly access: ChainAccess;
  readonly signer: Address;
  readonly prices: Prices;
  readonly quotes: readonly Quote[];
}

/**
 * The quote that is worth most once its gas is paid, at what a gas costs now; of equals the first. Asks the chain only
 * where there is more than one that is worth anything.
 */
export async function betterQuote(parameters: BetterQuoteParameters): Promise<Quote | undefined> {
  const { access, signer, prices, quotes } = parameters;
  const worths = quotes.map((quote) => {
    const worth = worthOf(prices, quote);
    return { quote, coin: "missing" in worth ? 0n : worth.coin };
  });
  const paying = worths.filter(({ coin }) => coin > 0n);
  if (paying.length < 2) return (paying[0] ?? worths[0])?.quote;

  const [gasPrice, ...gas] = await Promise.all([
    access.read.getGasPrice(),
    ...paying.map(({ quote }) => gasOf(access, signer, quote)),
  ]);
  let best: { readonly quote: Quote; readonly net: bigint } | undefined;
  for (const [index, { quote, coin }] of paying.entries()) {
    const used = gas[index];
    if (used === undefined) continue;
    const net = coin - used * gasPrice;
    if (best === undefined || net > best.net) best = { quote, net };
  }
  return best?.quote;
}

/** Undefined when the call would revert. */
async function gasOf(access: ChainAccess, account: Address, quote: Quote): Promise<bigint | undefined> {
  const { to, data } = quote.call(NEARLY_FULL);
  try {
    return await access.read.estimateGas({ account, to, data, blockTag: "latest" });
  } catch (error) {
    if (isRevert(error)) return undefined;
    throw error;
  }
}
