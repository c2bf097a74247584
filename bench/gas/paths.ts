import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder `bench/`. */
export const BENCH_ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");

/** The folder of the root package. */
export const PROJECT_ROOT = join(BENCH_ROOT, "..");

/** The package of the compared contracts, with a lockfile and a `node_modules` of its own. */
export const PEERS_ROOT = join(BENCH_ROOT, "peers");
