import type { Sentences } from "../catalogue.ts";

/** ERC-20, ERC-721, permits and Permit2. */
export const tokenSentences = {
  AllowanceExpired: ([deadline], f) => `The Permit2 allowance expired at ${f.time(deadline)}.`,
  AllowanceOverflow: () => "The allowance would be larger than the token can store.",
  AllowanceUnderflow: () => "The allowance cannot be lowered below zero.",
  ERC20InsufficientAllowance: ([spender, allowance, needed]) =>
    `${spender} may spend ${allowance} units and needs ${needed}: approve the token first.`,
  ERC20InsufficientBalance: ([sender, balance, needed]) => `${sender} has ${balance} units and needs ${needed}.`,
  ERC20InvalidApprover: ([approver]) => `${approver} cannot approve spending.`,
  ERC20InvalidReceiver: ([receiver]) => `${receiver} cannot receive the token.`,
  ERC20InvalidSender: ([sender]) => `${sender} cannot send the token.`,
  ERC20InvalidSpender: ([spender]) => `${spender} cannot be approved to spend.`,
  ERC2612ExpiredSignature: ([deadline], f) => `The permit's deadline, ${f.time(deadline)}, has passed.`,
  ERC2612InvalidSigner: ([signer, owner]) => `The permit is signed by ${signer} and not by the owner, ${owner}.`,
  ERC721IncorrectOwner: ([sender, id, owner], f) => `${sender} does not own ${f.order(id)}: ${owner} does.`,
  ERC721InsufficientApproval: ([operator, id], f) =>
    `${operator} is neither owner of ${f.order(id)} nor approved for it.`,
  ERC721InvalidApprover: ([approver]) => `${approver} cannot approve others for this order: it does not own it.`,
  ERC721InvalidOperator: ([operator]) => `${operator} cannot be an operator.`,
  ERC721InvalidOwner: ([owner]) => `${owner} cannot own orders.`,
  ERC721InvalidReceiver: ([receiver]) => `${receiver} cannot receive an order.`,
  ERC721InvalidSender: ([sender]) => `${sender} cannot send an order.`,
  ERC721NonexistentToken: ([id], f) => `There is no ${f.order(id)}: it was filled, cancelled, or never made.`,
  ETHTransferFailed: () => "The coin could not be sent.",
  ExcessiveInvalidation: () => "Too many Permit2 nonces were to be invalidated at once.",
  InsufficientAllowance: (args) =>
    args[0] === undefined
      ? "The allowance is too small: approve the token first."
      : `The Permit2 allowance of ${args[0]} units is too small.`,
  InsufficientBalance: (args) =>
    args[0] === undefined
      ? "The balance is too small."
      : `The balance of ${args[0]} is too small: ${args[1]} is needed.`,
  InvalidAccountNonce: ([account, currentNonce]) =>
    `The signature of ${account} was used before or is ahead of its turn: the next nonce is ${currentNonce}.`,
  InvalidContractSignature: () => "The wallet contract does not accept the signature.",
  InvalidNonce: () => "The Permit2 nonce was used before: sign again with another one.",
  InvalidPermit: () => "The permit's signature is not valid, or was used before.",
  InvalidSignatureLength: () => "The signature has the wrong length.",
  InvalidSigner: () => "The Permit2 signature is by another account, or for other terms.",
  LengthMismatch: (args) =>
    args[0] === undefined
      ? "Two lists of the call differ in length."
      : `Two lists of the call differ in length: ${args[0]} and ${args[1]}.`,
  Permit2AllowanceIsFixedAtInfinity: () => "The token's allowance to Permit2 is always unlimited and cannot be set.",
  PermitExpired: () => "The permit's deadline has passed.",
  SafeERC20FailedOperation: ([token], f) => `${f.token(token)} refused the transfer or the approval.`,
  SignatureExpired: ([deadline], f) => `The signature expired at ${f.time(deadline)}.`,
  TotalSupplyOverflow: () => "The token's supply would be larger than it can store.",
} satisfies Partial<Sentences>;
