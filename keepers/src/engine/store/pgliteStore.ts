import { mkdirSync } from "node:fs";
import { join } from "node:path";

import { PGlite } from "@electric-sql/pglite";
import { drizzle } from "drizzle-orm/pglite";
import { migrate } from "drizzle-orm/pglite/migrator";

import { StoreUnavailable, migrationConfig, type Store } from "./database.ts";
import { lockFile } from "./lockFile.ts";
import * as schema from "./schema.ts";

/** Books in a folder of this machine, for a single process, which is therefore always the one that sends. */
export async function pgliteStore(folder: string): Promise<Store> {
  mkdirSync(folder, { recursive: true });
  const release = lockFile(join(folder, "keeper.pid"));
  return open(await PGlite.create(join(folder, "books")), release);
}

/** Books that end with the process, for dry runs. */
export async function memoryStore(): Promise<Store> {
  return open(await PGlite.create(), () => undefined);
}

async function open(lite: PGlite, release: () => void): Promise<Store> {
  const database = drizzle(lite, { schema });
  await migrate(database, migrationConfig);
  let isOpen = true;

  return {
    db() {
      if (!isOpen) throw new StoreUnavailable("the books are closed");
      return database;
    },
    lead: () => Promise.resolve(isOpen),
    isLeader: () => isOpen,
    fault: () => (isOpen ? undefined : "closed"),
    async close() {
      if (!isOpen) return;
      isOpen = false;
      await lite.close();
      release();
    },
  };
}
