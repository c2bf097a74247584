import { spawn, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";

import { lastLines, startProcess, type ManagedProcess, type ProcessSpec } from "./process.ts";

/** Time a process gets to end by itself, in ms. */
const GRACE_MS = 8_000;
const SHOWN_LINES = 15;
/** What {@link ManagedProcess.ended} says of a process that did its work. */
export const SUCCESS = "exit code 0";

/** Thrown by {@link Supervisor.start} and reported by {@link Supervisor.failure} when a process ends unasked. */
export class ProcessEndedError extends Error {
  constructor(child: ManagedProcess, how: string) {
    const lines = lastLines(child.logFile, SHOWN_LINES).map((line) => `  | ${line}`);
    super([`${child.name} ended unexpectedly (${how}). Last lines of ${child.logFile}:`, ...lines].join("\n"));
    this.name = "ProcessEndedError";
  }
}

/** Owns the processes of the stack: none outlives it, and the first that ends by itself is reported. */
export class Supervisor {
  /** Rejects with a {@link ProcessEndedError} when a process ends before {@link stop} was called. */
  readonly failure: Promise<never>;
  readonly #fail: (error: Error) => void;
  readonly #children: ManagedProcess[] = [];
  readonly #reaper: ChildProcess;
  #stopping: Promise<void> | undefined;

  constructor() {
    const { promise, reject } = Promise.withResolvers<never>();
    this.failure = promise;
    this.#fail = reject;
    promise.catch(() => undefined);
    const script = fileURLToPath(new URL("reaper.ts", import.meta.url));
    this.#reaper = spawn("node", [script], { stdio: ["pipe", "ignore", "ignore"], detached: true });
  }

  /** The process that outlives this one until every other has ended. */
  get pid(): number {
    const { pid } = this.#reaper;
    if (pid === undefined) throw new Error("The process that watches over the others could not be started");
    return pid;
  }

  /** Starts a process that lives as long as the stack. */
  async start(spec: ProcessSpec): Promise<ManagedProcess> {
    const child = await this.#adopt(spec);
    void child.ended.then((how) => {
      if (this.#stopping === undefined) this.#fail(new ProcessEndedError(child, how));
    });
    return child;
  }

  /** Runs a process to its end and returns how it ended, as {@link ManagedProcess.ended} does. */
  async runToEnd(spec: ProcessSpec): Promise<{ child: ManagedProcess; how: string }> {
    const child = await this.#adopt(spec);
    return { child, how: await child.ended };
  }

  /** Runs a process to its end. Throws a {@link ProcessEndedError} when it fails. */
  async run(spec: ProcessSpec): Promise<void> {
    const { child, how } = await this.runToEnd(spec);
    if (how !== SUCCESS) throw new ProcessEndedError(child, how);
  }

  /** Ends every process, the last started first, so that nobody loses what it stands on. Safe to call twice. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stopAll();
    return this.#stopping;
  }

  async #adopt(spec: ProcessSpec): Promise<ManagedProcess> {
    if (this.#stopping !== undefined) throw new Error(`${spec.name} was not started: everything is being stopped`);
    const child = await startProcess(spec);
    this.#children.push(child);
    this.#reaper.stdin?.write(`+${child.pid}\n`);
    void child.ended.then(() => this.#reaper.stdin?.write(`-${child.pid}\n`));
    return child;
  }

  async #stopAll(): Promise<void> {
    for (const child of this.#children.toReversed()) {
      if (child.isRunning()) await child.stop(GRACE_MS);
    }
    this.#reaper.stdin?.end();
  }
}
