import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import { zeroAddress } from "viem";

import { defaults } from "../parameters.ts";
import { Role } from "../roles.ts";

/**
 * The authority of every protocol, and the timelock that comes to own it. The deployer is its first admin, to give
 * out roles, until `Handover`.
 *
 * Parameters: `governance` proposes to the timelock, `guardian` pauses, `timelockDelay` in seconds. Anybody executes
 * what has waited.
 */
export default buildModule("Access", (m) => {
  const governance = m.getParameter<string>("governance");
  const guardian = m.getParameter<string>("guardian");
  const delay = m.getParameter("timelockDelay", defaults.timelockDelay);

  const timelock = m.contract("TimelockController", [delay, [governance], [zeroAddress], zeroAddress]);
  const accessManager = m.contract("AccessManager", [m.getAccount(0)]);

  m.call(accessManager, "labelRole", [Role.governance, "governance"], { id: "LabelGovernance" });
  m.call(accessManager, "labelRole", [Role.guardian, "guardian"], { id: "LabelGuardian" });
  m.call(accessManager, "grantRole", [Role.governance, timelock, 0], { id: "TimelockGoverns" });
  m.call(accessManager, "grantRole", [Role.guardian, guardian, 0], { id: "GuardianGuards" });

  return { accessManager, timelock };
});
