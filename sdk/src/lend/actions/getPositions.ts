import type { Address } from "viem";
import { getBlockNumber } from "viem/actions";

import { lendControllerAbi } from "../../abi/lendControllerAbi.ts";
import { uTokenAbi } from "../../abi/uTokenAbi.ts";
import { CallError } from "../../errors/CallError.ts";
import { read, type ReadClient, type ReadOptions } from "../../internal/read.ts";
import { getLastPrice } from "../../oracle/actions/getLastPrice.ts";
import { getPriceQuote } from "../../oracle/actions/getPriceQuote.ts";
import { PriceQuality } from "../../oracle/types.ts";
import type { LendPosition } from "../types.ts";
import { getAccountAssets } from "./getAccountAssets.ts";
import { getLendAsset } from "./getLendAsset.ts";

export interface GetPositionsParameters extends ReadOptions {
  readonly controller: Address;
  readonly account: Address;
  /** Assets to read beside those that the account has to do with: what it might borrow or supply. */
  readonly ids?: readonly number[] | undefined;
}

/** Where an account stands, as the maths takes it, with the addresses that go with it. */
export interface Position extends LendPosition {
  readonly pool: Address;
  readonly asset: Address;
}

/**
 * An account's positions with their prices, all of one block, by id. Prices that are not good say so in their quality.
 * @throws CallError when a pool is in the middle of a call, or an asset asked for does not exist.
 */
export async function getPositions(
  client: ReadClient,
  parameters: GetPositionsParameters,
): Promise<readonly Position[]> {
  const { controller, account, ids = [] } = parameters;
  // One block for all: a position and a price of two different ones would not belong together.
  const options = await fixedBlock(client, parameters);
  const [used, oracle] = await Promise.all([
    getAccountAssets(client, { controller, account, ...options }),
    read(client, { address: controller, abi: lendControllerAbi, functionName: "oracle", args: [], options }),
  ]);
  const all = [...new Set([...used.collateral, ...used.debt, ...ids])].sort((a, b) => a - b);
  return Promise.all(all.map((id) => readPosition(client, { controller, account, oracle, id, options })));
}

async function fixedBlock(client: ReadClient, { blockNumber, blockTag }: ReadOptions): Promise<ReadOptions> {
  if (blockNumber !== undefined) return { blockNumber };
  if (blockTag !== undefined && blockTag !== "latest") return { blockTag };
  const latest = await getBlockNumber(client, { cacheTime: 0 }).catch((error: unknown) =>
    Promise.reject(new CallError(error)),
  );
  return { blockNumber: latest };
}

interface ReadPositionParameters {
  readonly controller: Address;
  readonly account: Address;
  readonly oracle: Address;
  readonly id: number;
  readonly options: ReadOptions;
}

async function readPosition(client: ReadClient, parameters: ReadPositionParameters): Promise<Position> {
  const { controller, account, oracle, id, options } = parameters;
  const { bonus: _bonus, loweredAt: _loweredAt, ...terms } = await getLendAsset(client, { controller, id, ...options });
  const pooled = { address: terms.pool, abi: uTokenAbi, options } as const;
  const [shares, isCollateral, [asset, , debt]] = await Promise.all([
    read(client, { ...pooled, functionName: "balanceOf", args: [account] }),
    read(client, { ...pooled, functionName: "isCollateral", args: [account] }),
    read(client, { ...pooled, functionName: "accountState", args: [account] }),
  ]);
  const [supplied, quote] = await Promise.all([
    read(client, { ...pooled, functionName: "convertToAssets", args: [shares] }),
    getPriceQuote(client, { priceOracle: oracle, asset, ...options }),
  ]);
  const isKnown = quote.quality >= PriceQuality.Pending && quote.low !== 0n;
  const lastPrice = isKnown ? 0n : await getLastPrice(client, { priceOracle: oracle, asset, ...options });
  return { ...terms, asset, supplied, isCollateral, debt, quote, lastPrice };
}
