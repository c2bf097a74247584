import { type Address, erc20Abi, type PublicClient } from "viem";

import type { Token } from "@cxmpute/sdk";

/**
 * Asks each token for its name and decimals.
 * @throws Error when one does not answer, or calls itself otherwise than the parameters do.
 */
export async function describeTokens(
  client: PublicClient,
  tokens: Record<string, Address>,
): Promise<Record<string, Token>> {
  const described: Record<string, Token> = {};
  for (const [symbol, address] of Object.entries(tokens)) {
    const read = <F extends "name" | "symbol" | "decimals">(functionName: F) =>
      client.readContract({ address, abi: erc20Abi, functionName });
    const [name, ownSymbol, decimals] = await Promise.all([read("name"), read("symbol"), read("decimals")]).catch(
      (cause: unknown) => {
        throw new Error(`${symbol} at ${address} does not answer as a token`, { cause });
      },
    );
    if (ownSymbol !== symbol) throw new Error(`the token at ${address} calls itself ${ownSymbol}, not ${symbol}`);
    described[symbol] = { address, decimals, name };
  }
  return described;
}
