/** `npm start`: brings the local stack up, shows where everything is, and takes it down again. */
import { bringUp } from "./stack/bring-up.ts";
import { acquireLock } from "./stack/lock.ts";
import { parseStartOptions } from "./stack/options.ts";
import { shutdownRequest } from "./stack/shutdown.ts";
import { markEnded } from "./stack/stamp.ts";
import { printStatus } from "./stack/status.ts";
import { Supervisor } from "./stack/supervisor.ts";

const INTERRUPTED = 130;

async function main(): Promise<number> {
  const options = parseStartOptions(process.argv.slice(2));
  const supervisor = new Supervisor();
  const shutdown = shutdownRequest(() => process.exit(INTERRUPTED));
  let releaseLock: (() => void) | undefined;
  try {
    releaseLock = await acquireLock(supervisor.pid);
    const started = performance.now();
    const stack = await Promise.race([bringUp(options, supervisor), supervisor.failure, shutdown]);
    if (typeof stack === "string") return INTERRUPTED;

    await printStatus(stack, (performance.now() - started) / 1000);
    const reason = await Promise.race([supervisor.failure, shutdown]);
    process.stdout.write(`\nStopping (${reason}) …\n`);
    return 0;
  } finally {
    await supervisor.stop();
    if (releaseLock !== undefined) markEnded();
    releaseLock?.();
  }
}

try {
  process.exit(await main());
} catch (error) {
  const { message, cause } = error as Error;
  process.stderr.write(`\n${message}\n${cause instanceof Error ? `Cause: ${cause.message}\n` : ""}`);
  process.exit(1);
}
