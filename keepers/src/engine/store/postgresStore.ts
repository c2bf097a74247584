import { drizzle } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import pg from "pg";
import type { Logger } from "pino";

import { migrationConfig, StoreUnavailable, type Database, type Store } from "./database.ts";
import * as schema from "./schema.ts";

/** Serialises migrations of replicas that start together. */
const MIGRATION_LOCK = 7_239_104_551n;

const QUERY_TIMEOUT_MS = 10_000;

/** Postgres ends the session, and with it the lock, of a leader whose machine or process stands still. */
const SESSION_SETTINGS = [
  "SET idle_session_timeout = '60s'",
  "SET tcp_keepalives_idle = 5",
  "SET tcp_keepalives_interval = 3",
  "SET tcp_keepalives_count = 3",
];

/**
 * Books in Postgres. One connection carries the advisory lock and every write, so that a replica that lost the lock
 * with its connection cannot write an intent, and without a written intent nothing is sent.
 */
export function postgresStore(url: string, key: bigint, log: Logger): Store {
  let client: pg.Client | undefined;
  let database: Database | undefined;
  let leader = false;
  let fault: string | undefined = "not connected yet";
  let closed = false;

  function drop(reason: string): void {
    if (leader) log.warn({ reason }, "lost the lock with the database connection");
    leader = false;
    database = undefined;
    fault = reason;
    const dead = client;
    client = undefined;
    dead?.end().catch(() => undefined);
  }

  async function connect(): Promise<void> {
    const fresh = new pg.Client({
      connectionString: url,
      keepAlive: true,
      connectionTimeoutMillis: QUERY_TIMEOUT_MS,
      query_timeout: QUERY_TIMEOUT_MS,
      application_name: "cxmpute-keepers",
    });
    // Without a listener a broken connection would end the process.
    fresh.on("error", (error) => fresh === client && drop(error.message));
    fresh.on("end", () => fresh === client && drop("the database closed the connection"));
    client = fresh;
    await fresh.connect();
    for (const setting of SESSION_SETTINGS) await fresh.query(setting);
    const db = drizzle(fresh, { schema });
    await fresh.query("SELECT pg_advisory_lock($1)", [MIGRATION_LOCK.toString()]);
    await migrate(db, migrationConfig);
    await fresh.query("SELECT pg_advisory_unlock($1)", [MIGRATION_LOCK.toString()]);
    database = db;
    fault = undefined;
  }

  async function lead(): Promise<boolean> {
    if (closed) return false;
    try {
      if (database === undefined) await connect();
      if (client === undefined) return false;
      if (leader) {
        await client.query("SELECT 1");
      } else {
        const { rows } = await client.query<{ locked: boolean }>("SELECT pg_try_advisory_lock($1) AS locked", [
          key.toString(),
        ]);
        leader = rows[0]?.locked === true;
        if (leader) log.info("this replica sends from now on");
      }
      return leader;
    } catch (error) {
      drop(error instanceof Error ? error.message : String(error));
      return false;
    }
  }

  return {
    db() {
      if (database === undefined) throw new StoreUnavailable(fault ?? "not connected");
      return database;
    },
    lead,
    isLeader: () => leader,
    fault: () => fault,
    async close() {
      closed = true;
      leader = false;
      const last = client;
      client = undefined;
      database = undefined;
      await last?.end();
    },
  };
}
