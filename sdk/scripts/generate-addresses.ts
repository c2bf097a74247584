/**
 * Writes `sdk/src/deployments.ts` from the deployments that are committed: for each folder
 * `deploy/deployments/chain-<id>` (but 31337, the local chain's) its `suite.json`, after checking that Ignition's
 * `deployed_addresses.json` beside it knows each contract. `--check` only compares and exits 1 when the file is stale.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { type Address, getAddress } from "viem";

import { CONTRACT_NAMES, type Deployment, parseDeployment } from "../src/deployment.ts";
import { GENERATED, root, writeGenerated } from "./generated.ts";

const directory = join(root, "deploy/deployments");
const LOCAL_CHAIN = "31337";

function readCommitted(chainId: string): Deployment {
  const folder = join(directory, `chain-${chainId}`);
  const suite = join(folder, "suite.json");
  if (!existsSync(suite)) throw new Error(`${suite} is missing: deploy again, the deploy task writes it.`);
  const deployment = parseDeployment(readFileSync(suite, "utf8"));
  if (String(deployment.chainId) !== chainId) throw new Error(`${suite} is of chain ${deployment.chainId}.`);
  checkAgainstJournal(deployment, join(folder, "deployed_addresses.json"));
  return deployment;
}

/** Permit2 is not ours; every other contract of the chain must be one that Ignition deployed. */
function checkAgainstJournal({ contracts, lend, oracle }: Deployment, file: string): void {
  const deployed = new Set(
    Object.values(JSON.parse(readFileSync(file, "utf8")) as Record<string, Address>).map((address) =>
      getAddress(address),
    ),
  );
  const expected: (readonly [name: string, address: Address])[] = [
    ...CONTRACT_NAMES.filter((name) => name !== "permit2").map((name) => [name, contracts[name]] as const),
    ...(lend === undefined
      ? []
      : [
          ["lend.controller", lend.controller] as const,
          ["lend.lens", lend.lens] as const,
          ...(lend.flashLiquidator === undefined ? [] : [["lend.flashLiquidator", lend.flashLiquidator] as const]),
          ...Object.entries(lend.pools).map(([symbol, pool]) => [`lend.pools.${symbol}`, pool.address] as const),
        ]),
    ...(oracle === undefined
      ? []
      : [
          ["oracle.priceOracle", oracle.priceOracle] as const,
          ["oracle.priceFeedReceiver", oracle.priceFeedReceiver] as const,
        ]),
  ];
  for (const [name, address] of expected) {
    if (!deployed.has(address)) throw new Error(`${file} has no ${address} (${name}).`);
  }
}

const chainIds = (existsSync(directory) ? readdirSync(directory) : [])
  .map((name) => /^chain-(\d+)$/.exec(name)?.[1])
  .filter((id): id is string => id !== undefined && id !== LOCAL_CHAIN)
  .sort((a, b) => Number(a) - Number(b));

const source =
  GENERATED +
  'import type { Deployment } from "./deployment.ts";\n\n' +
  "/** The committed deployments, by chain id. */\n" +
  `export const deployments: readonly Deployment[] = ${JSON.stringify(chainIds.map(readCommitted))};\n`;
await writeGenerated(join(root, "sdk/src"), new Map([["deployments.ts", source]]));
