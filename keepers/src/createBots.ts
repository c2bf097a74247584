import type { Address } from "viem";

import { expirer } from "./bots/expirer/expirer.ts";
import { matcher } from "./bots/matcher/matcher.ts";
import type { Deployment } from "./config/loadDeployment.ts";
import type { Settings } from "./config/settings.ts";
import type { BookView } from "./dex/bookView.ts";
import type { ChainAccess } from "./engine/chain/access.ts";
import type { Bot } from "./engine/types.ts";

/** What the bots are made of. */
export interface BotParts {
  readonly settings: Settings;
  readonly deployment: Deployment;
  readonly access: ChainAccess;
  readonly view: BookView;
  readonly signer: Address;
  readonly recipient: Address;
  readonly takerFee: () => bigint;
}

/** The bots that the settings name. */
export function createBots({
  settings,
  deployment,
  access,
  view,
  signer,
  recipient,
  takerFee,
}: BotParts): Map<string, Bot> {
  const periodMs = settings.periodSeconds * 1000;
  const { orderMatcher, orderNFT } = deployment.contracts;
  const bots = settings.bots.map((name): Bot => {
    switch (name) {
      case "matcher":
        return matcher({ access, matcher: orderMatcher, signer, recipient, view, takerFee, periodMs });
      case "expirer":
        return expirer({
          access,
          book: orderNFT,
          signer,
          view,
          makers: settings.expirerMakers,
          dailyBudget: settings.expirerBudget ?? 0n,
          periodMs,
        });
    }
  });
  return new Map(bots.map((bot) => [bot.name, bot]));
}
