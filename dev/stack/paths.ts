/** Where the local stack keeps what it makes. Everything but the code lies under one git-ignored folder. */
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), "../..");
/** `CXMPUTE_STATE` names another folder: for a second stack beside the first, as the tests start one. */
export const STATE = resolve(process.env.CXMPUTE_STATE ?? join(ROOT, ".cxmpute"));
export const LOGS = join(STATE, "logs");
export const CHAIN_STATE = join(STATE, "chain");
export const ETHEREUM_STATE = join(STATE, "ethereum");
export const INDEXER_STATE = join(STATE, "indexer");
export const KEEPERS_STATE = join(STATE, "keepers");
export const DEPLOYMENT_FILE = join(STATE, "deployment.json");
/** What the deploy task is told of the two local chains. */
export const PARAMETERS_FILE = join(STATE, "parameters.json");
export const ETHEREUM_PARAMETERS_FILE = join(STATE, "ethereum-parameters.json");
/** Where LayerZero stands on both, for its workers. */
export const LAYERZERO_FILE = join(STATE, "layerzero.json");
/** Name of the deployment's journal below `deploy/deployments`. */
export const DEPLOYMENT_ID = process.env.CXMPUTE_STATE === undefined ? "chain-31337" : `chain-31337-${basename(STATE)}`;
