import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

import { Role } from "../roles.ts";
import Access from "./Access.ts";
import Dex from "./Dex.ts";

/** The last step: the timelock becomes the AccessManager's only admin and the deployer gives its own role back. */
export default buildModule("Handover", (m) => {
  const { accessManager, timelock } = m.useModule(Access);
  m.useModule(Dex);

  const granted = m.call(accessManager, "grantRole", [Role.admin, timelock, 0], {
    id: "TimelockAdmin",
    after: [Access, Dex],
  });
  m.call(accessManager, "renounceRole", [Role.admin, m.getAccount(0)], { id: "DeployerRenounces", after: [granted] });

  return { accessManager, timelock };
});
