import { readFileSync } from "node:fs";

import { getAddress, isAddress, type Address } from "viem";
import { z } from "zod";

import { ConfigError } from "./ConfigError.ts";

const addressOf = z
  .string()
  .refine((text) => isAddress(text, { strict: false }), "is not an address")
  .transform((text): Address => getAddress(text));

/** A token is an address, or an object that has one. */
const token = z.union([addressOf, z.object({ address: addressOf }).transform((value) => value.address)]);

const schema = z.object({
  chainId: z.number().int().positive(),
  startBlock: z.number().int().nonnegative(),
  contracts: z.object({ orderNFT: addressOf, orderMatcher: addressOf, orderLens: addressOf }),
  tokens: z.record(z.string(), token).default({}),
  /** What only some bots need. */
  lend: z.object({ controller: addressOf, lens: addressOf, flashLiquidator: addressOf.optional() }).optional(),
  oracle: z.object({ priceOracle: addressOf, priceFeedReceiver: addressOf }).optional(),
  sister: z.object({ chainId: z.number().int().positive(), priceFeedSender: addressOf }).optional(),
});

/** What keepers need to know of a deployment. */
export type Deployment = z.output<typeof schema>;

/** Parts of a deployment that not every chain has. */
export type DeploymentPart = "lend" | "oracle" | "sister";

/** Reads the deployment file. @throws ConfigError that names the file and what is wrong in it */
export function loadDeployment(path: string): Deployment {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    throw new ConfigError([`The deployment file ${path} cannot be read: give it with --deployment (DEPLOYMENT).`]);
  }
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    const issue = error instanceof z.ZodError ? error.issues[0] : undefined;
    const reason = issue === undefined ? "is not JSON" : `is wrong at ${issue.path.join(".")}: ${issue.message}`;
    throw new ConfigError([`The deployment file ${path} ${reason}.`]);
  }
}

/** A part that a bot cannot do without. @throws ConfigError that names bot and part */
export function requirePart<P extends DeploymentPart>(
  deployment: Deployment,
  part: P,
  bot: string,
): NonNullable<Deployment[P]> {
  const found = deployment[part];
  if (found === undefined) throw new ConfigError([`Bot ${bot} needs "${part}" in the deployment file.`]);
  return found;
}
