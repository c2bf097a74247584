import { readFile } from "node:fs/promises";
import { join } from "node:path";

import type { Abi, Address, Hex } from "viem";

import type { Chain } from "../chain.ts";
import { PROJECT_ROOT } from "../paths.ts";

/** Deploys a contract from the artifacts of `hardhat build`, its arguments given by the names of its parameters. */
export async function deployOurs(
  chain: Chain,
  from: Address,
  path: string,
  values: Record<string, unknown>,
): Promise<Address> {
  const contract = await artifact(path);
  return chain.deploy(from, contract, constructorArgs(contract.abi, values));
}

/** Deploys OpenZeppelin's AccessManager, `admin` its administrator. */
export function deployManager(chain: Chain, admin: Address): Promise<Address> {
  const path = "@openzeppelin/contracts/access/manager/AccessManager.sol/AccessManager";
  return deployOurs(chain, admin, path, { initialAdmin: admin });
}

/** A constructor's arguments by the names of its parameters. */
function constructorArgs(abi: Abi, values: Record<string, unknown>): unknown[] {
  const constructor = abi.find((item) => item.type === "constructor");
  return (constructor?.inputs ?? []).map(({ name }) => {
    if (name === undefined || !(name in values)) throw new Error(`no value for constructor parameter ${name}`);
    return values[name];
  });
}

async function artifact(path: string): Promise<{ abi: Abi; bytecode: Hex }> {
  const text = await readFile(join(PROJECT_ROOT, "artifacts", `${path}.json`), "utf8");
  return JSON.parse(text) as { abi: Abi; bytecode: Hex };
}
