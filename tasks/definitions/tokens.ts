import { task } from "hardhat/config";

import { optional, withDeployment, withSender } from "../lib/options.ts";

const faucet = withSender(
  task("tokens:faucet", "Mints demo tokens, or wraps coins; only where tokens are without worth"),
)
  .addOption({ name: "token", description: "Symbols or addresses, separated by commas", defaultValue: "USDC,WETH" })
  .addOption({ name: "amount", description: "How much of each", defaultValue: "10000" })
  .addOption(optional("to", "Who receives them: an index or an address; by default --from"))
  .setAction(() => import("../actions/faucet.ts"))
  .build();

const balances = withDeployment(task("tokens:balances", "Shows balances, allowances to the order book, and credits"))
  .addOption(optional("of", "Accounts, indexes or addresses, separated by commas; by default the first five"))
  .setAction(() => import("../actions/balances.ts"))
  .build();

export const tokenTasks = [faucet, balances];
