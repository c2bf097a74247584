import { erc20Abi, getAddress, isAddress, type Address } from "viem";

import type { ChainAccess } from "../engine/chain/access.ts";
import type { FixedPrice } from "../engine/price/prices.ts";
import { ConfigError } from "./ConfigError.ts";

/** The token that a symbol of the deployment, or an address, names. @throws ConfigError */
export function resolveToken(name: string, tokens: Readonly<Record<string, Address>>, setting: string): Address {
  const known = tokens[name];
  if (known !== undefined) return known;
  if (isAddress(name, { strict: false })) return getAddress(name);
  const symbols = Object.keys(tokens).join(", ") || "none";
  throw new ConfigError([
    `${setting} names "${name}", which is neither an address nor a token of the deployment (${symbols}).`,
  ]);
}

/** Fixed prices by lower-case address, with each token's decimals read from the chain. */
export async function readFixedPrices(
  access: ChainAccess,
  prices: Readonly<Record<string, bigint>>,
  tokens: Readonly<Record<string, Address>>,
): Promise<Map<string, FixedPrice>> {
  const fixed = new Map<string, FixedPrice>();
  for (const [name, coin] of Object.entries(prices)) {
    const token = resolveToken(name, tokens, "--prices (KEEPER_PRICES)");
    const decimals = await access.read.readContract({ address: token, abi: erc20Abi, functionName: "decimals" });
    fixed.set(token.toLowerCase(), { coin, decimals });
  }
  return fixed;
}
