import { DEFAULT_BASE } from "./ports.ts";
import { readStamp } from "./stamp.ts";

const VARIABLES = { chain: "LOCAL_RPC_URL", ethereum: "LOCAL_ETHEREUM_RPC_URL" } as const;

/** A local chain's URL: as the environment says, else where the last start put it, else the usual port. */
export function localRpcUrl(chain: keyof typeof VARIABLES = "chain"): string {
  const usual = chain === "chain" ? DEFAULT_BASE : DEFAULT_BASE + 1;
  return process.env[VARIABLES[chain]] ?? `http://127.0.0.1:${readStamp()?.ports[chain] ?? usual}`;
}
