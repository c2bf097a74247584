/**
 * Writes `sdk/src/abi/*.ts` from the compiled artifacts; `--check` only compares and exits 1 when one is stale.
 * Run through `npm run sdk:generate`.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type { Abi, AbiItem } from "viem";

import { GENERATED, root, writeGenerated } from "./generated.ts";

/** Exported name → artifact below `artifacts`. */
const CONTRACTS: Record<string, string> = {
  accessManagerAbi: "@openzeppelin/contracts/access/manager/AccessManager.sol/AccessManager",
  demoTokenAbi: "contracts/demo/DemoToken.sol/DemoToken",
  flashLiquidatorAbi: "contracts/periphery/interfaces/IFlashLiquidator.sol/IFlashLiquidator",
  lendControllerAbi: "contracts/lend/interfaces/ILendController.sol/ILendController",
  lendLensAbi: "contracts/periphery/interfaces/ILendLens.sol/ILendLens",
  orderLensAbi: "contracts/periphery/interfaces/IOrderLens.sol/IOrderLens",
  orderMatcherAbi: "contracts/periphery/interfaces/IOrderMatcher.sol/IOrderMatcher",
  orderNftAbi: "contracts/dex/interfaces/IOrderNFT.sol/IOrderNFT",
  orderRouterAbi: "contracts/periphery/interfaces/IOrderRouter.sol/IOrderRouter",
  pairObserverAbi: "contracts/dex/interfaces/IPairObserver.sol/IPairObserver",
  paymentsEscrowAbi: "contracts/compute/interfaces/IWholePaymentsEscrow.sol/IWholePaymentsEscrow",
  priceFeedReceiverAbi: "contracts/oracle/interfaces/IWholePriceFeedReceiver.sol/IWholePriceFeedReceiver",
  priceFeedSenderAbi: "contracts/oracle/PriceFeedSender.sol/PriceFeedSender",
  priceOracleAbi: "contracts/oracle/interfaces/IWholePriceOracle.sol/IWholePriceOracle",
  providerStakingAbi: "contracts/compute/ProviderStaking.sol/ProviderStaking",
  signerRegistryAbi: "contracts/compute/interfaces/ISignerRegistry.sol/ISignerRegistry",
  timelockAbi: "@openzeppelin/contracts/governance/TimelockController.sol/TimelockController",
  unxvAbi: "contracts/dao/UNXV.sol/UNXV",
  uTokenAbi: "contracts/lend/interfaces/IUToken.sol/IUToken",
  voucherCollectorAbi: "contracts/compute/interfaces/IVoucherCollector.sol/IVoucherCollector",
  wrappedPeaqAbi: "contracts/demo/WrappedPeaq.sol/WrappedPeaq",
};

type AbiError = Extract<AbiItem, { type: "error" }>;

/** The ABI without `internalType`, which no client needs. */
function readAbi(file: string): Abi {
  const { abi } = JSON.parse(readFileSync(file, "utf8")) as { abi: Abi };
  return JSON.parse(JSON.stringify(abi, (key, value: unknown) => (key === "internalType" ? undefined : value))) as Abi;
}

const contracts = Object.entries(CONTRACTS).map(
  ([name, artifact]) => [name, readAbi(join(root, "artifacts", `${artifact}.json`))] as const,
);

/** Every artifact of this project's own contracts; what stands beside them (build information) has no ABI. */
function ownArtifacts(): string[] {
  const dir = join(root, "artifacts/contracts");
  if (!existsSync(dir)) throw new Error("There are no artifacts: run npx hardhat build first.");
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /^\w+\.json$/.test(entry.name) && entry.parentPath.endsWith(".sol"))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Every custom error that a call can end with, once each, by name. */
function allErrors(): AbiError[] {
  const abis = [...contracts.map(([, abi]) => abi), ...ownArtifacts().map(readAbi)];
  const errors = abis.flat().filter((item): item is AbiError => item.type === "error");
  const bySignature = new Map(errors.map((error) => [signature(error), error]));
  return [...bySignature.values()].sort((a, b) => (signature(a) < signature(b) ? -1 : 1));
}

function signature({ name, inputs }: AbiError): string {
  return `${name}(${inputs.map((input) => input.type).join(",")})`;
}

const constant = (name: string, abi: unknown) =>
  `${GENERATED}export const ${name} = ${JSON.stringify(abi)} as const;\n`;
const files = new Map(contracts.map(([name, abi]) => [`${name}.ts`, constant(name, abi)]));
files.set("errorsAbi.ts", constant("errorsAbi", allErrors()));
const names = [...files.keys()].sort();
files.set("index.ts", GENERATED + names.map((file) => `export { ${file.slice(0, -3)} } from "./${file}";\n`).join(""));

await writeGenerated(join(root, "sdk/src/abi"), files);
