import type { Deployment } from "@cxmpute/sdk";
import { http, type PublicClient } from "viem";

import { readDeployment } from "../../../deploy/lib/deploymentFile.ts";
import { PriceDesk } from "../../../dev/lend/PriceDesk.ts";
import { seedLend } from "../../../dev/lend/seedLend.ts";
import { openSender, type Sender } from "../../../dev/market/sender.ts";
import { seedMarket } from "../../../dev/market/seedMarket.ts";
import { withOutput } from "./output.ts";
import { forgetJournals, twoChains, type TwoChains } from "./twoChains.ts";

/** Two chains as the local stack has them once they are seeded: whatever follows a deployment can be started on them. */
export interface SeededChains extends TwoChains {
  deployment: Deployment;
  /** Where it is written: what keepers and indexer are told. */
  deploymentFile: string;
  /** Sends on the "peaq" chain. */
  peaq: Sender;
  /** Reads the "Ethereum" chain. */
  ethereum: PublicClient;
  /** Says what the aggregators on the "Ethereum" chain answer. */
  desk: PriceDesk;
  /** Last price of each demo market, by pair. */
  prices: Readonly<Record<string, number>>;
}

/** Steps of the market's walk: some ten orders each. */
const STEPS = 10;
const SEED = 11;

/** Deploys by the task, fills the market, and fills the pools. */
export async function seededChains(file: (name: string) => string): Promise<SeededChains> {
  const chains = await twoChains(file);
  const { hre, rpcUrls, parameters, ethereumParameters } = chains;
  const deploymentFile = file("deployment.json");
  const deploymentId = `local-test-seeded-${process.pid}`;
  const close = async (): Promise<void> => {
    await chains.close();
    forgetJournals(hre, deploymentId);
  };
  try {
    await withOutput(() =>
      hre.tasks.getTask("deploy").run({ out: deploymentFile, deploymentId, parameters, ethereumParameters }),
    );
    const deployment = readDeployment(deploymentFile);
    const { prices } = await seedMarket({ rpcUrl: rpcUrls.peaq, deployment, seed: SEED, steps: STEPS });
    // The third borrower is near liquidation, and healthy.
    await seedLend({ rpcUrls, deployment, prices, cheaper: 0.974 });
    return {
      ...chains,
      deployment,
      deploymentFile,
      peaq: await openSender(http(rpcUrls.peaq)),
      ethereum: (await openSender(http(rpcUrls.ethereum))).client,
      desk: await PriceDesk.open(rpcUrls, deployment),
      prices,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
