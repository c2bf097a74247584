import { priceFeedSenderAbi } from "@cxmpute/sdk";
import { type Address, pad, type PublicClient, zeroAddress } from "viem";

import type { Feed } from "../../parameters.ts";
import type { SenderDeployment } from "../deploySender.ts";
import { endpointAbi, ulnAbi } from "../layerZeroEndpoint.ts";
import type { SenderParameters } from "../readSenderParameters.ts";
import { type Check, Checklist } from "./Checklist.ts";
import { checkPath } from "./checkPath.ts";
import { verifiersOf } from "./verifiersOf.ts";
import { entryOf } from "../entryOf.ts";

/** The sender on Ethereum: that nobody owns it, whom it sends to, who secures that, and what it reads. */
export async function checkSender(
  client: PublicClient,
  parameters: SenderParameters,
  expected: { sender: SenderDeployment; receiver: Address; feeds: Readonly<Record<string, Feed>> },
): Promise<Check[]> {
  const list = new Checklist(client);
  const { sender, receiver, feeds } = expected;
  const { path } = parameters;
  const oapp = sender.priceFeedSender;
  const eid = path.remoteEid;
  const at = { address: oapp, abi: priceFeedSenderAbi } as const;
  const endpoint = { address: path.endpoint, abi: endpointAbi } as const;

  list.add("sender's owner", zeroAddress, await client.readContract({ ...at, functionName: "owner" }));
  const delegate = await client.readContract({ ...endpoint, functionName: "delegates", args: [oapp] });
  list.add("sender's delegate", zeroAddress, delegate);
  list.add("sender's endpoint", path.endpoint, await client.readContract({ ...at, functionName: "endpoint" }));
  list.add("sender's destination", eid, await client.readContract({ ...at, functionName: "RECEIVER_EID" }));
  const peer = await client.readContract({ ...at, functionName: "peers", args: [eid] });
  list.add("sender's peer", pad(receiver).toLowerCase(), peer);
  list.add("gas of a delivery", parameters.baseGas, await client.readContract({ ...at, functionName: "BASE_GAS" }));
  const gasPerFeed = await client.readContract({ ...at, functionName: "GAS_PER_FEED" });
  list.add("gas for each price", parameters.gasPerFeed, gasPerFeed);

  const library = await client.readContract({ ...endpoint, functionName: "getSendLibrary", args: [oapp, eid] });
  list.add("sender's library", path.library, library);
  const executor = await client.readContract({
    address: path.library,
    abi: ulnAbi,
    functionName: "executorConfigs",
    args: [oapp, eid],
  });
  list.add("sender's executor", parameters.executor, executor.executor);
  list.add("sender's largest message", parameters.maxMessageSize, executor.maxMessageSize);
  await checkPath(list, "sender", oapp, path);
  const checked = { verifierCheck: sender.verifierCheck, kind: "checkSender", oapp, eid } as const;
  list.add("VerifierCheck of the sender", path.requiredDVNs.length, await verifiersOf(client, checked));

  const ids = Object.values(feeds).map(({ id }) => id);
  list.add(
    "sender's feeds",
    ids.join(", "),
    (await client.readContract({ ...at, functionName: "feedIds" })).join(", "),
  );
  for (const [name, { id, heartbeat, minAnswer, maxAnswer }] of Object.entries(feeds)) {
    const maxAge = Math.floor((heartbeat * 11) / 10);
    const meant = [entryOf(sender.feeds, name).aggregator, maxAge, minAnswer, maxAnswer].join(", ");
    const actual = await client.readContract({ ...at, functionName: "feed", args: [BigInt(id)] });
    list.add(`${name}: aggregator, maximum age, bounds`, meant, actual.join(", "));
  }
  return list.checks;
}
