import type { Address } from "viem";

import { demoAggregatorsModule } from "../modules/DemoAggregators.ts";
import { senderModule } from "../modules/PriceFeedSender.ts";
import type { Feed } from "../parameters.ts";
import { futureId } from "./futureId.ts";
import type { SenderParameters } from "./readSenderParameters.ts";
import { requireVerifiers } from "./requireVerifiers.ts";
import type { Site } from "./Site.ts";
import { entryOf } from "./entryOf.ts";

export interface DeploySenderParameters {
  site: Site;
  parameters: SenderParameters;
  /** Names the journal below `deploy/deployments`; demo aggregators have one of their own beside it. */
  deploymentId: string;
  /** On peaq. */
  receiver: Address;
  feeds: Readonly<Record<string, Feed>>;
}

/** The oracle's end on Ethereum. */
export interface SenderDeployment {
  chainId: number;
  /** The first block that can hold an event of the sender. */
  startBlock: number;
  priceFeedSender: Address;
  verifierCheck: Address;
  /** By description. */
  feeds: Record<string, { id: number; aggregator: Address }>;
}

/** Deploys what is not deployed yet on Ethereum. Where the parameters name no aggregators a local chain gets its own. */
export async function deploySender(options: DeploySenderParameters): Promise<SenderDeployment> {
  const { site, parameters, deploymentId, receiver, feeds } = options;
  requireVerifiers("the sender", parameters.path);
  const started = await site.client.getBlockNumber();

  const aggregators = { ...parameters.aggregators };
  if (site.isLocal && Object.keys(aggregators).length === 0) {
    const demo = await site.run(`${deploymentId}-aggregators`, demoAggregatorsModule(feeds));
    for (const name of Object.keys(feeds)) aggregators[name] = entryOf(demo, futureId(name));
  }
  const aggregatorOf = (name: string): Address => {
    const aggregator = aggregators[name];
    if (aggregator === undefined) throw new Error(`the sender's parameters name no aggregator for ${name}`);
    return aggregator;
  };

  const list = Object.entries(feeds).map(([name, feed]) => ({ ...feed, aggregator: aggregatorOf(name) }));
  const deployed = await site.run(deploymentId, senderModule({ ...parameters, receiver, feeds: list }));
  const { priceFeedSender, verifierCheck } = deployed;
  if (priceFeedSender === undefined || verifierCheck === undefined) throw new Error("the sender was not deployed");
  return {
    chainId: await site.client.getChainId(),
    startBlock: Number(await site.firstBlock(deploymentId, started)),
    priceFeedSender,
    verifierCheck,
    feeds: Object.fromEntries(
      Object.entries(feeds).map(([name, { id }]) => [name, { id, aggregator: aggregatorOf(name) }]),
    ),
  };
}
