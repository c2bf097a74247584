import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import type { Address } from "viem";

import { Role } from "../roles.ts";

export interface HandoverParameters {
  accessManager: Address;
  timelock: Address;
  /** Of the oracle, where there is one. */
  receiver?: Address | undefined;
}

/**
 * The last step, once everything else stands: the timelock becomes the receiver's owner and LayerZero delegate and the
 * AccessManager's only admin, and the deployer gives its own role back.
 */
export function handoverModule(parameters: HandoverParameters) {
  return buildModule("Handover", (m) => {
    const accessManager = m.contractAt("AccessManager", parameters.accessManager);
    const { timelock } = parameters;

    const given = [];
    if (parameters.receiver !== undefined) {
      const receiver = m.contractAt("IWholePriceFeedReceiver", parameters.receiver);
      const delegated = m.call(receiver, "setDelegate", [timelock]);
      given.push(m.call(receiver, "transferOwnership", [timelock], { after: [delegated] }));
    }
    const granted = m.call(accessManager, "grantRole", [Role.admin, timelock, 0], {
      id: "TimelockAdmin",
      after: given,
    });
    m.call(accessManager, "renounceRole", [Role.admin, m.getAccount(0)], { id: "DeployerRenounces", after: [granted] });

    return { accessManager };
  });
}
