import { formatUnits } from "viem";

import { unpackProvisionId } from "../../compute/ids.ts";
import type { Sentences } from "../catalogue.ts";
import type { ErrorFormat } from "../ErrorFormat.ts";

const UNXV_DECIMALS = 18;
const BPS_PER_PERCENT = 100;

const unxv = (units: bigint): string => `${formatUnits(units, UNXV_DECIMALS)} UNXV`;
const percent = (bps: bigint): string => `${Number(bps) / BPS_PER_PERCENT} %`;

const STATES = ["does not exist", "is a draft", "is started", "runs", "drains", "is off"] as const;
const STATUSES = ["does not exist", "waits for its challenge", "is challenged", "was upheld"] as const;

function provision(id: bigint, f: ErrorFormat): string {
  try {
    const { provider, index } = unpackProvisionId(id);
    return `provision ${index} of ${f.account(provider)}`;
  } catch {
    return `provision ${id}`;
  }
}

/** Plans, provisions, prices, delegation, attestations, disputes and rewards of the compute marketplace. */
export const computeMarketSentences = {
  AlreadyAnswered: ([disputeId]) => `Dispute ${disputeId} was answered before.`,
  AlreadyReported: ([epoch, attester], f) =>
    `${f.account(attester)} has reported on epoch ${epoch}: its first report stands.`,
  AlreadyShown: () => "This fault was shown before, and is punished once.",
  AlreadySubscribed: ([paidUntil], f) => `A subscription runs, and is paid until ${f.time(paidUntil)}.`,
  BadAttester: ([attester], f) => `${f.account(attester)} is zero, or not above the attester before it.`,
  BadClaim: ([, hour]) => `The claims are not all of one provision and one hour of a week (hour ${hour}).`,
  BadCollection: ([collectionId]) => `${collectionId} names no collection of this kind and provider.`,
  BadCount: ([count]) => `${count} attesters are none, or more than a set may have.`,
  BadQuorum: ([quorum, count]) => `A quorum of ${quorum} is not more than half of ${count} attesters, and at most all.`,
  BucketEmpty: ([left, asked]) =>
    `${left} tokens are left of the plan, and ${asked} are asked for: what is beyond is paid as it is used.`,
  CutTooHigh: ([cut, most]) => `A cut of ${percent(cut)} is above ${percent(most)}.`,
  EmptyReport: () => "A report without a root says nothing.",
  EndlessSchedule: () => "The schedule's last step must end it, with nothing more an epoch.",
  EndpointTooLong: ([length, most]) => `The endpoint has ${length} bytes, and ${most} is the most.`,
  EpochClosed: ([closedAt], f) => `Reports on this epoch were taken until ${f.time(closedAt)}.`,
  EpochNotEnded: ([endsAt], f) => `This epoch ends at ${f.time(endsAt)}: nothing is reported on it before.`,
  EpochNotRising: ([epoch, last]) => `Epoch ${epoch} is not after ${last}, the last one that became active.`,
  EpochRunning: ([epoch]) => `Epoch ${epoch} has not ended.`,
  EvidenceTooOld: ([timestamp, oldest], f) =>
    `The evidence is stamped ${f.time(timestamp)}: what is older than ${f.time(oldest)} shows nothing any more.`,
  FutureTimestamp: ([timestamp], f) => `It is stamped ${f.time(timestamp)}, which is too far ahead.`,
  InFuture: ([timestamp], f) => `The evidence is stamped ${f.time(timestamp)}, ahead of now.`,
  InsufficientBond: ([free, needed]) => `${unxv(free)} of the bond are free, and ${unxv(needed)} are needed.`,
  InsufficientShares: ([available, shares]) => `${available} shares are there for it, and ${shares} are asked for.`,
  InvalidBand: () => "The band's least price is above its most, or all of it is zero.",
  InvalidProof: () => "The proof does not lead to the active root: ask for a new one.",
  InvalidService: ([service]) => `There is no service ${service}.`,
  InvalidTier: ([tier]) => `There is no tier ${tier}: they are 0 to 3.`,
  MachineKeyTaken: ([machineKey, provisionId], f) =>
    `${f.account(machineKey)} is, or was, the key of ${provision(provisionId, f)}: a key belongs to one provision for ever.`,
  NoDispute: ([disputeId]) => `Dispute ${disputeId} does not exist, or is over.`,
  NoPeriod: ([subscriber, period], f) =>
    `${f.account(subscriber)} was not charged for period ${period}, or it has not begun.`,
  NoRenewals: ([subscriber], f) => `${f.account(subscriber)} allows no further renewal.`,
  NoVersion: ([planId, version]) => `Plan ${planId} has no version ${version}.`,
  NotAFault: () => "The evidence holds, and shows nothing wrong of this kind.",
  NotAnUpgrade: ([planId, version]) =>
    `Version ${version} of plan ${planId} has no higher fee, or a smaller bucket: cancel, and subscribe anew.`,
  NotAnAddress: ([account]) => `${account} is no account.`,
  NotArbitrator: ([caller], f) => `${f.account(caller)} is not the arbitrator.`,
  NotAttested: ([epoch]) => `Epoch ${epoch} is not attested: too few attesters have reported.`,
  NotAttester: ([attester], f) => `${f.account(attester)} may not report on this epoch, or its report does not count.`,
  NotInReport: ([attester], f) => `The leaf is not in the report of ${f.account(attester)}.`,
  NotInTree: () => "The node is not in the usage tree at this place.",
  NotLastCollected: () => "Another voucher of this collection was collected last.",
  NotMachineKey: ([provisionId, key], f) =>
    `${f.account(key)} was not the machine key of ${provision(provisionId, f)} at the time of the stamp.`,
  NotOffered: ([provisionId], f) => `The model is not offered by ${provision(provisionId, f)}.`,
  NotSubscribed: ([subscriber], f) => `${f.account(subscriber)} has no subscription that can go on.`,
  NotTheAccused: ([disputeId, caller], f) => `Dispute ${disputeId} is not against a provision of ${f.account(caller)}.`,
  NotThePreimage: () => "What is given is not what the node was hashed from.",
  NotTheRoot: () => "The voucher's usage root is not that of the top node, or there is none.",
  NothingAtStake: ([provisionId], f) => `Nothing stands behind ${provision(provisionId, f)}.`,
  NothingToSlash: ([provisionId], f) =>
    `Nothing can be taken of ${provision(provisionId, f)} now: a tenth was within seven days. The evidence can be shown later.`,
  OutOfBand: ([input, output]) => `Prices of ${input} and ${output} are outside of what governance allows here.`,
  OutOfOrder: ([attester], f) => `${f.account(attester)} does not come after the attester before it.`,
  PoolClosed: ([provisionId], f) => `The provider takes no delegations for ${provision(provisionId, f)}.`,
  PoolFull: ([room, amount]) =>
    `${unxv(room)} more can be delegated beside the provider's own stake, and ${unxv(amount)} are asked for.`,
  ProposalPending: ([id]) => `Proposal ${id} is not done with.`,
  RetiredVersion: ([planId, version]) => `Version ${version} of plan ${planId} takes nobody any more.`,
  RootChanged: ([root]) => `Another root became active meanwhile: ${root}.`,
  StepTooEarly: ([from, least]) => `A step from epoch ${from} on is too early: ${least} is the least.`,
  TooFewClaims: ([count, quorum]) => `${count} claims are fewer than the quorum of ${quorum}.`,
  TooFewShares: ([shares, least]) => `It would give ${shares} shares, and at least ${least} are asked for.`,
  TooLate: ([until], f) => `This could be done until ${f.time(until)}.`,
  TooLittle: ([amount, least]) => `${unxv(amount)} are less than ${unxv(least)}, the least.`,
  TotalFalls: ([total, last]) => `A total of ${unxv(total)} is below the last one of ${unxv(last)}.`,
  TotalTooHigh: ([total, funded, scheduled, byFees]) =>
    `A total of ${unxv(total)} is above what was funded (${unxv(funded)}), scheduled (${unxv(scheduled)}) or allowed by fees (${unxv(byFees)}).`,
  UnknownKind: ([kind]) => `There is no kind ${kind} of account.`,
  UnknownService: ([service, tier]) => `There is no service ${service} of tier ${tier}.`,
  WindowOver: ([endedAt], f) => `Usage of this period could be recorded until ${f.time(endedAt)}.`,
  WrongParameters: ([expected]) => `The epoch's parameters have the hash ${expected}.`,
  WrongProposal: ([id, status]) => `Proposal ${id} ${STATUSES[status] ?? "is in another state"}.`,
  WrongState: ([provisionId, state], f) =>
    `This does not go now: ${provision(provisionId, f)} ${STATES[state] ?? "is in another state"}.`,
  ZeroRoot: () => "A root of zero pays nobody.",
} satisfies Partial<Sentences>;
