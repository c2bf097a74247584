/**
 * The process of LayerZero's workers on two local chains. Runs until SIGTERM or Ctrl-C.
 *
 * node dev/layerzero/workers.ts --networks FILE [--interval MS] [--attempts N] [--retry-delay MS]
 */
import { parseArgs } from "node:util";

import { readNetworks } from "./network.ts";
import { startWorkers } from "./startWorkers.ts";

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      networks: { type: "string" },
      interval: { type: "string" },
      attempts: { type: "string" },
      "retry-delay": { type: "string" },
    },
  });
  if (values.networks === undefined) throw new Error("--networks names the file with the two chains");

  const stop = new Promise<void>((resolve) => {
    for (const name of ["SIGINT", "SIGTERM"] as const) process.on(name, () => resolve());
  });
  const workers = await startWorkers({
    networks: readNetworks(values.networks),
    ...(values.interval !== undefined && { pollingInterval: Number(values.interval) }),
    ...(values.attempts !== undefined && { attempts: Number(values.attempts) }),
    ...(values["retry-delay"] !== undefined && { retryDelay: Number(values["retry-delay"]) }),
    onLine: (line) => void process.stdout.write(`${line}\n`),
  });
  await stop;
  await workers.stop();
  process.stdout.write("stopped\n");
}

await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
