import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { ROOT } from "./paths.ts";

/** The project's own programs, its Node.js among them, come before the machine's. */
const PATH = [join(ROOT, "node_modules", ".bin"), process.env.PATH ?? ""].join(delimiter);

export interface ProcessSpec {
  name: string;
  command: string;
  args: string[];
  cwd: string;
  env?: Record<string, string>;
  /** File that takes standard output and error; truncated first. */
  logFile: string;
}

/** A child in a process group of its own. */
export interface ManagedProcess {
  readonly name: string;
  /** Process id of the child and id of its group. */
  readonly pid: number;
  readonly logFile: string;
  /** Resolves with how the child ended, e.g. `exit code 1` or `signal SIGKILL`; never rejects. */
  readonly ended: Promise<string>;
  isRunning(): boolean;
  /** SIGTERM to the group, SIGKILL to what is left after `graceMs`. */
  stop(graceMs: number): Promise<void>;
}

/** Starts a child in its own process group. Throws when the command cannot be started. */
export async function startProcess(spec: ProcessSpec): Promise<ManagedProcess> {
  mkdirSync(dirname(spec.logFile), { recursive: true });
  const log = openSync(spec.logFile, "w");
  const child = spawn(spec.command, spec.args, {
    cwd: spec.cwd,
    env: { ...process.env, PATH, ...spec.env },
    stdio: ["ignore", log, log],
    detached: true,
  });
  closeSync(log);
  let running = true;
  const ended = new Promise<string>((resolve) => {
    child.once("exit", (code, signal) => {
      running = false;
      // Grandchildren that outlive their parent would otherwise stay behind.
      if (child.pid !== undefined) signalGroup(child.pid, "SIGKILL");
      resolve(signal === null ? `exit code ${code}` : `signal ${signal}`);
    });
  });
  await new Promise<void>((resolve, reject) => {
    child.once("spawn", resolve);
    child.once("error", (error) => reject(new Error(`${spec.name} could not be started: ${error.message}`)));
  });
  const pid = child.pid;
  if (pid === undefined) throw new Error(`${spec.name} could not be started`);

  return {
    name: spec.name,
    pid,
    logFile: spec.logFile,
    ended,
    isRunning: () => running,
    stop: async (graceMs) => {
      signalGroup(pid, "SIGTERM");
      await Promise.race([ended, sleep(graceMs, undefined, { ref: false })]);
      if (running) signalGroup(pid, "SIGKILL");
      await ended;
    },
  };
}

function signalGroup(group: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-group, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** The last `count` lines of a log file. */
export function lastLines(logFile: string, count: number): string[] {
  return readFileSync(logFile, "utf8").trimEnd().split("\n").slice(-count);
}

/** Whether a process with this id exists. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
