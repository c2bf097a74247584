import { lendControllerAbi, uTokenAbi } from "@cxmpute/sdk";
import { type Address, parseAbi } from "viem";

import { controllerRoles, poolRoles } from "../../roles.ts";
import type { DeploySuiteReturn } from "../deploySuite.ts";
import type { LendParameters } from "../readParameters.ts";
import type { Checklist } from "./Checklist.ts";

const authorityAbi = parseAbi(["function authority() view returns (address)"]);

/** The controller, and every parameter and part of every pool. */
export async function checkLend(
  list: Checklist,
  { markets, flashFee }: LendParameters,
  { deployment, parts }: DeploySuiteReturn,
): Promise<void> {
  const { contracts, oracle, lend, tokens } = deployment;
  if (oracle === undefined || lend === undefined) throw new Error("there is no lending to check");
  const { client } = list;
  const { accessManager, timelock } = contracts;
  const at = { address: lend.controller, abi: lendControllerAbi } as const;
  const part = (name: string): Address => {
    const address = parts[name];
    if (address === undefined) throw new Error(`the suite deploys no ${name}`);
    return address;
  };

  await list.addRoles("controller", accessManager, lend.controller, controllerRoles);
  const authority = await client.readContract({ ...at, abi: authorityAbi, functionName: "authority" });
  list.add("controller's authority", accessManager, authority);
  list.add("controller's oracle", oracle.priceOracle, await client.readContract({ ...at, functionName: "oracle" }));
  list.add("controller's treasury", timelock, await client.readContract({ ...at, functionName: "treasury" }));
  const pools = Object.entries(lend.pools);
  list.add("markets", pools.length, await client.readContract({ ...at, functionName: "assetCount" }));
  const priceOracle = ["the price oracle", oracle.priceOracle] as const;
  const [liquidation, admin] = [part("liquidationExtension"), part("controllerExtension")];
  await list.addHeld("controller", lend.controller, [["the liquidations", liquidation], priceOracle]);
  await list.addHeld("liquidations", liquidation, [["the controller's extension", admin], priceOracle]);
  await list.addHeld("controller's extension", admin, [priceOracle]);
  const controller = ["the controller", lend.controller] as const;
  const book = ["the order book", contracts.orderNFT] as const;
  await list.addHeld("lens of lending", lend.lens, [controller, priceOracle]);
  list.add("flash liquidator in the file", part("flashLiquidator"), lend.flashLiquidator);
  await list.addHeld("flash liquidator", part("flashLiquidator"), [controller, book]);

  const hooks = part("poolHooks");
  await list.addHeld("pools' hooks", hooks, [controller]);

  for (const [symbol, { address: pool, id }] of pools) {
    const market = markets[symbol];
    const asset = tokens[symbol]?.address;
    if (market === undefined || asset === undefined) throw new Error(`nothing is known of a market of ${symbol}`);
    const info = await client.readContract({ ...at, functionName: "assetInfo", args: [BigInt(id)] });
    const { collateralFactor, threshold, closeFactor, isolated, isolationDebt } = info.parameters;
    list.add(`u${symbol}: listed as number ${id}`, pool, info.pool);
    list.add(`u${symbol}: collateral factor`, market.collateralFactor, collateralFactor);
    list.add(`u${symbol}: liquidation threshold`, market.threshold, threshold);
    list.add(`u${symbol}: close factor`, market.closeFactor, closeFactor);
    list.add(`u${symbol}: isolation`, "false, false", [isolated, isolationDebt].join(", "));

    const token = { address: pool, abi: uTokenAbi } as const;
    const [model, reserveFactor, supplyCap, borrowCap, fee] = await client.readContract({
      ...token,
      functionName: "parameters",
    });
    const curve = [market.base, market.slope1, market.slope2, market.kink].join(", ");
    const actualCurve = [model.baseBps, model.slope1Bps, model.slope2Bps, model.kinkBps].join(", ");
    list.add(`u${symbol}: base, slopes and kink`, curve, actualCurve);
    list.add(`u${symbol}: reserve factor`, market.reserveFactor, reserveFactor);
    list.add(`u${symbol}: caps`, [market.supplyCap, market.borrowCap].join(", "), [supplyCap, borrowCap].join(", "));
    list.add(`u${symbol}: flash fee in millionths`, flashFee, fee);
    list.add(`u${symbol}: symbol`, `u${symbol}`, await client.readContract({ ...token, functionName: "symbol" }));
    list.add(`u${symbol}: asset`, asset, await client.readContract({ ...token, functionName: "asset" }));
    list.add(
      `u${symbol}: controller`,
      lend.controller,
      await client.readContract({ ...token, functionName: "controller" }),
    );
    list.add(
      `u${symbol}: authority`,
      accessManager,
      await client.readContract({ address: pool, abi: authorityAbi, functionName: "authority" }),
    );
    const until = await client.readContract({ ...token, functionName: "pausedUntil" });
    list.add(`u${symbol}: paused or retired`, false, until > (await client.getBlock()).timestamp);
    await list.addRoles(`u${symbol}`, accessManager, pool, poolRoles);

    const setup = [["the asset", asset], controller] as const;
    const [extension, adminExtension] = [part(`${symbol}Extension`), part(`${symbol}Admin`)];
    await list.addHeld(`u${symbol}`, pool, [...setup, ["the extension", extension], ["the hooks", hooks]]);
    await list.addHeld(`u${symbol}'s extension`, extension, [...setup, ["the administration", adminExtension]]);
    await list.addHeld(`u${symbol}'s administration`, adminExtension, setup);
  }
}
