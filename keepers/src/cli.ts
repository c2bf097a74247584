#!/usr/bin/env node
import { Command } from "commander";

import { runCommand } from "./commands/run.ts";
import { statusCommand } from "./commands/status.ts";
import { ConfigError } from "./config/ConfigError.ts";
import { FolderInUse } from "./engine/store/lockFile.ts";

const program = new Command("cxmpute-keepers")
  .description("Keeper bots of Cxmpute Core: they look for work that pays, send it, and book what it brought.")
  .addCommand(runCommand(), { isDefault: true })
  .addCommand(statusCommand());

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof ConfigError || error instanceof FolderInUse) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  } else {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = 1;
  }
}
