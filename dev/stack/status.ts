import type { Deployment } from "../../deploy/lib/deploymentFile.ts";
import { printTable } from "../../tasks/lib/print.ts";
import type { Stack } from "./bring-up.ts";
import { indexerUrl } from "./indexer.ts";
import { keepersUrl } from "./keepers.ts";
import { ROLES, roleAccount } from "./roles.ts";
import { feedRows, poolRows } from "./statusRows.ts";

const SAMPLE_PAIR = "WETH/USDC";

function print(text = ""): void {
  process.stdout.write(`${text}\n`);
}

/** Shows what a person needs to begin: URLs, contracts, accounts, and one thing to try of each kind. */
export async function printStatus({ ports, rpcUrls, deployment }: Stack, seconds: number): Promise<void> {
  print(`\nReady in ${seconds.toFixed(1)} s.\n`);
  printTable(
    ["service", "url"],
    [
      ["peaq (JSON-RPC, id 31337)", rpcUrls.peaq],
      ["Ethereum (JSON-RPC, id 31338)", rpcUrls.ethereum],
      ["GraphQL, by hand", `${indexerUrl(ports)}/graphql`],
      ["GraphQL, books and routes", `${indexerUrl(ports)}/api/graphql`],
      ["keepers", `${keepersUrl(ports)}/status`],
    ],
  );
  print();
  const tokens = Object.entries(deployment.tokens).map(([symbol, { address }]) => [symbol, address]);
  printTable(
    ["contract", "address"],
    [...Object.entries(deployment.contracts), ...otherContracts(deployment), ...tokens],
  );
  print();
  printTable(["feed", "USD", "state", "observed"], await feedRows(rpcUrls.peaq, deployment));
  print();
  printTable(["pool", "address", "supplied", "borrowed", "borrow costs"], await poolRows(rpcUrls.peaq, deployment));
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

function otherContracts({ oracle, lend, compute, sister }: Deployment): [string, string][] {
  return [
    ...(oracle
      ? ([
          ["priceOracle", oracle.priceOracle],
          ["priceFeedReceiver", oracle.priceFeedReceiver],
        ] as const)
      : []),
    ...(lend
      ? ([
          ["lendController", lend.controller],
          ["lendLens", lend.lens],
          ...(lend.flashLiquidator ? ([["flashLiquidator", lend.flashLiquidator]] as const) : []),
        ] as const)
      : []),
    ...Object.entries(compute ?? {}),
    ...(sister ? ([["priceFeedSender, on Ethereum", sister.priceFeedSender]] as const) : []),
  ].map(([name, address]) => [name, address]);
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
    "npx hardhat lend:supply --network local --asset WETH --amount 2 --collateral",
    "npx hardhat lend:borrow --network local --asset USDC --amount 1000",
    "npx hardhat lend:account --network local --of 0,4,5,6",
    "npx hardhat oracle:status --network local --ethereum localEthereum",
    "npx hardhat oracle:push --network local",
  ];
}
