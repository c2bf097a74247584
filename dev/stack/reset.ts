import { mkdirSync, rmSync } from "node:fs";

import {
  CHAIN_STATE,
  DEPLOYMENT_FILE,
  ETHEREUM_STATE,
  INDEXER_STATE,
  KEEPERS_STATE,
  LAYERZERO_FILE,
  LOGS,
} from "./paths.ts";

/** Forgets the last chain and everything that was made from it. */
export function forgetState(): void {
  for (const path of [CHAIN_STATE, ETHEREUM_STATE, LAYERZERO_FILE, DEPLOYMENT_FILE, INDEXER_STATE, KEEPERS_STATE]) {
    rmSync(path, { recursive: true, force: true });
  }
}

/** Forgets what was derived from the chain's events. */
export function forgetIndex(): void {
  rmSync(INDEXER_STATE, { recursive: true, force: true });
}

/** Makes the folders that the processes expect. */
export function makeFolders(): void {
  for (const path of [CHAIN_STATE, ETHEREUM_STATE, LOGS]) mkdirSync(path, { recursive: true });
}
