import { buyExactRoute } from "../../dex/buyExactRoute.ts";
import { pathsOf } from "../../dex/pathsOf.ts";
import { sellAllRoute } from "../../dex/sellAllRoute.ts";
import type { Path, Route, Venue } from "../../dex/types.ts";
import { withRoom } from "./withRoom.ts";
import { seizedOf } from "./seizedOf.ts";
import type { FlashPlan, PlannedPair } from "./types.ts";

/** What plans are made from. */
export interface FlashPlansParameters {
  readonly venue: Venue;
  readonly pair: PlannedPair;
  /** The only way to go, when it is an earlier quote's. */
  readonly path?: Path | undefined;
}

/**
 * The ways to pay for a liquidation with what it seizes: sold to the end, which leaves the profit in the debt's asset, or
 * only as far as the repayment takes, which leaves it in what was seized. Those that do not bring the repayment are among
 * them, as a loss.
 */
export function flashPlansOf({ venue, pair, path }: FlashPlansParameters): FlashPlan[] {
  const seized = seizedOf(pair);
  const asset = pair.debt.asset;
  const paths = path === undefined ? pathsOf(venue, seized.token, asset) : [path];

  const ofAll = (route: Route): FlashPlan => {
    const profit = route.received - pair.repaid;
    const isLoss = profit < 0n;
    return {
      way: "flash",
      pair,
      route,
      sellsAll: true,
      gains: [{ token: asset, amount: isLoss ? route.received : profit }],
      costs: isLoss ? [{ token: asset, amount: pair.repaid }] : [],
    };
  };
  const ofPart = (route: Route): FlashPlan => ({
    way: "flash",
    pair,
    route,
    sellsAll: false,
    gains: [{ token: seized.token, amount: seized.amount - route.paid }],
    costs: [],
  });

  return paths.flatMap((each) => {
    const all = sellAllRoute(venue, each, seized.amount);
    // A debt grows until the call lands: what is bought must cover the most that may be repaid by then.
    const part = each.length === 1 ? undefined : buyExactRoute(venue, each, withRoom(pair));
    return [
      ...(all === undefined ? [] : [ofAll(all)]),
      ...(part === undefined || part.paid > seized.amount ? [] : [ofPart(part)]),
    ];
  });
}
