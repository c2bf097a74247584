import { spawnSync } from "node:child_process";

/** Whether a command is installed. */
export function has(command: string): boolean {
  return spawnSync(command, ["--version"], { stdio: "ignore" }).status === 0;
}

/** Whether docker is installed and its engine answers. */
export function dockerRuns(): boolean {
  return spawnSync("docker", ["info"], { stdio: "ignore" }).status === 0;
}

/** Ends the process because a tool is missing: a warning on a developer's machine, an error when CI is set. */
export function missing(what: string, sentence: string): never {
  process.stderr.write(`${what} not run: ${sentence}\n`);
  process.exit(process.env.CI === undefined ? 0 : 1);
}
