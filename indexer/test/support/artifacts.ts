import { existsSync, readFileSync } from "node:fs";

import type { Abi, Hex } from "viem";

const ROOT = new URL("../../../artifacts/", import.meta.url);

/** What `npx hardhat build` made of `source`, a path without its extension, such as `contracts/dex/OrderNFT`. */
export function artifact(source: string): { readonly abi: Abi; readonly bytecode: Hex } {
  if (!existsSync(urlOf(source))) throw new Error(`${source} is not compiled: run npx hardhat build`);
  return JSON.parse(readFileSync(urlOf(source), "utf8")) as { abi: Abi; bytecode: Hex };
}

function urlOf(source: string): URL {
  const name = source.slice(source.lastIndexOf("/") + 1);
  return new URL(`${source}.sol/${name}.json`, ROOT);
}
