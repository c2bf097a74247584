import { mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type Client, connect } from "../../../layerzero/connect.ts";
import { chainProcess, clock } from "../../../stack/chain.ts";
import { type ManagedProcess, type ProcessSpec, startProcess } from "../../../stack/process.ts";
import { waitFor } from "../../../stack/wait.ts";

/** A chain as the stack runs it, with state that outlives its process. */
export interface LocalChain {
  rpcUrl: string;
  client: Client;
  /** Ends it in good order and starts it again from its state. */
  restart: () => Promise<void>;
  stop: () => Promise<void>;
}

const GRACE_MS = 5_000;
const READY_MS = 15_000;

export async function startChain(port: number, chainId: number): Promise<LocalChain> {
  const folder = mkdtempSync(join(tmpdir(), "cxmpute-layerzero-"));
  const state = join(folder, "chain");
  mkdirSync(state);
  const spec = withChainId(chainProcess(port, clock(), state), chainId);
  const rpcUrl = `http://127.0.0.1:${port}`;
  const client = connect(rpcUrl);
  const start = async (): Promise<ManagedProcess> => {
    const started = await startProcess({ ...spec, logFile: join(folder, "chain.log") });
    await waitFor("The chain", () => client.getChainId(), READY_MS);
    // Blocks of the clock would come between those that a test counts.
    await client.setIntervalMining({ interval: 0 });
    await client.setAutomine(true);
    return started;
  };

  let running = await start();
  return {
    rpcUrl,
    client,
    restart: async () => {
      await running.stop(GRACE_MS);
      running = await start();
    },
    stop: () => running.stop(GRACE_MS),
  };
}

function withChainId(spec: ProcessSpec, chainId: number): ProcessSpec {
  const at = spec.args.indexOf("--chain-id") + 1;
  return { ...spec, args: spec.args.with(at, String(chainId)) };
}
