import { task } from "hardhat/config";

import { optional, withDeployment, withSender } from "../lib/options.ts";

const assetOption = optional("asset", "Symbol or address of the pool's asset");

const markets = withDeployment(task("lend:markets", "Shows every pool: price, rates, what is supplied and borrowed"))
  .setAction(() => import("../actions/lendMarkets.ts"))
  .build();

const supply = withSender(task("lend:supply", "Supplies a pool, which gives its shares for it"))
  .addOption(assetOption)
  .addOption(optional("amount", "How much"))
  .addOption(optional("receiver", "Whose the shares become; by default the account that pays"))
  .addFlag({ name: "collateral", description: "Switch the account's shares in this pool on as collateral" })
  .setAction(() => import("../actions/lendSupply.ts"))
  .build();

const borrow = withSender(task("lend:borrow", "Borrows from a pool, against collateral in any"))
  .addOption(assetOption)
  .addOption(optional("amount", "How much"))
  .addOption(optional("receiver", "Who gets it; by default the account that owes it"))
  .setAction(() => import("../actions/lendBorrow.ts"))
  .build();

const repay = withSender(task("lend:repay", "Repays a debt, one's own or another's"))
  .addOption(assetOption)
  .addOption(optional("amount", "How much, or `all`"))
  .addOption(optional("of", "Whose debt; by default the account's that pays"))
  .setAction(() => import("../actions/lendRepay.ts"))
  .build();

const withdraw = withSender(task("lend:withdraw", "Takes out what was supplied"))
  .addOption(assetOption)
  .addOption(optional("amount", "How much, or `all`"))
  .addOption(optional("receiver", "Who gets it; by default the account whose it is"))
  .setAction(() => import("../actions/lendWithdraw.ts"))
  .build();

const account = withDeployment(task("lend:account", "Shows what accounts have supplied and owe, and how they stand"))
  .addOption({ name: "of", description: "Accounts, indexes or addresses, separated by commas", defaultValue: "0" })
  .setAction(() => import("../actions/lendAccount.ts"))
  .build();

export const lendTasks = [markets, supply, borrow, repay, withdraw, account];
