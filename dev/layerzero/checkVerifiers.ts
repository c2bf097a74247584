import { zeroAddress } from "viem";

import { ulnAbi } from "./abi/uln.ts";
import type { Client } from "./connect.ts";
import type { LayerZeroDeployment } from "./deployment.ts";

/** A bridge with one verifier is a bridge with one key. */
const LEAST_VERIFIERS = 2;

/** Reads both message libraries back. Throws unless each requires exactly the deployment's two verifiers. */
export async function checkVerifiers(
  client: Client,
  deployment: LayerZeroDeployment,
  remoteEid: number,
): Promise<void> {
  for (const library of [deployment.sendLibrary, deployment.receiveLibrary]) {
    const { requiredDVNCount, requiredDVNs } = await client.readContract({
      address: library,
      abi: ulnAbi,
      functionName: "getUlnConfig",
      args: [zeroAddress, remoteEid],
    });
    const areOurs = requiredDVNs.every((verifier, index) => verifier === deployment.verifiers[index]);
    if (requiredDVNCount !== LEAST_VERIFIERS || !areOurs) {
      throw new Error(
        `${library} of chain ${deployment.eid} requires ${requiredDVNCount} verifiers for chain ${remoteEid} ` +
          `(${requiredDVNs.join(", ")}), not ${deployment.verifiers.join(" and ")}`,
      );
    }
  }
}
