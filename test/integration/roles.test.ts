import {
  accessManagerAbi,
  decodeContractError,
  lendControllerAbi,
  orderNftAbi,
  pairObserverAbi,
  priceFeedReceiverAbi,
  priceOracleAbi,
  timelockAbi,
  uTokenAbi,
} from "@cxmpute/sdk";
import { expect } from "chai";
import {
  type Abi,
  type Address,
  custom,
  encodeFunctionData,
  parseAbi,
  type SimulateContractParameters,
  toFunctionSelector,
  zeroHash,
} from "viem";

import { checkDeployment } from "../../deploy/lib/checkDeployment.ts";
import { deploySuite, type DeploySuiteReturn } from "../../deploy/lib/deploySuite.ts";
import { readParameters } from "../../deploy/lib/readParameters.ts";
import {
  controllerRoles,
  orderBookRoles,
  poolRoles,
  priceOracleRoles,
  receiverRoles,
  Role,
  type TargetRoles,
} from "../../deploy/roles.ts";
import { openSender, type Sender } from "../../dev/market/sender.ts";
import { connect, type Connected } from "../../tasks/lib/connect.ts";
import { hardhatOn } from "./support/hre.ts";

const DAY = 86_400;

describe("roles after the handover", () => {
  let connected: Connected;
  let result: DeploySuiteReturn;
  let parameters: Parameters<typeof checkDeployment>[1];
  let callers: Record<"deployer" | "governance" | "guardian" | "timelock" | "stranger", Address>;

  before(async () => {
    const hre = await hardhatOn("peaqSimulated");
    connected = await connect(hre);
    const read = readParameters(`${hre.config.paths.ignition}/parameters/local.json`);
    parameters = { ...read, governance: read.governance!, guardian: read.guardian! };
    const deploymentId = "unused";
    result = await deploySuite({ hre, ...connected, parameters, deploymentId, withDemoTokens: true });
    callers = {
      deployer: result.deployer,
      governance: parameters.governance,
      guardian: parameters.guardian,
      timelock: result.deployment.contracts.timelock,
      stranger: "0x00000000000000000000000000000000DeaDBeef",
    };
  });

  /** "ok", or the name of the error that a call ends with. */
  async function attempt(account: Address, address: Address, abi: Abi, functionName: string, args: readonly unknown[]) {
    try {
      const call = { account, address, abi, functionName, args } as unknown as SimulateContractParameters;
      await connected.client.simulateContract(call);
      return "ok";
    } catch (error) {
      return decodeContractError(error)?.name ?? (error as Error).message;
    }
  }

  const restricted = "AccessManagedUnauthorized";
  const manager = "AccessManagerUnauthorizedAccount";
  const control = "AccessControlUnauthorizedAccount";
  type Row = [
    functionName: string,
    target: "orderNFT" | "accessManager" | "timelock",
    args: () => readonly unknown[],
    allowed: (keyof typeof callers)[],
    error: string,
  ];
  const schedule = (): readonly unknown[] => [callers.stranger, 0n, "0x", zeroHash, zeroHash, BigInt(2 * DAY)];
  const rows: Row[] = [
    ["setTakerFee", "orderNFT", () => [500n], ["timelock"], restricted],
    ["setFeeCollector", "orderNFT", () => [callers.stranger], ["timelock"], restricted],
    ["setFeeDiscount", "orderNFT", () => [callers.stranger], ["timelock"], restricted],
    ["retire", "orderNFT", () => [], ["timelock"], restricted],
    ["pause", "orderNFT", () => [60n], ["guardian"], restricted],
    ["setAuthority", "orderNFT", () => [callers.stranger], [], restricted],
    ["grantRole", "accessManager", () => [Role.admin, callers.stranger, 0], ["timelock"], manager],
    ["revokeRole", "accessManager", () => [Role.guardian, callers.guardian], ["timelock"], manager],
    ["labelRole", "accessManager", () => [9n, "ninth"], ["timelock"], manager],
    ["setRoleAdmin", "accessManager", () => [Role.guardian, Role.guardian], ["timelock"], manager],
    ["setTargetClosed", "accessManager", () => [result.deployment.contracts.orderNFT, true], ["timelock"], manager],
    ["setTargetFunctionRole", "accessManager", () => [callers.stranger, ["0x12345678"], 1n], ["timelock"], manager],
    [
      "updateAuthority",
      "accessManager",
      () => [result.deployment.contracts.orderNFT, callers.timelock],
      ["timelock"],
      manager,
    ],
    ["schedule", "timelock", schedule, ["governance"], control],
    ["cancel", "timelock", () => [zeroHash], [], control],
    ["updateDelay", "timelock", () => [1n], ["timelock"], "TimelockUnauthorizedCaller"],
    ["grantRole", "timelock", () => [zeroHash, callers.stranger], ["timelock"], control],
  ];
  const bookAbi = [...orderNftAbi, ...parseAbi(["function setAuthority(address newAuthority)"])];
  const abis: Record<string, Abi> = { orderNFT: bookAbi, accessManager: accessManagerAbi, timelock: timelockAbi };

  for (const [functionName, target, args, allowed, error] of rows) {
    const who = allowed.length === 0 ? "nobody" : allowed.join(" and ");
    it(`${target}.${functionName} is open to ${who}`, async () => {
      const address = result.deployment.contracts[target];
      for (const [name, account] of Object.entries(callers)) {
        const outcome = await attempt(account, address, abis[target]!, functionName, args());
        const isAllowed = allowed.includes(name as keyof typeof callers);
        // Nothing is scheduled, so governance's cancellation fails at that and not at its role.
        const isPastTheRole = functionName === "cancel" && name === "governance";
        if (isPastTheRole) expect(outcome, name).to.equal("TimelockUnexpectedOperationState");
        else expect(outcome, name).to.equal(isAllowed ? "ok" : error);
      }
    });
  }

  it("the deployer cannot name the observer's order book a second time", async () => {
    const { pairObserver } = result.deployment.contracts;
    expect(await attempt(callers.deployer, pairObserver, pairObserverAbi, "bind", [callers.stranger])).to.equal(
      "CannotBind",
    );
  });

  it("the guardian ends its own pause, which stops creations only", async () => {
    const { orderNFT } = result.deployment.contracts;
    const sender = await senderOn(connected);
    await sender.request("hardhat_impersonateAccount", [callers.guardian]);
    const book = { address: orderNFT, abi: orderNftAbi } as const;
    await sender.send(callers.guardian, { ...book, functionName: "pause", args: [3_600n] });
    expect(await attempt(callers.stranger, orderNFT, orderNftAbi, "createMany", [[]])).to.equal("ProtocolPaused");
    expect(await attempt(callers.deployer, orderNFT, orderNftAbi, "unpause", [])).to.equal(restricted);
    await sender.send(callers.guardian, { ...book, functionName: "unpause", args: [] });
    expect(await attempt(callers.stranger, orderNFT, orderNftAbi, "createMany", [[]])).to.equal("ok");
  });

  it("governance changes the fee through the timelock: after 48 hours, by anybody's hand, never above the bound", async () => {
    const { orderNFT, timelock } = result.deployment.contracts;
    const sender = await senderOn(connected);
    const operation = (fee: bigint) => {
      const data = encodeFunctionData({ abi: orderNftAbi, functionName: "setTakerFee", args: [fee] });
      return [orderNFT, 0n, data, zeroHash, zeroHash] as const;
    };
    const at = { address: timelock, abi: timelockAbi } as const;
    await sender.send(callers.governance, {
      ...at,
      functionName: "schedule",
      args: [...operation(500n), BigInt(2 * DAY)],
    });
    await sender.send(callers.governance, {
      ...at,
      functionName: "schedule",
      args: [...operation(3_001n), BigInt(2 * DAY)],
    });
    const execute = (fee: bigint) => attempt(callers.stranger, timelock, timelockAbi, "execute", operation(fee));

    await sender.request("evm_increaseTime", [2 * DAY - 60]);
    await sender.request("evm_mine", []);
    expect(await execute(500n)).to.equal("TimelockUnexpectedOperationState");
    await sender.request("evm_increaseTime", [60]);
    await sender.request("evm_mine", []);
    expect(await execute(3_001n)).to.equal("FeeTooHigh");

    await sender.send(callers.deployer, { ...at, functionName: "execute", args: operation(500n) });
    const fee = await connected.client.readContract({ address: orderNFT, abi: orderNftAbi, functionName: "takerFee" });
    expect(fee).to.equal(500n);
  });

  describe("the check after a deployment", () => {
    const failing = async (expected = parameters): Promise<string[]> =>
      (await checkDeployment(connected.client, expected, result)).filter(({ ok }) => !ok).map(({ what }) => what);

    it("says which parameter differs", async () => {
      expect(await failing({ ...parameters, takerFee: 500n })).to.deep.equal([]);
      expect(await failing()).to.deep.equal(["taker fee in millionths"]);
      expect(await failing({ ...parameters, takerFee: 500n, timelockDelay: 1n })).to.deep.equal([
        "timelock's delay in seconds",
      ]);
      expect(await failing({ ...parameters, takerFee: 500n, guardian: callers.stranger })).to.deep.equal([
        "holder of guardian",
      ]);
      const other = { ...result, orderMakerExtension: callers.stranger };
      const checks = await checkDeployment(connected.client, { ...parameters, takerFee: 500n }, other);
      expect(checks.filter(({ ok }) => !ok).map(({ what }) => what)).to.include(
        "order book holds the makers' extension",
      );
    });

    it("finds an admin too many", async () => {
      const { accessManager, timelock } = result.deployment.contracts;
      const sender = await senderOn(connected);
      await sender.request("hardhat_impersonateAccount", [timelock]);
      await sender.request("hardhat_setBalance", [timelock, "0xde0b6b3a7640000"]);
      const args = [Role.admin, callers.stranger, 0] as const;
      await sender.send(timelock, { address: accessManager, abi: accessManagerAbi, functionName: "grantRole", args });
      expect(await failing({ ...parameters, takerFee: 500n })).to.deep.equal(["admin of the AccessManager"]);
    });
  });
});

function senderOn({ connection }: Connected): Promise<Sender> {
  return openSender(custom(connection.provider));
}

describe("functions that roles are given", () => {
  const targets: [name: string, roles: TargetRoles, abi: Abi][] = [
    ["order book", orderBookRoles, orderNftAbi],
    ["receiver", receiverRoles, priceFeedReceiverAbi],
    ["price oracle", priceOracleRoles, priceOracleAbi],
    ["controller", controllerRoles, lendControllerAbi],
    ["pools", poolRoles, uTokenAbi],
  ];

  for (const [name, roles, abi] of targets) {
    it(`are the ${name}'s own`, () => {
      const own = abi.flatMap((item) => (item.type === "function" ? [toFunctionSelector(item)] : []));
      for (const signature of [...roles.governance, ...roles.guardian]) {
        expect(own, signature).to.include(toFunctionSelector(signature));
      }
    });
  }
});
