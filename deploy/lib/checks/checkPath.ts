import type { Address } from "viem";

import { ulnAbi } from "../layerZeroEndpoint.ts";
import type { PathParameters } from "../readPath.ts";
import type { Checklist } from "./Checklist.ts";

/** What an application itself asks of its verifiers at one end of a path. */
export async function checkPath(list: Checklist, name: string, oapp: Address, path: PathParameters): Promise<void> {
  const config = await list.client.readContract({
    address: path.library,
    abi: ulnAbi,
    functionName: "getAppUlnConfig",
    args: [oapp, path.remoteEid],
  });
  list.addList(`${name}'s required verifiers`, path.requiredDVNs, config.requiredDVNs);
  list.addList(`${name}'s optional verifiers`, path.optionalDVNs, config.optionalDVNs);
  list.add(`${name}'s threshold of optional ones`, path.optionalThreshold, config.optionalDVNThreshold);
  list.add(`${name}'s confirmations`, path.confirmations, config.confirmations);
}
