import { parseAbi } from "viem";

/** Errors of Permit2, which this project calls and does not compile. `InvalidAmount(uint256)` is also the book's own. */
export const permit2ErrorsAbi = parseAbi([
  "error AllowanceExpired(uint256 deadline)",
  "error ExcessiveInvalidation()",
  "error InsufficientAllowance(uint256 amount)",
  "error InvalidContractSignature()",
  "error InvalidNonce()",
  "error InvalidSignature()",
  "error InvalidSignatureLength()",
  "error InvalidSigner()",
  "error LengthMismatch()",
  "error SignatureExpired(uint256 signatureDeadline)",
]);
