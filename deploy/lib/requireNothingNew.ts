import {
  accessManagerAbi,
  decodeContractError,
  lendControllerAbi,
  priceFeedReceiverAbi,
  priceOracleAbi,
} from "@cxmpute/sdk";
import { type Abi, type Address, type PublicClient, toFunctionSelector } from "viem";

import { sources } from "../parameters.ts";
import { Role } from "../roles.ts";
import type { OracleParameters } from "./readParameters.ts";
import type { Site } from "./Site.ts";

export interface RequireNothingNewParameters {
  peaq: Site;
  deploymentId: string;
  oracle: OracleParameters | undefined;
  /** By symbol. */
  tokens: Readonly<Record<string, Address>>;
  /** Symbols of the markets, in the order of their ids. */
  markets: readonly string[];
}

/**
 * A suite's roles leave the deployer nothing to add to it: what the parameters name and the chain has not is then a
 * matter of governance. Said before anything is sent, where each call would end with an error of the access manager.
 * @throws Error that names what is new
 */
export async function requireNothingNew(parameters: RequireNothingNewParameters): Promise<void> {
  const { peaq, deploymentId, oracle, tokens, markets } = parameters;
  const { client } = peaq;
  if (oracle === undefined) return;
  const suite = peaq.journalled(deploymentId);
  const accessManager = await standing(client, suite["Access#AccessManager"]);
  if (accessManager === undefined) return;
  const manager = { address: accessManager, abi: accessManagerAbi } as const;
  const deployer = await peaq.deployer();

  /** Whether a contract stands that the deployer may no longer configure. */
  const isClosed = async (address: Address | undefined, abi: Abi, functionName: string): Promise<boolean> => {
    const target = await standing(client, address);
    if (target === undefined) return false;
    const args = [deployer, target, selectorOf(abi, functionName)] as const;
    const [isAllowed] = await client.readContract({ ...manager, functionName: "canCall", args });
    return !isAllowed;
  };

  const fresh: string[] = [];
  const receiver = suite["Oracle#PriceFeedReceiver"];
  const priceOracle = suite["Oracle#PriceOracle"];
  const controller = peaq.journalled(`${deploymentId}-lend`)["Lend#LendController"];
  const [isAdmin] = await client.readContract({ ...manager, functionName: "hasRole", args: [Role.admin, deployer] });
  if (receiver === undefined && !isAdmin) fresh.push("the oracle");
  if (receiver !== undefined && (await isClosed(receiver, priceFeedReceiverAbi, "addFeed"))) {
    for (const [name, { id }] of Object.entries(oracle.feeds)) {
      if (!(await isFeed(client, receiver, id))) fresh.push(`the feed ${name}`);
    }
  }
  if (priceOracle !== undefined && (await isClosed(priceOracle, priceOracleAbi, "setSources"))) {
    for (const [symbol, { feed }] of Object.entries(sources)) {
      const asset = tokens[symbol];
      if (asset === undefined || oracle.feeds[feed] === undefined) continue;
      const at = { address: priceOracle, abi: priceOracleAbi, functionName: "sourcesOf", args: [asset] } as const;
      if ((await client.readContract(at)).length === 0) fresh.push(`a price of ${symbol}`);
    }
  }
  if (controller !== undefined && (await isClosed(controller, lendControllerAbi, "list"))) {
    const at = { address: controller, abi: lendControllerAbi, functionName: "assetCount" } as const;
    const listed = Number(await client.readContract(at));
    fresh.push(...markets.slice(listed).map((symbol) => `a market of ${symbol}`));
  }
  if (fresh.length > 0) {
    throw new Error(
      `the parameters have ${fresh.join(", ")}, which the suite has not, and its roles are given out: ` +
        "propose it to the timelock, or take it out of the parameters",
    );
  }
}

/** An address that a journal has and the chain too: a local chain may have begun anew. */
async function standing(client: PublicClient, address: Address | undefined): Promise<Address | undefined> {
  if (address === undefined || (await client.getCode({ address })) === undefined) return undefined;
  return address;
}

async function isFeed(client: PublicClient, receiver: Address, id: number): Promise<boolean> {
  const args = [BigInt(id)] as const;
  try {
    await client.readContract({ address: receiver, abi: priceFeedReceiverAbi, functionName: "feedConfig", args });
    return true;
  } catch (error) {
    if (decodeContractError(error)?.name === "UnknownFeed") return false;
    throw error;
  }
}

function selectorOf(abi: Abi, functionName: string): `0x${string}` {
  const item = abi.find((entry) => entry.type === "function" && entry.name === functionName);
  if (item?.type !== "function") throw new Error(`no function is called ${functionName}`);
  return toFunctionSelector(item);
}
