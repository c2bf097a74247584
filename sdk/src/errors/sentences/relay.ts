import type { Sentences } from "../catalogue.ts";

/** Messages between the chains: this project's errors and those of LayerZero's applications. */
export const relaySentences = {
  DefaultLibrary: ([oapp, eid]) =>
    `${oapp} uses LayerZero's default library for endpoint ${eid}, which LayerZero can change: it needs one of its own.`,
  FormerLibrary: ([oapp, eid, library, expiry]) =>
    `The former library ${library} of ${oapp} may deliver from endpoint ${eid} until block ${expiry}.`,
  InvalidDelegate: () => "The zero address cannot be LayerZero's delegate.",
  InvalidEndpointCall: () => "LayerZero's endpoint was called in a way that it does not take.",
  InvalidOptions: ([options]) => `The message options ${options} are not of LayerZero's type 3.`,
  InvalidPeer: ([peer]) => `${peer} is not the address of a contract on an EVM chain.`,
  InvalidReceiver: () => "The path needs a receiver.",
  LzTokenUnavailable: () => "Fees cannot be paid in LayerZero's own token here.",
  MalformedMessage: ([length]) => `A message of ${length} bytes is not a time and whole price records.`,
  NoPeer: ([eid]) => `No contract is known on the chain of endpoint ${eid}.`,
  NotEnoughNative: ([value]) => `The ${value} wei that were sent are not what the message costs.`,
  ObservedInFuture: ([observedAt, now], f) =>
    `The message was observed at ${f.time(observedAt)}, ahead of this chain's clock, ${f.time(now)}: deliver it later.`,
  OnlyEndpoint: ([caller], f) => `Only LayerZero's endpoint may deliver, and ${f.account(caller)} is not the endpoint.`,
  OnlyPeer: ([eid, sender]) => `The message of endpoint ${eid} is from ${sender}, which is not the known sender.`,
  TooFewDVNs: (args) =>
    args.length === 2
      ? `The path has ${args[0]} required verifiers: at least ${args[1]} are needed.`
      : `${args[0]} requires ${args[2]} verifiers of its own choice for endpoint ${args[1]}: at least ${args[3]} are needed.`,
  UnknownSource: ([eid]) => `Messages of endpoint ${eid} are not accepted.`,
} satisfies Partial<Sentences>;
