import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

import type { Abi, Hex } from "viem";

import { ROOT } from "../stack/paths.ts";

/** A compiled contract. */
export interface Artifact {
  abi: Abi;
  bytecode: Hex;
  deployedBytecode: Hex;
}

const require = createRequire(import.meta.url);

/** A contract as LayerZero compiled it, by its path below `contracts/` without `.sol`, e.g. `uln/uln302/SendUln302`. */
export function layerZeroArtifact(path: string): Artifact {
  const name = path.split("/").at(-1);
  return read(require.resolve(`@layerzerolabs/lz-evm-sdk-v2/artifacts/contracts/${path}.sol/${name}.json`));
}

/** One of our workers for development. */
export function workerArtifact(name: "DevVerifier" | "DevExecutor"): Artifact {
  return read(join(ROOT, `artifacts/test/mocks/layerzero/${name}.sol/${name}.json`));
}

function read(file: string): Artifact {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Artifact;
  } catch (cause) {
    throw new Error(`${file} cannot be read: "npm run build" compiles the contracts`, { cause });
  }
}
