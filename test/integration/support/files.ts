import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder that is gone after the tests of the file. */
export function temporaryFolder(): { path: (name: string) => string; write: (name: string, value: unknown) => string } {
  const folder = mkdtempSync(join(tmpdir(), "cxmpute-test-"));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const path = (name: string): string => join(folder, name);
  return {
    path,
    write: (name, value) => {
      writeFileSync(path(name), JSON.stringify(value));
      return path(name);
    },
  };
}
