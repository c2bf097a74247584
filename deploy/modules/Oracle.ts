import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import { type Address, zeroAddress } from "viem";

import { futureId } from "../lib/futureId.ts";
import { giveRoles } from "../lib/giveRoles.ts";
import { encodeVerifiers, endpointArtifact, ULN_CONFIG } from "../lib/layerZeroEndpoint.ts";
import type { OracleParameters } from "../lib/readParameters.ts";
import { dexSource, sources } from "../parameters.ts";
import { priceOracleRoles, receiverRoles } from "../roles.ts";
import Access from "./Access.ts";
import Dex from "./Dex.ts";
import { entryOf } from "../lib/entryOf.ts";

/** Of the contracts' `SourceKind`. */
const FEED = 1;
const DEX = 3;

/**
 * The oracle on peaq: the receiver with its feeds and its end of the path, what the protocols read, and an adapter a
 * feed for everybody else. The deployer owns the receiver until `Handover`: the sender is named by `Path`.
 *
 * @param tokens by symbol; those that have a feed get a price
 */
export function oracleModule(oracle: OracleParameters, tokens: Readonly<Record<string, Address>>) {
  return buildModule("Oracle", (m) => {
    const { accessManager } = m.useModule(Access);
    const { pairObserver } = m.useModule(Dex);
    const { path, feeds } = oracle;
    const deployer = m.getAccount(0);

    const receiverExtension = m.contract("PriceFeedReceiverExtension", [path.endpoint, path.remoteEid]);
    const receiver = m.contract("PriceFeedReceiver", [accessManager, deployer, oracle.blockTime, receiverExtension]);
    const wholeReceiver = m.contractAt("IWholePriceFeedReceiver", receiver, { id: "WholeReceiver" });
    const added = Object.entries(feeds).map(([name, { id, decimals, heartbeat }]) => {
      const args = [id, decimals, heartbeat];
      return [name, m.call(wholeReceiver, "addFeed", args, { id: futureId("Feed", name) })] as const;
    });

    const endpoint = m.contractAt("LayerZeroEndpoint", endpointArtifact, path.endpoint);
    const pinned = m.call(endpoint, "setReceiveLibrary", [receiver, path.remoteEid, path.library, 0], {
      id: "PinLibrary",
    });
    const setting = { eid: path.remoteEid, configType: ULN_CONFIG, config: encodeVerifiers(path) };
    m.call(endpoint, "setConfig", [receiver, path.library, [setting]], { id: "NameVerifiers", after: [pinned] });

    const oracleExtension = m.contract("PriceOracleExtension", [receiver, pairObserver]);
    const priceOracle = m.contract("PriceOracle", [accessManager, oracleExtension]);
    const wholeOracle = m.contractAt("IWholePriceOracle", priceOracle, { id: "WholeOracle" });
    const priced = Object.entries(sources).filter(([symbol, { feed }]) => tokens[symbol] && feeds[feed]);
    const feedSource = (feed: string) => ({
      kind: FEED,
      feedId: feeds[feed]?.id ?? 0,
      at: zeroAddress,
      heartbeat: 0,
      minVolume: 0,
      minBlocks: 0,
    });
    // What others are priced in comes first.
    const quotesFirst = priced.sort(
      ([, a], [, b]) => Number(a.dexQuote !== undefined) - Number(b.dexQuote !== undefined),
    );
    const set: ReturnType<typeof m.call>[] = [];
    for (const [symbol, { feed, dexQuote }] of quotesFirst) {
      const quote = dexQuote === undefined ? undefined : tokens[dexQuote];
      const isQuotePriced = priced.some(([other]) => other === dexQuote);
      const list =
        quote === undefined || !isQuotePriced
          ? [feedSource(feed)]
          : [feedSource(feed), { kind: DEX, feedId: 0, at: quote, heartbeat: 0, ...dexSource }];
      set.push(
        m.call(wholeOracle, "setSources", [entryOf(tokens, symbol), list], {
          id: futureId("Sources", symbol),
          after: [...added.map(([, call]) => call), ...set],
        }),
      );
    }

    const adapters = Object.fromEntries(
      added.map(([name, call]) => {
        const args = [receiver, entryOf(feeds, name).id, name];
        const id = futureId("Adapter", name);
        return [id, m.contract("ChainlinkFeedAdapter", args, { id, after: [call] })];
      }),
    );
    const verifierCheck = m.contract("VerifierCheck", [path.endpoint]);

    const calls = added.map(([, call]) => call);
    giveRoles(m, { accessManager, target: receiver, name: "Receiver", roles: receiverRoles, after: calls });
    giveRoles(m, { accessManager, target: priceOracle, name: "PriceOracle", roles: priceOracleRoles, after: set });

    return {
      priceFeedReceiver: receiver,
      priceFeedReceiverExtension: receiverExtension,
      priceOracle,
      priceOracleExtension: oracleExtension,
      verifierCheck,
      ...adapters,
    };
  });
}
