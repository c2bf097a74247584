import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import type { Address } from "viem";

import { futureId } from "../lib/futureId.ts";
import { giveRoles } from "../lib/giveRoles.ts";
import type { Market } from "../parameters.ts";
import { controllerRoles, poolRoles } from "../roles.ts";

export interface LendModuleParameters {
  accessManager: Address;
  /** Where reserves are swept to until governance says otherwise: the timelock. */
  treasury: Address;
  priceOracle: Address;
  /** Where the flash liquidator sells what it seized. */
  orderNFT: Address;
  /** In the order of their ids. Each must have a fresh price. */
  markets: readonly { symbol: string; asset: Address; market: Market }[];
  /** Millionths. */
  flashFee: bigint;
}

/** The controller with its extensions, and for each market a pool in three parts, its parameters, and its listing. */
export function lendModule({ markets, flashFee, ...addresses }: LendModuleParameters) {
  return buildModule("Lend", (m) => {
    const accessManager = m.contractAt("AccessManager", addresses.accessManager);
    const { priceOracle, treasury } = addresses;

    const controllerExtension = m.contract("ControllerExtension", [accessManager, priceOracle]);
    const liquidationExtension = m.contract("LiquidationExtension", [priceOracle, controllerExtension]);
    const core = m.contract("LendController", [accessManager, priceOracle, liquidationExtension, treasury]);
    const controller = m.contractAt("ILendController", core, { id: "Controller" });

    const poolHooks = m.contract("UTokenHooks", [core]);

    const listed: ReturnType<typeof m.call>[] = [];
    const pools = markets.map(({ symbol, asset, market }, id) => {
      const setup = { authority: accessManager, controller: core, asset, id };
      const name = (part: string): { id: string } => ({ id: futureId(symbol, part) });
      const admin = m.contract("UTokenAdminExtension", [setup], name("Admin"));
      const extension = m.contract(
        "UTokenExtension",
        [setup, admin, `Cxmpute u${symbol}`, `u${symbol}`],
        name("Extension"),
      );
      const pool = m.contract("UToken", [setup, extension, poolHooks], name("Pool"));
      const whole = m.contractAt("IUToken", pool, name("Whole"));

      const model = {
        baseBps: market.base,
        slope1Bps: market.slope1,
        slope2Bps: market.slope2,
        kinkBps: market.kink,
      };
      const set = [
        m.call(whole, "setRateModel", [model], name("Rates")),
        m.call(whole, "setReserveFactor", [market.reserveFactor], name("ReserveFactor")),
        m.call(whole, "setCaps", [market.supplyCap, market.borrowCap], name("Caps")),
        m.call(whole, "setFlashFee", [flashFee], name("FlashFee")),
      ];
      const parameters = {
        collateralFactor: market.collateralFactor,
        threshold: market.threshold,
        closeFactor: market.closeFactor,
        isolated: false,
        isolationDebt: false,
      };
      // Complete before it can be used, and in the order of the ids.
      listed.push(m.call(controller, "list", [pool, parameters], { ...name("List"), after: [...set, ...listed] }));
      giveRoles(m, { accessManager, target: pool, name: `${symbol}_roles`, roles: poolRoles, after: set });

      return {
        [`u${symbol}`]: pool,
        [`${symbol}Extension`]: extension,
        [`${symbol}Admin`]: admin,
      };
    });
    // Both ask the controller for its oracle and markets.
    const lendLens = m.contract("LendLens", [core]);
    const flashLiquidator = m.contract("FlashLiquidator", [core, addresses.orderNFT]);
    giveRoles(m, { accessManager, target: core, name: "Controller", roles: controllerRoles, after: listed });

    return {
      lendController: core,
      liquidationExtension,
      controllerExtension,
      poolHooks,
      lendLens,
      flashLiquidator,
      ...(Object.assign({}, ...pools) as (typeof pools)[number]),
    };
  });
}
