import type { Address, Hex } from "viem";
import { privateKeyToAddress } from "viem/accounts";

import { ownerAbi } from "./abi/owner.ts";
import type { Route, Side, Worker } from "./route.ts";

/** Finds what the keys' accounts own: a worker is one key with a contract of its kind at each end. */
export async function findWorkers(
  source: Side,
  destination: Side,
  keys: readonly Hex[],
): Promise<Pick<Route, "verifiers" | "executor">> {
  const find = async (key: Hex, contractsOf: (side: Side) => readonly Address[]): Promise<Worker | undefined> => {
    const owner = privateKeyToAddress(key);
    const [from, to] = await Promise.all([source, destination].map((side) => owned(side, contractsOf(side), owner)));
    return from === undefined || to === undefined ? undefined : { key, source: from, destination: to };
  };
  const verifiers = await Promise.all(keys.map((key) => find(key, ({ deployment }) => deployment.verifiers)));
  const executors = await Promise.all(keys.map((key) => find(key, ({ deployment }) => [deployment.executor])));
  return {
    verifiers: verifiers.filter((worker) => worker !== undefined),
    executor: executors.find((worker) => worker !== undefined),
  };
}

async function owned({ client }: Side, contracts: readonly Address[], owner: Address): Promise<Address | undefined> {
  for (const address of contracts) {
    if ((await client.readContract({ address, abi: ownerAbi, functionName: "owner" })) === owner) return address;
  }
  return undefined;
}
