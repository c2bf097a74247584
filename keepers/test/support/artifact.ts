import { readFileSync } from "node:fs";

import { getAddress, type Abi, type Address, type Hex } from "viem";

import { testAccount, type TestChain } from "./anvil.ts";

interface Artifact {
  readonly abi: Abi;
  readonly bytecode: Hex;
}

function artifact(path: string): Artifact {
  return JSON.parse(readFileSync(new URL(`../../../artifacts/${path}.json`, import.meta.url), "utf8")) as Artifact;
}

/** Deploys a compiled contract, by the path of its artifact, from account 0. */
export async function deployArtifact(
  { client }: TestChain,
  path: string,
  args: readonly unknown[] = [],
): Promise<Address> {
  const { abi, bytecode } = artifact(path);
  const hash = await client.deployContract({ abi, bytecode, args, account: testAccount(0) });
  const { contractAddress } = await client.waitForTransactionReceipt({ hash });
  if (!contractAddress) throw new Error(`${path} was not deployed`);
  return getAddress(contractAddress);
}
