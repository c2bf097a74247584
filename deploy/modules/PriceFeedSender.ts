import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import type { Address } from "viem";

import type { SenderParameters } from "../lib/readSenderParameters.ts";
import type { Feed } from "../parameters.ts";

export interface SenderModuleParameters extends Omit<SenderParameters, "aggregators"> {
  /** On peaq. */
  receiver: Address;
  feeds: readonly (Feed & { aggregator: Address })[];
}

/** The oracle on Ethereum: all that the sender will ever be is said at its construction, and nobody owns it then. */
export function senderModule({ path, receiver, feeds, ...gas }: SenderModuleParameters) {
  return buildModule("Sender", (m) => {
    const setup = {
      endpoint: path.endpoint,
      receiverEid: path.remoteEid,
      receiver,
      library_: path.library,
      executor: gas.executor,
      maxMessageSize: gas.maxMessageSize,
      confirmations: path.confirmations,
      requiredDVNs: [...path.requiredDVNs],
      optionalDVNs: [...path.optionalDVNs],
      optionalThreshold: path.optionalThreshold,
      baseGas: gas.baseGas,
      gasPerFeed: gas.gasPerFeed,
    };
    const list = feeds.map(({ id: feedId, aggregator, heartbeat, minAnswer, maxAnswer }) => ({
      feedId,
      aggregator,
      heartbeat,
      minAnswer,
      maxAnswer,
    }));
    const priceFeedSender = m.contract("PriceFeedSender", [setup, list]);
    const verifierCheck = m.contract("VerifierCheck", [path.endpoint]);

    return { priceFeedSender, verifierCheck };
  });
}
