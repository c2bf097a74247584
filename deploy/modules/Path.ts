import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import { type Address, pad } from "viem";

/** Tells the receiver whose messages it takes, once the sender stands on the other chain. */
export function pathModule(path: { receiver: Address; sourceEid: number; sender: Address }) {
  return buildModule("Path", (m) => {
    const receiver = m.contractAt("IWholePriceFeedReceiver", path.receiver);
    m.call(receiver, "setPeer", [path.sourceEid, pad(path.sender)]);
    return { receiver };
  });
}
