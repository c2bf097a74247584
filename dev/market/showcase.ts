import { encodeTerms, orderNftAbi } from "@cxmpute/sdk";
import { parseUnits } from "viem";

import type { Market, MarketContext } from "./Market.ts";

const DAY = 86_400;
const HOUR = 3_600;

/** One order of every kind, so that each can be seen somewhere, and a pair that crosses for the matcher to find. */
export async function placeShowcase(market: Market, { crew, sender, deployment }: MarketContext): Promise<void> {
  const [first, second, third, fourth] = crew.makers;
  const [taker] = crew.takers;
  const now = Number((await sender.client.getBlock()).timestamp);
  const whole = (market.plan.size[0] + market.plan.size[1]) / 2;
  const minFill = parseUnits("0.01", market.base.decimals);

  await market.place(first, [
    market.order(first, "sell", 0.02, whole, { privateTaker: taker }),
    market.order(first, "sell", 0.01, whole * 2, { releaseStart: now, releaseEnd: now + DAY, expiry: now + 2 * DAY }),
  ]);
  await market.place(second, [
    market.order(second, "sell", 0.015, whole, { terms: encodeTerms({ allOrNone: true }) }),
    market.order(second, "sell", 0.012, whole, { terms: encodeTerms({ minFill }) }),
    market.order(second, "buy", 0.02, whole, { terms: encodeTerms({ exactPayment: true }), expiry: now + HOUR }),
  ]);

  const [sold] = await market.place(third, [market.order(third, "sell", 0.025, whole)]);
  if (sold !== undefined) {
    await sender.send(third, {
      address: deployment.contracts.orderNFT,
      abi: orderNftAbi,
      functionName: "transferFrom",
      args: [third, fourth, sold],
    });
  }

  // Crossed by far more than two fees of 6 bps.
  await market.place(third, [market.order(third, "sell", -0.002, whole / 4)]);
  await market.place(fourth, [market.order(fourth, "buy", -0.004, whole / 4)]);
}
