import { formatUnits, numberToHex } from "viem";

import { unpackProvisionId } from "../../compute/ids.ts";
import type { Sentences } from "../catalogue.ts";
import type { ErrorFormat } from "../ErrorFormat.ts";

const USDC_DECIMALS = 6;
const UNXV_DECIMALS = 18;

const usdc = (units: bigint): string => `${formatUnits(units, USDC_DECIMALS)} USDC`;
const unxv = (units: bigint): string => `${formatUnits(units, UNXV_DECIMALS)} UNXV`;

function provision(id: bigint, f: ErrorFormat): string {
  try {
    const { provider, index } = unpackProvisionId(id);
    return `provision ${index} of ${f.account(provider)}`;
  } catch {
    return `provision ${numberToHex(id)}`;
  }
}

/** Payments, signers and stake of the compute marketplace. */
export const computeSentences = {
  AlreadySet: () => "This can be set only once, and was.",
  CapExceeded: ([left, amount]) =>
    `The signer may reserve ${usdc(left)} more now, and asked for ${usdc(amount)}: its payer can raise its caps.`,
  Frozen: ([provisionId], f) =>
    `A dispute is open against ${provision(provisionId, f)}: what is held waits for its end.`,
  InsufficientFree: ([free, amount]) =>
    `${usdc(free)} of the payer are free, and ${usdc(amount)} are asked for: the rest is reserved or on its way out.`,
  InsufficientIdle: ([idle, amount]) =>
    `${unxv(idle)} of the provider's stake stand behind no provision, and ${unxv(amount)} are asked for.`,
  InsufficientPot: ([pot, amount]) => `The plans' pot holds ${usdc(pot)}, and ${usdc(amount)} are asked for.`,
  InsufficientReservation: ([reserved, amount]) =>
    `${usdc(reserved)} are reserved for the provider, and ${usdc(amount)} were to be given back.`,
  InsufficientStake: ([available, amount]) => `${unxv(available)} are there for it, and ${unxv(amount)} are asked for.`,
  InsufficientThaw: ([thawing, amount]) => `${usdc(thawing)} are on their way out, and ${usdc(amount)} were to stay.`,
  InvalidAddress: ([account], f) => `${f.account(account)} cannot take this place.`,
  NotASigner: ([payer, signer], f) =>
    `${f.account(signer)} does not sign for ${f.account(payer)}: never authorised, expired or revoked.`,
  NotAllowed: ([caller], f) =>
    `Only another contract of the marketplace may do this, and ${f.account(caller)} is not it.`,
  NotYourProvision: ([provisionId, caller], f) =>
    `${f.account(caller)} is not the provider of ${provision(provisionId, f)}.`,
  NothingToDo: () => "There is nothing that this could end, pay or take back.",
  OutOfScope: ([provider], f) => `The signer may not reserve for ${f.account(provider)}: its scope names others.`,
  StakeBelowMinimum: ([left, minimum]) =>
    `${unxv(left)} would stay behind the provision, and its tier asks for ${unxv(minimum)} while it is on.`,
  StakeLocked: ([provisionId], f) =>
    `What thaws of the stake of ${provision(provisionId, f)} backs fees of the last days, or a dispute.`,
  StillBinding: ([signer, until], f) =>
    `${f.account(signer)} binds its payer until ${f.time(until)}: only then it can be authorised anew.`,
  TooEarly: ([endsAt], f) => `This can be done from ${f.time(endsAt)} on.`,
} satisfies Partial<Sentences>;
