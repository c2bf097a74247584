import { readFileSync, rmSync, writeFileSync } from "node:fs";

/** Thrown when another live process works in the same folder. */
export class FolderInUse extends Error {
  override readonly name = "FolderInUse";
}

/**
 * Keeps a second process out of a folder. A file left by a killed process is taken over.
 * @returns what removes the file again
 */
export function lockFile(path: string): () => void {
  const holder = readHolder(path);
  if (holder !== undefined && holder !== process.pid && isAlive(holder)) {
    throw new FolderInUse(`Process ${holder} already works with these books (${path}); use DATABASE_URL for replicas.`);
  }
  writeFileSync(path, `${process.pid}\n`);
  return () => rmSync(path, { force: true });
}

function readHolder(path: string): number | undefined {
  try {
    const pid = Number(readFileSync(path, "utf8").trim());
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
