import {
  type Address,
  keccak256,
  parseAbi,
  type PublicClient,
  toFunctionSelector,
  toHex,
  zeroAddress,
  zeroHash,
} from "viem";

import { orderBookRoles, Role } from "../roles.ts";
import type { CompleteParameters, DeploySuiteReturn } from "./deploySuite.ts";
import { roleHolders } from "./roleHolders.ts";

export interface Check {
  what: string;
  expected: string;
  actual: string;
  ok: boolean;
}

const managerAbi = parseAbi([
  "function getTargetFunctionRole(address target, bytes4 selector) view returns (uint64)",
  "function isTargetClosed(address target) view returns (bool)",
]);
const timelockAbi = parseAbi(["function getMinDelay() view returns (uint256)"]);
const observerAbi = parseAbi(["function orderBook() view returns (address)"]);
const bookAbi = parseAbi([
  "function authority() view returns (address)",
  "function takerFee() view returns (uint256)",
  "function feeCollector() view returns (address)",
  "function feeDiscount() view returns (address)",
  "function pausedUntil() view returns (uint256)",
]);

/** Compares what stands on the chain with what was meant to. */
export async function checkDeployment(
  client: PublicClient,
  parameters: CompleteParameters,
  result: DeploySuiteReturn,
): Promise<Check[]> {
  const { contracts, startBlock } = result.deployment;
  const { accessManager, timelock, orderNFT } = contracts;
  const checks: Check[] = [];
  const check = (what: string, expected: unknown, actual: unknown): void => {
    const [left, right] = [String(expected), String(actual)];
    checks.push({ what, expected: left, actual: right, ok: left === right });
  };
  const list = (members: Iterable<Address> | undefined): string => [...(members ?? [])].sort().join(", ") || "nobody";

  const managerRoles = await roleHolders(client, "accessManager", accessManager, BigInt(startBlock));
  check("admin of the AccessManager", timelock, list(managerRoles.get(String(Role.admin))));
  check("holder of governance", timelock, list(managerRoles.get(String(Role.governance))));
  check("holder of guardian", parameters.guardian, list(managerRoles.get(String(Role.guardian))));
  check("roles given out", "0, 1, 2", [...managerRoles.keys()].sort().join(", "));

  const timelockRoles = await roleHolders(client, "timelock", timelock, BigInt(startBlock));
  const timelockRole = (name: string): string => list(timelockRoles.get(keccak256(toHex(name))));
  check("admin of the timelock", timelock, list(timelockRoles.get(zeroHash)));
  check("proposer", parameters.governance, timelockRole("PROPOSER_ROLE"));
  check("canceller", parameters.governance, timelockRole("CANCELLER_ROLE"));
  check("executor (zero: anybody)", zeroAddress, timelockRole("EXECUTOR_ROLE"));
  check(
    "timelock's delay in seconds",
    parameters.timelockDelay,
    await client.readContract({ address: timelock, abi: timelockAbi, functionName: "getMinDelay" }),
  );

  for (const role of ["governance", "guardian"] as const) {
    for (const signature of orderBookRoles[role]) {
      const holder = await client.readContract({
        address: accessManager,
        abi: managerAbi,
        functionName: "getTargetFunctionRole",
        args: [orderNFT, toFunctionSelector(signature)],
      });
      check(`role for ${signature.slice("function ".length)}`, Role[role], holder);
    }
  }
  check(
    "order book closed by the AccessManager",
    false,
    await client.readContract({
      address: accessManager,
      abi: managerAbi,
      functionName: "isTargetClosed",
      args: [orderNFT],
    }),
  );

  const book = <F extends "authority" | "takerFee" | "feeCollector" | "feeDiscount" | "pausedUntil">(functionName: F) =>
    client.readContract({ address: orderNFT, abi: bookAbi, functionName });
  check("order book's authority", accessManager, await book("authority"));
  check("taker fee in millionths", parameters.takerFee, await book("takerFee"));
  check("fee collector", timelock, await book("feeCollector"));
  check("fee discount", zeroAddress, await book("feeDiscount"));
  check("paused or retired", false, (await book("pausedUntil")) > (await client.getBlock()).timestamp);

  check(
    "observer records fills of",
    orderNFT,
    await client.readContract({ address: contracts.pairObserver, abi: observerAbi, functionName: "orderBook" }),
  );
  for (const [holder, address, held] of immutables(result, parameters)) {
    const code = (await client.getCode({ address }))?.toLowerCase() ?? "";
    for (const [what, expected] of held) {
      check(`${holder} holds ${what}`, expected, code.includes(expected.slice(2).toLowerCase()) ? expected : "another");
    }
  }
  return checks;
}

/** Addresses that a contract fixes at its construction lie in its code; most have no getter, to keep the code small. */
function immutables(
  result: DeploySuiteReturn,
  parameters: CompleteParameters,
): [holder: string, address: Address, held: [what: string, expected: Address][]][] {
  const { orderNFT, pairObserver, orderMatcher, orderLens, orderRouter } = result.deployment.contracts;
  const { orderExtension, orderMakerExtension, orderDescriptor, wrappedCoin } = result;
  const book: [string, Address] = ["the order book", orderNFT];
  const permit2: [string, Address] = ["Permit2", parameters.permit2];
  return [
    [
      "order book",
      orderNFT,
      [
        ["the makers' extension", orderMakerExtension],
        ["the observer", pairObserver],
      ],
    ],
    [
      "makers' extension",
      orderMakerExtension,
      [
        ["the extension", orderExtension],
        ["the observer", pairObserver],
      ],
    ],
    ["extension", orderExtension, [["the descriptor", orderDescriptor], ["the observer", pairObserver], permit2]],
    ["matcher", orderMatcher, [book]],
    ["lens", orderLens, [book]],
    ["router", orderRouter, [book, permit2, ["the wrapped coin", wrappedCoin]]],
  ];
}
