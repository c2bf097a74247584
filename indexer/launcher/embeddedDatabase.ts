import { existsSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

/**
 * Where PGlite keeps its files, and whether they can be gone on with. On PGlite Ponder writes a backfill without
 * transactions: one that was cut off leaves half of a batch behind, and has to begin anew. Once it is ready, every row
 * is journalled, and it can be killed at any time.
 */
export function embeddedDatabase(folder: string) {
  const marker = path.join(folder, "complete");
  return {
    data: path.join(folder, "data"),
    /** To be called before the indexer starts. Throws away what an unfinished backfill left. */
    open: (): void => {
      if (!existsSync(marker)) rmSync(folder, { recursive: true, force: true });
      rmSync(marker, { force: true });
    },
    /** To be called when the backfill is complete. */
    markComplete: (): void => writeFileSync(marker, ""),
  };
}
