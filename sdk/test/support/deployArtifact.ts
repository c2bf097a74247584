import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { Abi, Address, Hex } from "viem";

import { root } from "../../scripts/generated.ts";
import type { TestChain } from "./chain.ts";

/** Deploys a compiled contract, "contracts/x/Y.sol/Y", as account 0. */
export async function deployArtifact(chain: TestChain, artifact: string, args: readonly unknown[]): Promise<Address> {
  const { abi, bytecode } = JSON.parse(readFileSync(join(root, "artifacts", `${artifact}.json`), "utf8")) as {
    abi: Abi;
    bytecode: Hex;
  };
  const hash = await chain.wallet(0).deployContract({ abi, bytecode, args });
  const { contractAddress, status } = await chain.client.waitForTransactionReceipt({ hash });
  if (status !== "success" || !contractAddress) throw new Error(`${artifact} was not deployed.`);
  return contractAddress;
}
