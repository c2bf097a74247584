import type { ContractErrorArgs, ContractErrorName } from "viem";

import { errorsAbi } from "../abi/errorsAbi.ts";
import type { ErrorFormat } from "./ErrorFormat.ts";
import { permit2ErrorsAbi } from "./permit2Errors.ts";

/** Every custom error that a call to the protocols can end with. */
export const allErrorsAbi = [...errorsAbi, ...permit2ErrorsAbi] as const;

export type KnownErrorName = ContractErrorName<typeof allErrorsAbi>;

/** Where two errors share a name, the arguments are those of either. */
export type KnownErrorArgs<name extends KnownErrorName> = ContractErrorArgs<typeof allErrorsAbi, name>;

/** For each error one plain sentence. */
export type Sentences = {
  readonly [name in KnownErrorName]: (args: KnownErrorArgs<name>, format: ErrorFormat) => string;
};
