import type { Deployment } from "@cxmpute/sdk";

/** Contracts, by their names in Ponder's configuration, that a deployment may be without. */
const OPTIONAL = {
  lend: ["LendController", "UToken"],
  oracle: ["PriceOracle", "PriceFeedReceiver"],
} as const;

type Part = keyof typeof OPTIONAL;

/** Whether the deployment has lending, or the oracle. */
export function isDeployed(deployment: Deployment, part: Part): boolean {
  return deployment[part] !== undefined;
}

/** `entries` without the contracts that are not deployed. Its type stays, so that handlers are typed all the same. */
export function onlyDeployed<const T extends object>(deployment: Deployment, entries: T): T {
  const absent = (Object.keys(OPTIONAL) as Part[])
    .filter((part) => !isDeployed(deployment, part))
    .flatMap<string>((part) => OPTIONAL[part]);
  return Object.fromEntries(Object.entries(entries).filter(([name]) => !absent.includes(name))) as T;
}
