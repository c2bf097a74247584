import { ArgumentType } from "hardhat/types/arguments";
import type { NewTaskDefinitionBuilder, TaskArguments } from "hardhat/types/tasks";

type Builder<ArgumentsT extends TaskArguments> = NewTaskDefinitionBuilder<ArgumentsT>;

/** An option of text that may be left out. */
export function optional<NameT extends string>(name: NameT, description: string) {
  return { name, description, type: ArgumentType.STRING_WITHOUT_DEFAULT as const, defaultValue: undefined };
}

/** An option that names a file and may be left out. */
export function optionalFile<NameT extends string>(name: NameT, description: string) {
  return { name, description, type: ArgumentType.FILE_WITHOUT_DEFAULT as const, defaultValue: undefined };
}

export const pairOption = {
  name: "pair",
  description: "What is traded and what it is priced in",
  defaultValue: "WETH/USDC",
} as const;

export const sideOption = {
  name: "side",
  description: "sell or buy, of the pair's first token",
  defaultValue: "sell",
} as const;

export const indexerOption = optional("indexer", "Base URL of an indexer to find orders with, instead of chain logs");

/** What every task that reads a deployment accepts. */
export function withDeployment<ArgumentsT extends TaskArguments>(builder: Builder<ArgumentsT>) {
  return builder
    .addOption(optionalFile("deployment", "Deployment file; by default the one that the deploy task wrote"))
    .addFlag({ name: "json", description: "Print JSON instead of tables; amounts in token units" });
}

/** What every task that sends a transaction accepts. */
export function withSender<ArgumentsT extends TaskArguments>(builder: Builder<ArgumentsT>) {
  return withDeployment(builder).addOption({
    name: "from",
    description: "The account that acts: its index or its address",
    defaultValue: "0",
  });
}
