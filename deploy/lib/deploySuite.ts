import { COMPUTE_NAMES, type ComputeDeployment, epochAt, lendControllerAbi } from "@cxmpute/sdk";
import type { Address } from "viem";

import { computeModule } from "../modules/Compute.ts";
import DemoTokens from "../modules/DemoTokens.ts";
import { foundationModule } from "../modules/Foundation.ts";
import { handoverModule } from "../modules/Handover.ts";
import { lendModule } from "../modules/Lend.ts";
import { oracleModule } from "../modules/Oracle.ts";
import { pathModule } from "../modules/Path.ts";
import { sources } from "../parameters.ts";
import type { Courier } from "./Courier.ts";
import type { Deployment } from "./deploymentFile.ts";
import { deploySender, type SenderDeployment } from "./deploySender.ts";
import { describeTokens } from "./describeTokens.ts";
import { establishPrices } from "./establishPrices.ts";
import type { ComputeParameters, SuiteParameters } from "./readParameters.ts";
import type { SenderParameters } from "./readSenderParameters.ts";
import { requireNothingNew } from "./requireNothingNew.ts";
import { requireVerifiers } from "./requireVerifiers.ts";
import { type DeployedContract, Site, type SiteParameters } from "./Site.ts";

/** What is still asked of a network's parameters when a suite is deployed. */
export type CompleteParameters = SuiteParameters & Required<Pick<SuiteParameters, "governance" | "guardian">>;

/** The Ethereum side, where the parameters have an oracle. */
export interface EthereumSide {
  site: Site;
  parameters: SenderParameters;
  /** Names the sender's own journal. */
  deploymentId: string;
  courier: Courier;
}

export interface DeploySuiteParameters extends SiteParameters {
  parameters: CompleteParameters;
  /**
   * Names the journal below `deploy/deployments` by which an interrupted deployment goes on. Demo tokens and the later
   * stages have their own beside it, since Ignition takes a journal for failed while another module in it is unfinished.
   */
  deploymentId: string;
  /** Whether to deploy tokens without worth beside the suite. */
  withDemoTokens: boolean;
  ethereum?: EthereumSide | undefined;
  /** The site, where the Ethereum side needed it before. */
  site?: Site | undefined;
}

export interface DeploySuiteReturn {
  deployment: Deployment;
  /** The Ethereum side. */
  sender?: SenderDeployment;
  contracts: DeployedContract[];
  deployer: Address;
  orderExtension: Address;
  orderMakerExtension: Address;
  orderDescriptor: Address;
  wrappedCoin: Address;
  /** Parts that the deployment file does not tell, by the names that modules return them under. */
  parts: Readonly<Record<string, Address>>;
  /** What became of a transaction that an earlier run was cut off at. */
  notes: string[];
}

/**
 * Deploys what is not deployed yet: the foundation; with an oracle in the parameters the sender on Ethereum, its first
 * prices, and the lending that stands on them; and last of all the handover.
 */
