import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";

import type * as schema from "./schema.ts";

/** Drizzle over PGlite or over the one Postgres connection that holds the leader's lock. */
export type Database = PgDatabase<PgQueryResultHKT, typeof schema>;

/** Where the books are, and who may write them. */
export interface Store {
  /** Throws `StoreUnavailable` when there is no connection. */
  db(): Database;
  /**
   * Connects when needed and tries to become, or checks to be still, the one that sends. Never throws: without a
   * connection the answer is no.
   */
  lead(): Promise<boolean>;
  /** Whether the last `lead` said yes and the connection has lived since. */
  isLeader(): boolean;
  /** Why there is no connection; undefined when there is one. */
  fault(): string | undefined;
  close(): Promise<void>;
}

/** Thrown when the books cannot be reached: nothing may be sent. */
export class StoreUnavailable extends Error {
  override readonly name = "StoreUnavailable";
}

/** The folder of the SQL migrations. */
export const migrationsFolder = new URL("../../../migrations", import.meta.url).pathname;

/** Migrations are noted beside the tables that they make. */
export const migrationConfig = { migrationsFolder, migrationsSchema: "keepers", migrationsTable: "migration" };
