import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { demoTokenAbi, orderNftAbi } from "@cxmpute/sdk";
import { maxUint256, zeroAddress, type Address } from "viem";

import { testAccount, type TestChain } from "./anvil.ts";
import { deployArtifact } from "./artifact.ts";

/** Taker fee of the test book: 6 bps. */
export const TAKER_FEE = 600n;

/** Account 0 deploys, 1 and 2 are makers. */
export const makers = [testAccount(1), testAccount(2)] as const;

/** An order book with what reads and matches it. */
export interface Book {
  readonly book: Address;
  readonly matcher: Address;
  readonly lens: Address;
}

/** An order book with three tokens and funded makers. */
export interface Dex extends Book {
  /** Plays the wrapped coin: a whole token is worth a coin. */
  readonly wpeaq: Address;
  readonly weth: Address;
  readonly usdc: Address;
  /** The deployment file that keepers read. */
  readonly file: string;
}

export async function deployBook(chain: TestChain): Promise<Book> {
  const account = testAccount(0);
  const contract = (folder: string, name: string, args: readonly unknown[]): Promise<Address> =>
    deployArtifact(chain, `contracts/${folder}/${name}.sol/${name}`, args);
  const manager = await deployArtifact(
    chain,
    "@openzeppelin/contracts/access/manager/AccessManager.sol/AccessManager",
    [account.address],
  );
  const extension = await contract("dex", "OrderExtension", [manager, zeroAddress, zeroAddress, zeroAddress]);
  const makerExtension = await contract("dex", "OrderMakerExtension", [extension, zeroAddress]);
  const book = await contract("dex", "OrderNFT", [manager, makerExtension, zeroAddress, account.address, TAKER_FEE]);
  const matcher = await contract("periphery", "OrderMatcher", [book]);
  const lens = await contract("periphery", "OrderLens", [book]);
  return { book, matcher, lens };
}

export async function deployDex(chain: TestChain): Promise<Dex> {
  const { client } = chain;
  const startBlock = Number(await client.getBlockNumber());
  const token = (name: string, symbol: string, decimals: number): Promise<Address> =>
    deployArtifact(chain, "contracts/demo/DemoToken.sol/DemoToken", [name, symbol, decimals]);
  const { book, matcher, lens } = await deployBook(chain);
  const wpeaq = await token("Wrapped PEAQ", "WPEAQ", 18);
  const weth = await token("Wrapped Ether", "WETH", 18);
  const usdc = await token("USD Coin", "USDC", 6);
  for (const maker of makers) {
    for (const token of [wpeaq, weth, usdc]) {
      const call = { address: token, abi: demoTokenAbi, account: maker } as const;
      await client.writeContract({ ...call, functionName: "mint", args: [maker.address, 10n ** 30n] });
      await client.writeContract({ ...call, functionName: "approve", args: [book, maxUint256] });
    }
  }
  const file = join(mkdtempSync(join(tmpdir(), "keepers-")), "deployment.json");
  writeFileSync(
    file,
    JSON.stringify({
      chainId: await client.getChainId(),
      startBlock,
      contracts: { orderNFT: book, orderMatcher: matcher, orderLens: lens },
      tokens: { WPEAQ: wpeaq, WETH: weth, USDC: { address: usdc, decimals: 6 } },
    }),
  );
  return { book, matcher, lens, wpeaq, weth, usdc, file };
}

/** What `placeOrder` places. */
export interface OrderParameters {
  readonly maker?: 0 | 1;
  readonly sell: Address;
  readonly buy: Address;
  readonly amount: bigint;
  /** Units of `buy` for all of `amount`. */
  readonly cost: bigint;
  readonly expiry?: number;
  readonly terms?: number;
}

/** Creates an order and returns its id. The chain must mine by itself. */
export async function placeOrder(
  { client }: TestChain,
  { book }: Pick<Book, "book">,
  order: OrderParameters,
): Promise<bigint> {
  const { result, request } = await client.simulateContract({
    address: book,
    abi: orderNftAbi,
    account: makers[order.maker ?? 0],
    functionName: "create",
    args: [
      order.sell,
      order.buy,
      order.amount,
      priceOf(order.cost, order.amount),
      order.expiry ?? 2 ** 32 - 1,
      order.terms ?? 0,
    ],
  });
  await client.waitForTransactionReceipt({ hash: await client.writeContract(request) });
  return result;
}

/** The least price at which `amount` units cost at least `cost` units. */
export function priceOf(cost: bigint, amount: bigint): bigint {
  for (let exponent = 0n; exponent < 256n; exponent++) {
    const shift = 191n - exponent;
    const numerator = shift >= 0n ? cost << shift : cost;
    const denominator = shift >= 0n ? amount : amount << -shift;
    const mantissa = (numerator + denominator - 1n) / denominator;
    if (mantissa >> 72n === 0n && mantissa >> 71n === 1n) return (exponent << 72n) | mantissa;
  }
  throw new Error("price out of range");
}

/** Two orders that cross: WETH sold at `ask` and bought at `bid`, in units of USDC a whole WETH. */
export async function placeCrossing(
  chain: TestChain,
  dex: Dex,
  { ask, bid, amount = 10n ** 18n }: { readonly ask: bigint; readonly bid: bigint; readonly amount?: bigint },
): Promise<readonly [bigint, bigint]> {
  const usdc = (price: bigint): bigint => (price * amount) / 10n ** 18n;
  const idA = await placeOrder(chain, dex, { maker: 0, sell: dex.weth, buy: dex.usdc, amount, cost: usdc(ask) });
  const idB = await placeOrder(chain, dex, {
    maker: 1,
    sell: dex.usdc,
    buy: dex.weth,
    amount: usdc(bid),
    cost: amount,
  });
  return [idA, idB];
}

/** An account's units of a token. */
export function balanceOf({ client }: TestChain, token: Address, account: Address): Promise<bigint> {
  return client.readContract({ address: token, abi: demoTokenAbi, functionName: "balanceOf", args: [account] });
}
