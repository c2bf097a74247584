export * from "./CallError.ts";
export { allErrorsAbi, type KnownErrorName } from "./catalogue.ts";
export * from "./decodeContractError.ts";
export { ErrorFormat, type ErrorContext } from "./ErrorFormat.ts";
export * from "./explainError.ts";
