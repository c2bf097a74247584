import { task } from "hardhat/config";

import { optional, optionalFile } from "../lib/options.ts";

export const deployTask = task("deploy", "Deploys the suite to --network, or goes on with an interrupted deployment")
  .addOption(optionalFile("parameters", "Parameter file; by default that of the chain id in deploy/parameters"))
  .addOption(optionalFile("out", "Where the deployment file goes; .cxmpute/deployment.json for a local chain"))
  .addOption(optional("deploymentId", "Name of the journal below deploy/deployments; by default chain-<id>"))
  .addOption(optional("ethereum", "Network of the Ethereum side; by default that which belongs to --network"))
  .addOption(optionalFile("ethereumParameters", "Its parameter file; by default that of its chain id"))
  .addFlag({ name: "yes", description: "Do not ask before deploying to a live network" })
  .addFlag({ name: "allowEoa", description: "Accept a governance and guardian that are no contracts" })
  .addFlag({ name: "json", description: "Print JSON instead of tables" })
  .setAction(() => import("../actions/deploy.ts"))
  .build();