export async function deploySuite(options: DeploySuiteParameters): Promise<DeploySuiteReturn> {
  const { parameters, deploymentId, ethereum } = options;
  const { oracle } = parameters;
  const peaq = options.site ?? new Site(options);
  const { client } = peaq;
  if (oracle !== undefined) requireVerifiers("the receiver", oracle.path);
  if (oracle !== undefined && ethereum === undefined) throw new Error("an oracle needs a network on its Ethereum side");
  const deployer = await peaq.deployer();
  const started = await client.getBlockNumber();

  const tokens = { ...parameters.tokens };
  if (options.withDemoTokens) Object.assign(tokens, await peaq.run(`${deploymentId}-tokens`, DemoTokens));
  const wrappedCoin = parameters.wrappedCoin ?? tokens.WPEAQ;
  if (wrappedCoin === undefined) throw new Error("the parameters name no wrapped coin: set Dex.wrappedCoin");

  const markets = Object.entries(parameters.lend.markets).flatMap(([symbol, market]) => {
    const [asset, feed] = [tokens[symbol], sources[symbol]?.feed];
    return asset === undefined || feed === undefined || oracle?.feeds[feed] === undefined
      ? []
      : [{ symbol, asset, market }];
  });
  await requireNothingNew({ peaq, deploymentId, oracle, tokens, markets: markets.map(({ symbol }) => symbol) });

  const oracleParts = oracle && oracleModule(oracle, tokens);
  const suite = await peaq.run(deploymentId, foundationModule(oracleParts), {
    Access: {
      governance: parameters.governance,
      guardian: parameters.guardian,
      timelockDelay: parameters.timelockDelay,
    },
    Dex: { takerFee: parameters.takerFee, permit2: parameters.permit2, wrappedCoin },
  });
  const addressOf = (name: string): Address => found(suite, name);
  const [accessManager, timelock] = [addressOf("accessManager"), addressOf("timelock")];
  const deployment: { -readonly [field in keyof Deployment]: Deployment[field] } = {
    chainId: await client.getChainId(),
    startBlock: Number(await peaq.firstBlock(deploymentId, started)),
    contracts: {
      orderNFT: addressOf("orderNFT"),
      orderMatcher: addressOf("orderMatcher"),
      orderLens: addressOf("orderLens"),
      orderRouter: addressOf("orderRouter"),
      pairObserver: addressOf("pairObserver"),
      accessManager,
      timelock,
      permit2: parameters.permit2,
    },
    tokens: await describeTokens(client, tokens),
  };
  const result: DeploySuiteReturn = {
    deployment,
    contracts: peaq.contracts,
    deployer,
    orderExtension: addressOf("orderExtension"),
    orderMakerExtension: addressOf("orderMakerExtension"),
    orderDescriptor: addressOf("orderDescriptor"),
    wrappedCoin,
    parts: suite,
    notes: peaq.notes,
  };

  if (parameters.compute !== undefined) {
    const { compute } = parameters;
    const parts = await deployCompute({
      peaq,
      deploymentId,
      compute,
      accessManager,
      timelock,
      usdc: tokens.USDC,
      deployment,
    });
    result.parts = { ...result.parts, ...parts };
    deployment.compute = Object.fromEntries(
      COMPUTE_NAMES.map((name) => [name, found(parts, name)]),
    ) as ComputeDeployment;
  }

  const receiver = suite.priceFeedReceiver;
  if (oracle !== undefined && ethereum !== undefined) {
    const { feeds } = oracle;
    const from = addressOf("priceFeedReceiver");
    const sender = await deploySender({ ...ethereum, receiver: from, feeds });
    const path = pathModule({ receiver: from, sourceEid: oracle.path.remoteEid, sender: sender.priceFeedSender });
    await peaq.run(`${deploymentId}-path`, path);

    const lendId = `${deploymentId}-lend`;
    if (!(await isListed(peaq, lendId, markets.length))) {
      const { site, courier } = ethereum;
      await establishPrices({ peaq, ethereum: site, receiver: from, sender: sender.priceFeedSender, feeds, courier });
    }
    const { flashFee } = parameters.lend;
    const priceOracle = addressOf("priceOracle");
    const lendParts = lendModule({
      accessManager,
      treasury: timelock,
      priceOracle,
      orderNFT: deployment.contracts.orderNFT,
      markets,
      flashFee,
    });
    const lend = await peaq.run(lendId, lendParts);

    result.parts = { ...result.parts, ...lend };
    result.sender = sender;
    result.notes = [...peaq.notes, ...ethereum.site.notes];
    result.deployment = {
      ...deployment,
      oracle: {
        priceOracle,
        priceFeedReceiver: from,
        feeds: Object.fromEntries(
          Object.entries(feeds).map(([name, { id, decimals }]) => [pricedBy(name), { id, decimals }]),
        ),
      },
      lend: {
        controller: found(lend, "lendController"),
        lens: found(lend, "lendLens"),
        flashLiquidator: found(lend, "flashLiquidator"),
        pools: Object.fromEntries(
          markets.map(({ symbol }, id) => [symbol, { address: found(lend, `u${symbol}`), id }]),
        ),
      },
      sister: {
        chainId: sender.chainId,
        startBlock: sender.startBlock,
        endpointId: oracle.path.remoteEid,
        priceFeedSender: sender.priceFeedSender,
      },
    };
  }

  await peaq.run(`${deploymentId}-handover`, handoverModule({ accessManager, timelock, receiver }));
  return result;
}

/**
 * The marketplace. Its rewards are scheduled from the week after the suite's first block on: the distributor takes no week
 * that is over, and a deployment that is taken up again must say the same.
 */
async function deployCompute(options: {
  peaq: Site;
  deploymentId: string;
  compute: ComputeParameters;
  accessManager: Address;
  timelock: Address;
  usdc: Address | undefined;
  deployment: Deployment;
}): Promise<Readonly<Record<string, Address>>> {
  const { peaq, deploymentId, compute, accessManager, timelock, usdc, deployment } = options;
  if (usdc === undefined)
    throw new Error("the marketplace is paid in USDC, which the parameters do not name: set Tokens.USDC");
  const { timestamp } = await peaq.client.getBlock({ blockNumber: BigInt(deployment.startBlock) });
  const firstEpoch = Number(epochAt(timestamp)) + 1;
  const module = computeModule({ ...compute, accessManager, treasury: timelock, usdc, firstEpoch });
  return await peaq.run(`${deploymentId}-compute`, module);
}

function found(addresses: Readonly<Record<string, Address>>, name: string): Address {
  const address = addresses[name];
  if (address === undefined) throw new Error(`the suite deploys no ${name}`);
  return address;
}

/** What a feed prices: "ETH" of "ETH / USD". */
function pricedBy(description: string): string {
  return description.split(" / ")[0] ?? description;
}

/** Whether an earlier run listed all markets, so that no price is needed any more. */
async function isListed(peaq: Site, lendId: string, markets: number): Promise<boolean> {
  const address = peaq.journalled(lendId)["Lend#LendController"];
  if (address === undefined || (await peaq.client.getCode({ address })) === undefined) return false;
  const count = await peaq.client.readContract({ address, abi: lendControllerAbi, functionName: "assetCount" });
  return count >= BigInt(markets);
}
