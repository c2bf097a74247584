import type { Address } from "viem";

import type { WriteClient, WriteOptions } from "./write.ts";

/**
 * Who sends a call.
 * @throws TypeError when neither the call nor the client names anybody.
 */
export function senderOf(client: WriteClient, { account = client.account }: WriteOptions): Address {
  if (account === undefined) throw new TypeError("Give an account, or a client that has one.");
  return typeof account === "string" ? account : account.address;
}
