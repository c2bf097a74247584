/** Lends USDC, and borrows half of what a WETH allows from another account. For a local chain with lending. */
import { readFileSync } from "node:fs";

import {
  accountHealth,
  approveToken,
  borrowAsset,
  borrowCapacity,
  demoTokenAbi,
  explainError,
  getPoolAccount,
  getPoolParameters,
  getPoolTotals,
  getPositions,
  liquidationPrice,
  listTokens,
  parseDeployment,
  setCollateral,
  supplyAsset,
  waitForLend,
} from "@cxmpute/sdk";
import { createWalletClient, formatUnits, http, parseUnits, publicActions } from "viem";
import { mnemonicToAccount } from "viem/accounts";
import { anvil } from "viem/chains";

const deployment = parseDeployment(readFileSync(process.argv[2] ?? ".cxmpute/deployment.json", "utf8"));
const tokens = listTokens(deployment);
const { WETH, USDC } = deployment.tokens;
const { controller, pools } = deployment.lend ?? {};
if (WETH === undefined || USDC === undefined || controller === undefined) throw new Error("There is no lending here.");
if (pools?.WETH === undefined || pools.USDC === undefined) throw new Error("There are no pools of WETH and USDC.");

const [lender, borrower] = [5, 6].map((addressIndex) =>
  createWalletClient({
    account: mnemonicToAccount("test test test test test test test test test test test junk", { addressIndex }),
    chain: anvil,
    transport: http(process.env.RPC_URL ?? "http://127.0.0.1:8545"),
  }).extend(publicActions),
);
if (lender === undefined || borrower === undefined) throw new Error("Two accounts are needed.");

// Demo tokens are free. A pool must be approved for its asset.
for (const [client, token, pool, assets] of [
  [lender, USDC, pools.USDC.address, parseUnits("5000", USDC.decimals)],
  [borrower, WETH, pools.WETH.address, parseUnits("1", WETH.decimals)],
] as const) {
  const args = [client.account.address, assets] as const;
  await client.writeContract({ address: token.address, abi: demoTokenAbi, functionName: "mint", args });
  const { hash } = await approveToken(client, { token: token.address, spender: pool });
  await client.waitForTransactionReceipt({ hash });
  await waitForLend(client, await supplyAsset(client, { pool, assets, asset: token.address, tokens }));
}

// What is supplied stands behind debts once it is switched on.
await waitForLend(borrower, await setCollateral(borrower, { pool: pools.WETH.address, on: true, tokens }));

// Positions with their prices, for all the maths; the pool to borrow from is named, since nothing is there yet.
const account = borrower.account.address;
const usdc = { pool: pools.USDC.address, asset: USDC.address, tokens };
const [positions, market, { borrowCap }, { debtShares }] = await Promise.all([
  getPositions(borrower, { controller, account, ids: [pools.USDC.id] }),
  getPoolTotals(borrower, usdc),
  getPoolParameters(borrower, usdc),
  getPoolAccount(borrower, { ...usdc, account }),
]);
const capacity = borrowCapacity({ positions, id: pools.USDC.id, market, debtShares, borrowCap });
process.stdout.write(`Up to ${formatUnits(capacity, USDC.decimals)} USDC can be borrowed.\n`);
await waitForLend(borrower, await borrowAsset(borrower, { ...usdc, assets: capacity / 2n }));

const after = await getPositions(borrower, { controller, account });
const limit = liquidationPrice(after, pools.WETH.id);
process.stdout.write(`Health ${Number(formatUnits(accountHealth(after).health, 18)).toFixed(2)}, `);
process.stdout.write(`liquidated ${limit?.side} ${Number(formatUnits(limit?.price ?? 0n, 18)).toFixed(2)} USD.\n`);

// What cannot be is said before anything is sent.
await borrowAsset(borrower, { ...usdc, assets: capacity }).catch((error: unknown) => {
  process.stdout.write(`${explainError(error)}\n`);
});
