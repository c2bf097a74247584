import type { Deployment } from "../../deploy/lib/deploymentFile.ts";
import { printTable } from "../../tasks/lib/print.ts";
import type { Stack } from "./bring-up.ts";
import { indexerUrl } from "./indexer.ts";
import { keepersUrl } from "./keepers.ts";
import { ROLES, roleAccount } from "./roles.ts";

const SAMPLE_PAIR = "WETH/USDC";

function print(text = ""): void {
  process.stdout.write(`${text}\n`);
}

/** Shows what a person needs to begin: URLs, contracts, accounts, and one thing to try of each kind. */
export function printStatus({ ports, rpcUrl, deployment }: Stack, seconds: number): void {
  print(`\nReady in ${seconds.toFixed(1)} s.\n`);
  printTable(
    ["service", "url"],
    [
      ["chain (JSON-RPC, id 31337)", rpcUrl],
      ["GraphQL, by hand", `${indexerUrl(ports)}/graphql`],
      ["GraphQL, books and routes", `${indexerUrl(ports)}/api/graphql`],
      ["keepers", `${keepersUrl(ports)}/status`],
    ],
  );
  print();
  const tokens = Object.entries(deployment.tokens).map(([symbol, { address }]) => [symbol, address]);
  printTable(["contract", "address"], [...Object.entries(deployment.contracts), ...tokens]);
  print();
  printTable(
    ["account", "address", "private key"],
    ROLES.map((role) => {
      const { address, privateKey } = roleAccount(role);
      return [role, address, privateKey];
    }),
  );
  print("These keys are known to everybody: never send anything of worth to these accounts.\n");
  print("Try:");
  for (const line of samples(indexerUrl(ports), deployment)) print(`  ${line}`);
  print("\nCtrl-C stops everything; the next npm start goes on from here, npm start -- --fresh begins anew.");
}

function samples(url: string, { tokens }: Deployment): string[] {
  const [base, quote] = SAMPLE_PAIR.split("/").map((symbol) => tokens[symbol]?.address);
  const book = `orderBook(base: \\"${base}\\", quote: \\"${quote}\\", depth: 3)`;
  const query = `{"query":"{ ${book} { mid asks { price base } bids { price base } } }"}`;
  return [
    `curl -s ${url}/api/graphql -H 'content-type: application/json' -d '${query}'`,
    "npx hardhat dex:book --network local",
    "npx hardhat tokens:faucet --network local",
    "npx hardhat dex:create --network local --side sell --amount 1 --price 4000",
    "npx hardhat dex:fill --network local --amount 0.5",
  ];
}
