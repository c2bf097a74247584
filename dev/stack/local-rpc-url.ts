import { DEFAULT_BASE } from "./ports.ts";
import { readStamp } from "./stamp.ts";

/** The local chain's URL: `LOCAL_RPC_URL`, else where the last start put it, else the usual port. */
export function localRpcUrl(): string {
  return process.env.LOCAL_RPC_URL ?? `http://127.0.0.1:${readStamp()?.ports.chain ?? DEFAULT_BASE}`;
}
