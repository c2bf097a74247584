import type { Address } from "viem";

import { approver } from "./bots/approver/approver.ts";
import { expirer } from "./bots/expirer/expirer.ts";
import { heartbeat } from "./bots/heartbeat/heartbeat.ts";
import { liquidator, type FlashOptions } from "./bots/liquidator/liquidator.ts";
import { matcher } from "./bots/matcher/matcher.ts";
import { requirePart, type Deployment } from "./config/loadDeployment.ts";
import type { Settings } from "./config/settings.ts";
import type { BookView } from "./dex/bookView.ts";
import type { ChainAccess } from "./engine/chain/access.ts";
import type { Prices } from "./engine/price/prices.ts";
import type { Bot } from "./engine/types.ts";
import type { LendView } from "./lend/lendView.ts";
import type { BeatView } from "./oracle/beatWatch.ts";

/** What the bots are made of. */
export interface BotParts {
  readonly settings: Settings;
  readonly deployment: Deployment;
  readonly access: ChainAccess;
  readonly book: BookView;
  readonly lend: LendView;
  readonly beat: BeatView;
  readonly lendPrices: Prices;
  /** Undefined when the liquidator uses own capital alone. */
  readonly flash: FlashOptions | undefined;
  readonly signer: Address;
  readonly recipient: Address;
  readonly takerFee: () => bigint;
}

/** The bots that the settings name, on the deployment's chain, with the helpers that some of them bring along. */
export function createBots(parts: BotParts): Map<string, Bot> {
  const { settings, deployment, access, book, lend, signer, recipient, takerFee } = parts;
  const periodMs = settings.periodSeconds * 1000;
  const { orderMatcher, orderNFT } = deployment.contracts;
  const bots = settings.bots.flatMap((name): Bot[] => {
    switch (name) {
      case "matcher":
        return [matcher({ access, matcher: orderMatcher, signer, recipient, view: book, takerFee, periodMs })];
      case "expirer":
        return [
          expirer({
            access,
            book: orderNFT,
            signer,
            view: book,
            makers: settings.expirerMakers,
            dailyBudget: settings.expirerBudget ?? 0n,
            periodMs,
          }),
        ];
      case "liquidator": {
        const { controller } = requirePart(deployment, "lend", name);
        const { flash, lendPrices: prices } = parts;
        return [
          approver({ access, signer, view: lend, dailyBudget: settings.approvalBudget, periodMs }),
          liquidator({ access, controller, flash, signer, recipient, view: lend, prices, periodMs }),
        ];
      }
      case "oracle": {
        const { priceFeedReceiver: receiver, priceOracle } = requirePart(deployment, "oracle", name);
        const dailyBudget = settings.heartbeatBudget;
        return [heartbeat({ access, receiver, priceOracle, signer, view: parts.beat, dailyBudget, periodMs })];
      }
    }
  });
  return new Map(bots.map((bot) => [bot.name, bot]));
}
