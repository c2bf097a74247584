import type { PublicClient } from "viem";

import { checkAccess } from "./checks/checkAccess.ts";
import { checkCompute } from "./checks/checkCompute.ts";
import { checkDex } from "./checks/checkDex.ts";
import { checkLend } from "./checks/checkLend.ts";
import { type Check, Checklist } from "./checks/Checklist.ts";
import { checkOracle } from "./checks/checkOracle.ts";
import type { CompleteParameters, DeploySuiteReturn } from "./deploySuite.ts";

export type { Check } from "./checks/Checklist.ts";

/** Compares what stands on peaq's chain with what was meant to; `checkSender` does the same on Ethereum. */
export async function checkDeployment(
  client: PublicClient,
  parameters: CompleteParameters,
  result: DeploySuiteReturn,
): Promise<Check[]> {
  const list = new Checklist(client);
  await checkAccess(list, parameters, result);
  await checkDex(list, parameters, result);
  if (parameters.oracle !== undefined) {
    await checkOracle(list, parameters.oracle, result);
    await checkLend(list, parameters.lend, result);
  }
  if (parameters.compute !== undefined) await checkCompute(list, parameters.compute, result);
  return list.checks;
}
