import { join } from "node:path";

import { LOGS, ROOT } from "./paths.ts";
import type { ProcessSpec } from "./process.ts";

/** A program of `node_modules/.bin` (or `node`), run in the project's root with its output in `.cxmpute/logs`. */
export function projectCommand(
  name: string,
  command: string,
  args: string[],
  env: Record<string, string> = {},
): ProcessSpec {
  return { name, command, args, env, cwd: ROOT, logFile: join(LOGS, `${name}.log`) };
}
