import { spawnSync } from "node:child_process";

/** Whether a command is installed. */
export function has(command: string): boolean {
  return spawnSync(command, ["--version"], { stdio: "ignore" }).status === 0;
}

/** Whether docker is installed and its engine answers. */
export function dockerRuns(): boolean {
  return spawnSync("docker", ["info"], { stdio: "ignore" }).status === 0;
}
