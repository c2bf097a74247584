import { Command, Option } from "commander";

import { loadSettings, type Flags } from "../config/loadSettings.ts";
import { settings, type Setting, type Settings } from "../config/settings.ts";
import { runKeeper } from "../keeper.ts";

/** `cxmpute-keepers run`: every setting by flag or environment. */
export function runCommand(): Command {
  const command = new Command("run").description("run the bots (the default command)");
  const names = new Map<string, keyof Settings>();
  for (const [name, setting] of Object.entries<Setting>(settings)) {
    if (setting.flag === undefined) continue;
    const shown = setting.fallback === undefined || setting.fallback === "" ? "" : `, default ${setting.fallback}`;
    const option = new Option(setting.flag, `${setting.help} [${setting.env}${shown}]`);
    command.addOption(option);
    names.set(option.attributeName(), name as keyof Settings);
  }
  const secrets = Object.values<Setting>(settings).filter(({ flag }) => flag === undefined);
  command.addHelpText(
    "after",
    `\nBy environment only:\n${secrets.map(({ env, help }) => `  ${env}\n      ${help}`).join("\n")}\n`,
  );
  return command.action(async (options: Readonly<Record<string, string | boolean>>) => {
    const flags: Partial<Record<keyof Settings, string | boolean>> = {};
    for (const [attribute, name] of names) {
      const value = options[attribute];
      if (value !== undefined) flags[name] = value;
    }
    await runKeeper(loadSettings(flags satisfies Flags, process.env));
  });
}
