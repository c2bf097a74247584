import { execFileSync } from "node:child_process";
import { chmodSync, chownSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";

import { freePort } from "./anvil.ts";

/** A private Postgres cluster. */
export interface TestPostgres {
  readonly url: string;
  stop(): void;
}

/** Why no cluster can be started here; undefined when one can. */
export function postgresMissing(): string | undefined {
  return binaries() === undefined
    ? "no Postgres binaries in /usr/lib/postgresql (apt-get install postgresql)"
    : undefined;
}

function binaries(): string | undefined {
  try {
    const versions = readdirSync("/usr/lib/postgresql").sort((a, b) => Number(b) - Number(a));
    return versions[0] === undefined ? undefined : `/usr/lib/postgresql/${versions[0]}/bin`;
  } catch {
    return undefined;
  }
}

/** Starts a cluster in a temporary folder. Postgres refuses to run as root: then it runs as the user postgres. */
export async function startPostgres(): Promise<TestPostgres> {
  const bin = binaries();
  if (bin === undefined) throw new Error("no Postgres");
  const folder = mkdtempSync(join(tmpdir(), "keepers-pg-"));
  const isRoot = userInfo().uid === 0;
  const owner = isRoot ? { uid: idOf("-u"), gid: idOf("-g") } : {};
  if (isRoot) chownSync(folder, owner.uid ?? 0, owner.gid ?? 0);
  chmodSync(folder, 0o700);
  const run = (program: string, args: readonly string[]): void => {
    execFileSync(join(bin, program), args, { ...owner, cwd: folder, stdio: "ignore" });
  };
  const data = join(folder, "data");
  const port = await freePort();
  run("initdb", ["-D", data, "-U", "keeper", "-A", "trust", "--no-sync"]);
  run("pg_ctl", [
    "-D",
    data,
    "-w",
    "-l",
    join(folder, "log"),
    "-o",
    `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1 -c fsync=off`,
    "start",
  ]);
  return {
    url: `postgres://keeper@127.0.0.1:${port}/postgres`,
    stop() {
      run("pg_ctl", ["-D", data, "-m", "immediate", "stop"]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function idOf(flag: "-u" | "-g"): number {
  return Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));
}
