import { type DevAccount, devAccount } from "../stack/accounts.ts";

/** Who runs LayerZero on a chain of development. */
export interface LayerZeroAccounts {
  /** Owns LayerZero's contracts. Its first transactions deploy them, so it must do nothing else before. */
  deployer: DevAccount;
  /** Each signs for one of the two verifiers. */
  verifiers: readonly [DevAccount, DevAccount];
  executor: DevAccount;
}

/** Development accounts that nobody else uses: the first ten, which the chain funds, have other roles. */
export function layerZeroAccounts(): LayerZeroAccounts {
  return { deployer: devAccount(10), verifiers: [devAccount(11), devAccount(12)], executor: devAccount(13) };
}
