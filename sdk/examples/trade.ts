/** Sells one WETH at 3000.5 USDC, and buys half of it from another account. For the local chain of `npm start`. */
import { readFileSync } from "node:fs";

import {
  approveToken,
  createOrder,
  demoTokenAbi,
  explainError,
  fillOrders,
  formatPrice,
  getOrders,
  getTakerFee,
  listTokens,
  parseDeployment,
  parsePrice,
  routeSweep,
  waitForOrders,
} from "@cxmpute/sdk";
import { createWalletClient, formatUnits, http, parseUnits, publicActions } from "viem";
import { mnemonicToAccount } from "viem/accounts";
import { anvil } from "viem/chains";

const deployment = parseDeployment(readFileSync(process.argv[2] ?? ".cxmpute/deployment.json", "utf8"));
const { orderNFT, orderLens } = deployment.contracts;
const tokens = listTokens(deployment);
const { WETH, USDC } = deployment.tokens;
if (WETH === undefined || USDC === undefined) throw new Error("The deployment names no WETH and USDC.");

// Two of the accounts that a local chain funds. A page takes its client from the wallet instead.
const [maker, taker] = [5, 6].map((addressIndex) =>
  createWalletClient({
    account: mnemonicToAccount("test test test test test test test test test test test junk", { addressIndex }),
    chain: anvil,
    transport: http(process.env.RPC_URL ?? "http://127.0.0.1:8545"),
  }).extend(publicActions),
);
if (maker === undefined || taker === undefined) throw new Error("Two accounts are needed.");

// Demo tokens are free. `orderNFT` must be approved for what an order sells, and for what a fill pays.
for (const [client, token, amount] of [
  [maker, WETH, parseUnits("1", WETH.decimals)],
  [taker, USDC, parseUnits("2000", USDC.decimals)],
] as const) {
  const args = [client.account.address, amount] as const;
  await client.writeContract({ address: token.address, abi: demoTokenAbi, functionName: "mint", args });
  const { hash } = await approveToken(client, { token: token.address, spender: orderNFT });
  await client.waitForTransactionReceipt({ hash });
}

// The maker sells. Decimals turn a person's number into the contract's price.
const decimals = { sellDecimals: WETH.decimals, buyDecimals: USDC.decimals };
const sale = await createOrder(maker, {
  orderNFT,
  sellToken: WETH.address,
  buyToken: USDC.address,
  sellAmount: parseUnits("1", WETH.decimals),
  price: parsePrice("3000.5", decimals),
  terms: { minFill: parseUnits("0.01", WETH.decimals) },
  tokens,
});
const { created } = await waitForOrders(maker, sale);
process.stdout.write(`Order ${created[0]?.id} stands.\n`);

// The taker finds the best list of orders (an indexer knows all ids; here it is the one) and fills it.
const orders = await getOrders(taker, { orderLens, ids: created.map(({ id }) => id), taker: taker.account.address });
const { leg, expected, averagePrice } = routeSweep({
  orders: orders.filter((order) => order !== undefined),
  sellToken: WETH.address,
  buyToken: USDC.address,
  takeAmount: parseUnits("0.5", WETH.decimals),
  taker: taker.account.address,
  timestamp: (await taker.getBlock()).timestamp,
  takerFee: await getTakerFee(taker, { orderNFT }),
});
if (averagePrice === undefined) throw new Error("There is nothing to buy.");
const bought = `${formatUnits(expected.received, WETH.decimals)} WETH`;
process.stdout.write(
  `${bought} for ${formatPrice(averagePrice, { ...decimals, digits: 8 })} USDC each, fee deducted.\n`,
);
const { filled } = await waitForOrders(taker, await fillOrders(taker, { orderNFT, legs: [leg], tokens }));
process.stdout.write(`Paid ${formatUnits(filled[0]?.paid ?? 0n, USDC.decimals)} USDC.\n`);

// What cannot be is said before anything is sent.
const tooMuch = { ...leg, takeAmount: parseUnits("1", WETH.decimals), maxPay: parseUnits("9999", USDC.decimals) };
await fillOrders(taker, { orderNFT, legs: [tooMuch], fillOrKill: true, tokens }).catch((error: unknown) => {
  process.stdout.write(`${explainError(error)}\n`);
});
