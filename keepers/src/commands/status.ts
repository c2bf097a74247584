import { setTimeout as sleep } from "node:timers/promises";

import { Command } from "commander";

import { renderStatus, statusSchema } from "./renderStatus.ts";

interface StatusOptions {
  readonly url: string;
  readonly json?: true;
  readonly watch?: true;
}

const CLEAR = "\u001b[2J\u001b[H";

/** `cxmpute-keepers status`: what each bot of a running process sees. Exit code 1 when it cannot be asked. */
export function statusCommand(): Command {
  return new Command("status")
    .description("show what the bots of a running process see")
    .option("--url <url>", "where the process listens", process.env.KEEPER_URL ?? "http://127.0.0.1:8790")
    .option("--json", "the raw answer")
    .option("--watch", "again every two seconds")
    .action(async ({ url, json, watch }: StatusOptions) => {
      for (;;) {
        const text = await ask(url, json === true);
        process.stdout.write(watch === true ? `${CLEAR}${text}\n` : `${text}\n`);
        if (watch !== true || process.exitCode === 1) return;
        await sleep(2000);
      }
    });
}

async function ask(url: string, raw: boolean): Promise<string> {
  try {
    const response = await fetch(new URL("/status", url), { signal: AbortSignal.timeout(5000) });
    if (!response.ok) throw new Error(`it answers ${response.status}`);
    const status: unknown = await response.json();
    return raw ? JSON.stringify(status, undefined, 2) : renderStatus(statusSchema.parse(status));
  } catch (error) {
    process.exitCode = 1;
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : "";
    return `No keeper answers at ${url}: ${cause || (error instanceof Error ? error.message : String(error))}.`;
  }
}
