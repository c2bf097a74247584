import { pairObserverAbi } from "@cxmpute/sdk";
import { type Address, parseAbi, zeroAddress } from "viem";

import { orderBookRoles } from "../../roles.ts";
import type { CompleteParameters, DeploySuiteReturn } from "../deploySuite.ts";
import type { Checklist } from "./Checklist.ts";

const bookAbi = parseAbi([
  "function authority() view returns (address)",
  "function takerFee() view returns (uint256)",
  "function feeCollector() view returns (address)",
  "function feeDiscount() view returns (address)",
  "function pausedUntil() view returns (uint256)",
]);

export async function checkDex(
  list: Checklist,
  parameters: CompleteParameters,
  result: DeploySuiteReturn,
): Promise<void> {
  const { accessManager, timelock, orderNFT, pairObserver, orderMatcher, orderLens, orderRouter } =
    result.deployment.contracts;
  const { client } = list;
  await list.addRoles("order book", accessManager, orderNFT, orderBookRoles);

  const book = <F extends "authority" | "takerFee" | "feeCollector" | "feeDiscount" | "pausedUntil">(functionName: F) =>
    client.readContract({ address: orderNFT, abi: bookAbi, functionName });
  list.add("order book's authority", accessManager, await book("authority"));
  list.add("taker fee in millionths", parameters.takerFee, await book("takerFee"));
  list.add("fee collector", timelock, await book("feeCollector"));
  list.add("fee discount", zeroAddress, await book("feeDiscount"));
  list.add("paused or retired", false, (await book("pausedUntil")) > (await client.getBlock()).timestamp);
  list.add(
    "observer records fills of",
    orderNFT,
    await client.readContract({ address: pairObserver, abi: pairObserverAbi, functionName: "orderBook" }),
  );

  const { orderExtension, orderMakerExtension, orderDescriptor, wrappedCoin } = result;
  const book_: [string, Address] = ["the order book", orderNFT];
  const observer: [string, Address] = ["the observer", pairObserver];
  const permit2: [string, Address] = ["Permit2", parameters.permit2];
  await list.addHeld("order book", orderNFT, [["the makers' extension", orderMakerExtension], observer]);
  await list.addHeld("makers' extension", orderMakerExtension, [["the extension", orderExtension], observer]);
  await list.addHeld("extension", orderExtension, [["the descriptor", orderDescriptor], observer, permit2]);
  await list.addHeld("matcher", orderMatcher, [book_]);
  await list.addHeld("lens", orderLens, [book_]);
  await list.addHeld("router", orderRouter, [book_, permit2, ["the wrapped coin", wrappedCoin]]);
}
