import { execFileSync, spawnSync } from "node:child_process";
import { chownSync, existsSync, globSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { eventually, start } from "./children.ts";
import { freePort } from "./freePort.ts";

/** The folder of Postgres' programs on this machine. Undefined when it has none. */
export function findPostgres(): string | undefined {
  const folders = [...globSync("/usr/lib/postgresql/*/bin"), ...(process.env.PATH ?? "").split(":")];
  return folders.find((folder) =>
    ["initdb", "postgres", "pg_isready"].every((name) => existsSync(path.join(folder, name))),
  );
}

export interface Postgres {
  readonly url: string;
  /** Stops the server and removes its files. */
  readonly stop: () => Promise<void>;
}

/** Starts a server of its own. Postgres refuses to run as root: root runs it as `postgres`. */
export async function startPostgres(bin: string): Promise<Postgres> {
  const port = await freePort();
  const folder = mkdtempSync(path.join(tmpdir(), "indexer-postgres-"));
  const owner = process.getuid?.() === 0 ? idsOf("postgres") : undefined;
  if (owner !== undefined) chownSync(folder, owner.uid, owner.gid);
  const data = path.join(folder, "data");
  const run = { ...owner, stdio: "pipe", cwd: folder } as const;
  execFileSync(path.join(bin, "initdb"), ["-D", data, "-U", "postgres", "-A", "trust", "--no-sync"], run);
  const args = ["-D", data, "-p", `${port}`, "-h", "127.0.0.1", "-k", folder];
  const server = start(path.join(bin, "postgres"), args, {}, { ...owner, cwd: folder });
  const ready = ["-h", "127.0.0.1", "-p", `${port}`, "-U", "postgres"];
  await eventually("Postgres", () => Promise.resolve(spawnSync(path.join(bin, "pg_isready"), ready).status === 0));
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    stop: async () => {
      await server.stop("SIGKILL");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function idsOf(user: string): { readonly uid: number; readonly gid: number } {
  const id = (flag: string): number => Number(execFileSync("id", [flag, user], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}
