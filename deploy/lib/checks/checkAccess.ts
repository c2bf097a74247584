import { timelockAbi } from "@cxmpute/sdk";
import { keccak256, toHex, zeroAddress, zeroHash } from "viem";

import { Role } from "../../roles.ts";
import type { CompleteParameters, DeploySuiteReturn } from "../deploySuite.ts";
import { roleHolders } from "../roleHolders.ts";
import type { Checklist } from "./Checklist.ts";

/** Who holds which role of the AccessManager and the timelock, from every event that they ever emitted. */
export async function checkAccess(
  list: Checklist,
  parameters: CompleteParameters,
  { deployment }: DeploySuiteReturn,
): Promise<void> {
  const { accessManager, timelock } = deployment.contracts;
  const start = BigInt(deployment.startBlock);

  const managerRoles = await roleHolders(list.client, "accessManager", accessManager, start);
  list.addList("admin of the AccessManager", [timelock], managerRoles.get(String(Role.admin)));
  list.addList("holder of governance", [timelock], managerRoles.get(String(Role.governance)));
  list.addList("holder of guardian", [parameters.guardian], managerRoles.get(String(Role.guardian)));
  list.add("roles given out", "0, 1, 2", [...managerRoles.keys()].sort().join(", "));

  const timelockRoles = await roleHolders(list.client, "timelock", timelock, start);
  const role = (name: string) => timelockRoles.get(keccak256(toHex(name)));
  list.addList("admin of the timelock", [timelock], timelockRoles.get(zeroHash));
  list.addList("proposer", [parameters.governance], role("PROPOSER_ROLE"));
  list.addList("canceller", [parameters.governance], role("CANCELLER_ROLE"));
  list.addList("executor (zero: anybody)", [zeroAddress], role("EXECUTOR_ROLE"));
  list.add(
    "timelock's delay in seconds",
    parameters.timelockDelay,
    await list.client.readContract({ address: timelock, abi: timelockAbi, functionName: "getMinDelay" }),
  );
}
