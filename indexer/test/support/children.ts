import { spawn, type ChildProcess, type SpawnOptions } from "node:child_process";
import { once } from "node:events";

/** A child process with its output, ended by `stop`. */
export interface Child {
  readonly output: () => string;
  readonly hasEnded: () => boolean;
  /** SIGTERM, then SIGKILL after ten seconds; or at once. */
  readonly stop: (signal?: "SIGTERM" | "SIGKILL") => Promise<void>;
}

const running = new Set<ChildProcess>();
process.on("exit", () => running.forEach((child) => signalAll(child, "SIGKILL")));
// Their groups are their own: a signal to this process's does not reach them.
for (const [signal, code] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const) {
  process.once(signal, () => process.exit(code));
}

/** Starts a program found on the path. */
export function start(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
  options: Pick<SpawnOptions, "uid" | "gid" | "cwd"> = {},
): Child {
  // A group of its own, so that all of it can be ended.
  const child = spawn(command, args, {
    ...options,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  running.add(child);
  let output = "";
  const keep = (chunk: Buffer): void => {
    output = (output + chunk.toString()).slice(-20_000_000);
  };
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  const ended = once(child, "exit").then(() => running.delete(child));
  return {
    output: () => output,
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    stop: async (signal = "SIGTERM") => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      signalAll(child, signal);
      const timer = setTimeout(() => signalAll(child, "SIGKILL"), 10_000);
      await ended;
      clearTimeout(timer);
    },
  };
}

/** Signals the child and whatever it started: wrappers do not pass SIGKILL on. */
function signalAll({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // The group has ended by itself.
  }
}

/** Calls `probe` until it answers something else than undefined or false. Throws with `what` after `timeout` ms. */
export async function eventually<T>(
  what: string,
  probe: () => Promise<T | undefined | false>,
  timeout = 60_000,
): Promise<T> {
  const end = Date.now() + timeout;
  let reason = "";
  while (Date.now() < end) {
    try {
      const answer = await probe();
      if (answer !== undefined && answer !== false) return answer;
    } catch (error) {
      reason = String(error);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`Waited ${timeout} ms for ${what}. ${reason}`);
}
