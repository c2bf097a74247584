import { task } from "hardhat/config";

import { optional, withDeployment, withSender } from "../lib/options.ts";

const status = withDeployment(task("oracle:status", "Shows every feed and every price, with age and quality"))
  .addOption(optional("ethereum", "Network of the Ethereum side, to show its aggregators as well"))
  .setAction(() => import("../actions/oracleStatus.ts"))
  .build();

const push = withSender(task("oracle:push", "Sends prices from Ethereum to --network, and pays LayerZero for it"))
  .addOption({
    name: "feeds",
    description: "What is priced, separated by commas; `all` for every feed",
    defaultValue: "all",
  })
  .addOption(optional("ethereum", "Network of the Ethereum side; by default that which belongs to --network"))
  .setAction(() => import("../actions/oraclePush.ts"))
  .build();

export const oracleTasks = [status, push];
