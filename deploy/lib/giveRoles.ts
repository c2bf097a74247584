import type { CallableContractFuture, Future, IgnitionModuleBuilder } from "@nomicfoundation/ignition-core";
import { toFunctionSelector } from "viem";

import { Role, type TargetRoles } from "../roles.ts";
import { futureId } from "./futureId.ts";

/** Gives each role its functions on a contract; after them the deployer, who is admin, may no longer call these. */
export function giveRoles(
  m: IgnitionModuleBuilder,
  parameters: {
    accessManager: CallableContractFuture<string>;
    target: CallableContractFuture<string>;
    /** In the ids of the calls. */
    name: string;
    roles: TargetRoles;
    after?: Future[];
  },
): void {
  const { accessManager, target, name, roles, after = [] } = parameters;
  for (const role of ["governance", "guardian"] as const) {
    const selectors = roles[role].map((signature) => toFunctionSelector(signature));
    if (selectors.length === 0) continue;
    const id = futureId(name, role);
    m.call(accessManager, "setTargetFunctionRole", [target, selectors, Role[role]], { id, after });
  }
}
