import { priceFeedReceiverAbi, priceOracleAbi } from "@cxmpute/sdk";
import { type Address, getAddress, pad, parseAbi, zeroAddress } from "viem";

import { dexSource, sources } from "../../parameters.ts";
import { priceOracleRoles, receiverRoles } from "../../roles.ts";
import type { DeploySuiteReturn } from "../deploySuite.ts";
import { endpointAbi } from "../layerZeroEndpoint.ts";
import { futureId } from "../futureId.ts";
import type { OracleParameters } from "../readParameters.ts";
import type { Checklist } from "./Checklist.ts";
import { checkPath } from "./checkPath.ts";
import { verifiersOf } from "./verifiersOf.ts";
import { entryOf } from "../entryOf.ts";

const adapterAbi = parseAbi([
  "function RECEIVER() view returns (address)",
  "function FEED_ID() view returns (uint256)",
  "function decimals() view returns (uint8)",
  "function description() view returns (string)",
]);
const checkAbi = parseAbi(["function ENDPOINT() view returns (address)"]);

/** The oracle on peaq: whose messages it takes, who secures them, who owns it, what it says of which asset. */
export async function checkOracle(
  list: Checklist,
  { path, blockTime, feeds }: OracleParameters,
  { deployment, sender, parts }: DeploySuiteReturn,
): Promise<void> {
  const { contracts, oracle, tokens } = deployment;
  if (oracle === undefined || sender === undefined) throw new Error("there is no oracle to check");
  const { client } = list;
  const { accessManager, timelock, pairObserver } = contracts;
  const { priceFeedReceiver, priceOracle } = oracle;
  const receiver = { address: priceFeedReceiver, abi: priceFeedReceiverAbi } as const;
  const endpoint = { address: path.endpoint, abi: endpointAbi } as const;
  const eid = path.remoteEid;

  await list.addRoles("receiver", accessManager, priceFeedReceiver, receiverRoles);
  await list.addRoles("price oracle", accessManager, priceOracle, priceOracleRoles);
  list.add("receiver's owner", timelock, await client.readContract({ ...receiver, functionName: "owner" }));
  list.add(
    "receiver's delegate",
    timelock,
    await client.readContract({ ...endpoint, functionName: "delegates", args: [priceFeedReceiver] }),
  );
  list.add(
    "receiver's authority",
    accessManager,
    await client.readContract({ ...receiver, functionName: "authority" }),
  );
  list.add("receiver's endpoint", path.endpoint, await client.readContract({ ...receiver, functionName: "endpoint" }));
  list.add("receiver's source chain", eid, await client.readContract({ ...receiver, functionName: "SOURCE_EID" }));
  list.add(
    "receiver's peer",
    pad(sender.priceFeedSender).toLowerCase(),
    await client.readContract({ ...receiver, functionName: "peers", args: [eid] }),
  );
  await list.addHeld("receiver", priceFeedReceiver, [
    ["the extension", entryOf(parts, "priceFeedReceiverExtension")],
    ["the endpoint", path.endpoint],
  ]);
  const [, , actualBlockTime] = await client.readContract({ ...receiver, functionName: "beat" });
  list.add("block time in milliseconds", blockTime, actualBlockTime);

  const [library, isDefault] = await client.readContract({
    ...endpoint,
    functionName: "getReceiveLibrary",
    args: [priceFeedReceiver, eid],
  });
  list.add("receiver's library", path.library, library);
  list.add("receiver's library is LayerZero's default", false, isDefault);
  await checkPath(list, "receiver", priceFeedReceiver, path);
  const verifierCheck = entryOf(parts, "verifierCheck");
  const checked = { verifierCheck, kind: "checkReceiver", oapp: priceFeedReceiver, eid } as const;
  list.add("VerifierCheck of the receiver", path.requiredDVNs.length, await verifiersOf(client, checked));
  list.add(
    "VerifierCheck's endpoint",
    path.endpoint,
    await client.readContract({ address: verifierCheck, abi: checkAbi, functionName: "ENDPOINT" }),
  );

  for (const [name, { id, decimals, heartbeat }] of Object.entries(feeds)) {
    const config = await client.readContract({ ...receiver, functionName: "feedConfig", args: [BigInt(id)] });
    list.add(
      `${name}: decimals and maximum age`,
      `${decimals}, ${Math.floor((heartbeat * 11) / 10)}`,
      config.join(", "),
    );
    const at = { address: entryOf(parts, futureId("Adapter", name)), abi: adapterAbi } as const;
    const said = await Promise.all([
      client.readContract({ ...at, functionName: "RECEIVER" }),
      client.readContract({ ...at, functionName: "FEED_ID" }),
      client.readContract({ ...at, functionName: "decimals" }),
      client.readContract({ ...at, functionName: "description" }),
    ]);
    list.add(`${name}: adapter`, [priceFeedReceiver, id, decimals, name].join(", "), said.join(", "));
  }

  const read = { address: priceOracle, abi: priceOracleAbi } as const;
  list.add(
    "price oracle's authority",
    accessManager,
    await client.readContract({ ...read, functionName: "authority" }),
  );
  list.add(
    "price oracle's receiver",
    priceFeedReceiver,
    await client.readContract({ ...read, functionName: "receiver" }),
  );
  list.add("price oracle's observer", pairObserver, await client.readContract({ ...read, functionName: "observer" }));
  const oracleExtension = entryOf(parts, "priceOracleExtension");
  await list.addHeld("price oracle", priceOracle, [
    ["the extension", oracleExtension],
    ["the receiver", priceFeedReceiver],
  ]);
  for (const [symbol, { address }] of Object.entries(tokens)) {
    const actual = await client.readContract({ ...read, functionName: "sourcesOf", args: [address] });
    list.add(`sources of ${symbol}`, expectedSources(symbol), actual.map(describe).join(", then ") || "none");
  }

  /** As the module sets them. */
  function expectedSources(symbol: string): string {
    const isPriced = (other: string | undefined): boolean =>
      other !== undefined && tokens[other] !== undefined && feeds[sources[other]?.feed ?? ""] !== undefined;
    const planned = sources[symbol];
    if (planned === undefined || !isPriced(symbol)) return "none";
    const list_ = [`feed ${entryOf(feeds, planned.feed).id}`];
    const { dexQuote } = planned;
    if (dexQuote !== undefined && isPriced(dexQuote)) list_.push(dexText(entryOf(tokens, dexQuote).address, dexSource));
    return list_.join(", then ");
  }
}

function describe(source: { kind: number; feedId: number; at: Address; minVolume: number; minBlocks: number }): string {
  if (source.kind === 1) return `feed ${source.feedId}`;
  if (source.kind === 3) return dexText(source.at, source);
  return source.at === zeroAddress ? "none" : `aggregator ${source.at}`;
}

function dexText(quote: Address, { minVolume, minBlocks }: { minVolume: number; minBlocks: number }): string {
  return `order book in ${getAddress(quote)} from ${minVolume} USD and ${minBlocks} blocks`;
}
