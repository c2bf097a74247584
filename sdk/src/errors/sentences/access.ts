import type { Sentences } from "../catalogue.ts";

/** Roles, timelock, and what OpenZeppelin's utilities throw. */
export const accessSentences = {
  AccessControlBadConfirmation: () =>
    "A role can be given up only by its holder, who must confirm with its own address.",
  AccessControlUnauthorizedAccount: ([account, role]) => `${account} does not hold the role ${role}.`,
  AccessManagedInvalidAuthority: ([authority]) => `${authority} is not a contract that can be the authority.`,
  AccessManagedRequiredDelay: ([caller, delay], f) =>
    `${caller} may do this only ${f.duration(BigInt(delay))} after scheduling it.`,
  AccessManagedUnauthorized: ([caller]) => `${caller} may not do this.`,
  AccessManagerAlreadyScheduled: ([operation]) => `Operation ${operation} is scheduled already.`,
  AccessManagerBadConfirmation: () =>
    "A role can be given up only by its holder, who must confirm with its own address.",
  AccessManagerExpired: ([operation]) => `Operation ${operation} was not executed in time and must be scheduled again.`,
  AccessManagerInvalidInitialAdmin: ([admin]) => `${admin} cannot be the first administrator.`,
  AccessManagerLockedRole: ([role]) => `Role ${role} cannot be changed.`,
  AccessManagerNotReady: ([operation]) => `Operation ${operation} is not ready yet: its delay is still running.`,
  AccessManagerNotScheduled: ([operation]) => `Operation ${operation} is not scheduled.`,
  AccessManagerUnauthorizedAccount: ([account, role]) => `${account} does not hold role ${role}.`,
  AccessManagerUnauthorizedCall: ([caller, target, selector]) => `${caller} may not call ${selector} of ${target}.`,
  AccessManagerUnauthorizedCancel: ([sender, caller, target, selector]) =>
    `${sender} may not cancel the call of ${selector} of ${target} that ${caller} scheduled.`,
  AccessManagerUnauthorizedConsume: ([target]) => `${target} may not consume a scheduled operation.`,
  AddressEmptyCode: ([target]) => `There is no contract at ${target}.`,
  ECDSAInvalidSignature: () => "The signature is not valid.",
  ECDSAInvalidSignatureLength: ([length]) => `The signature has the wrong length, ${length} bytes.`,
  ECDSAInvalidSignatureS: () => "The signature is not in its canonical form.",
  FailedCall: () => "A call to another contract failed without a reason.",
  InvalidShortString: () => "A name that the contract stores is not valid.",
  OwnableInvalidOwner: ([owner]) => `${owner} cannot be the owner.`,
  OwnableUnauthorizedAccount: ([account]) => `${account} may not do this: it is not the owner.`,
  SafeCastOverflowedUintDowncast: ([bits, value]) => `${value} does not fit into ${bits} bits.`,
  StringTooLong: ([text]) => `The text "${text}" is too long to store.`,
  TimelockInsufficientDelay: ([delay, minimum], f) =>
    `A delay of ${f.duration(delay)} is too short: the timelock asks for ${f.duration(minimum)}.`,
  TimelockInvalidOperationLength: ([targets, payloads, values]) =>
    `The operation has ${targets} targets, ${payloads} payloads and ${values} values: the numbers must be equal.`,
  TimelockUnauthorizedCaller: ([caller]) => `${caller} may not do this: only the timelock itself.`,
  TimelockUnexecutedPredecessor: ([predecessor]) => `Operation ${predecessor} must be executed first.`,
  TimelockUnexpectedOperationState: ([operation]) => `Operation ${operation} is not in the state that this needs.`,
} satisfies Partial<Sentences>;
