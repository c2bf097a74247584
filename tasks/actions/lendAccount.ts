import {
  type AccountHealth,
  getAccountHealth,
  getPositions,
  liquidationPrice,
  type LiquidationPrice,
  type Position,
} from "@cxmpute/sdk";
import type { Address } from "viem";

import { act } from "../lib/act.ts";
import { openContext, resolveAccount } from "../lib/context.ts";
import { formatHealth, formatRounded, formatUsd } from "../lib/figures.ts";
import { poolsOf, requireLend } from "../lib/lend.ts";
import { print, printJson, printTable } from "../lib/print.ts";
import { qualityName } from "../lib/qualityName.ts";

interface AccountArguments {
  deployment: string | undefined;
  json: boolean;
  of: string;
}

interface AccountReport extends AccountHealth {
  account: Address;
  positions: (Position & { symbol: string; liquidation: LiquidationPrice | undefined })[];
}

/** Shows how accounts stand over all pools. */
export default act(async (args: AccountArguments, hre): Promise<AccountReport[]> => {
  const context = await openContext(hre, args);
  const { client } = context;
  const { controller } = requireLend(context);
  const pools = poolsOf(context);
  const accounts = await Promise.all(args.of.split(",").map((text) => resolveAccount(context, text.trim())));

  const reports = await Promise.all(
    accounts.map(async (account): Promise<AccountReport> => {
      const [health, positions] = await Promise.all([
        getAccountHealth(client, { controller, account }),
        getPositions(client, { controller, account, ids: pools.map(({ id }) => id) }),
      ]);
      const held = positions.filter(({ supplied, debt }) => supplied > 0n || debt > 0n);
      return {
        account,
        ...health,
        positions: held.map((position) => ({
          symbol: pools.find(({ id }) => id === position.id)?.token.symbol ?? String(position.id),
          ...position,
          liquidation: liquidationPrice(positions, position.id),
        })),
      };
    }),
  );

  if (args.json) {
    printJson(reports);
    return reports;
  }
  printTable(
    ["account", "collateral USD", "may borrow USD", "debt USD", "health", "prices"],
    reports.map(({ account, collateral, power, debt, health, quality }) => [
      account,
      formatUsd(collateral),
      formatUsd(power),
      formatUsd(debt),
      formatHealth(health),
      qualityName(quality),
    ]),
  );
  const rows = reports.flatMap(({ account, positions }) =>
    positions.map(({ symbol, decimals, supplied, isCollateral, debt, liquidation }) => [
      account,
      symbol,
      formatRounded(supplied, { decimals }),
      isCollateral ? "collateral" : "",
      formatRounded(debt, { decimals }),
      liquidation === undefined ? "" : `${liquidation.side} ${formatUsd(liquidation.price)}`,
    ]),
  );
  if (rows.length > 0) {
    print();
    printTable(["account", "asset", "supplied", "", "owes", "liquidated at a price"], rows);
  }
  return reports;
});
