import { type Address, parseAbi } from "viem";

import { demoTokenAbi, paymentsEscrowAbi, providerStakingAbi } from "../../src/index.ts";
import type { TestChain } from "./chain.ts";
import { deployArtifact } from "./deployArtifact.ts";

export interface TestPayments {
  readonly usdc: Address;
  readonly escrow: Address;
  /** The signer registry answers at the collector's address. */
  readonly signers: Address;
  readonly collector: Address;
}

const approveAbi = parseAbi(["function approve(address spender, uint256 value) returns (bool)"]);

/** Deploys the payments of the marketplace; account 1 has deposited 1,000 USDC. Nobody has stake: all pay is held. */
export async function deployPayments(chain: TestChain): Promise<TestPayments> {
  const admin = chain.wallet(0);
  const governor = admin.account.address;
  const ours = (name: string, args: readonly unknown[]): Promise<Address> =>
    deployArtifact(chain, `contracts/compute/${name}.sol/${name}`, args);
  const manager = await deployArtifact(
    chain,
    "@openzeppelin/contracts/access/manager/AccessManager.sol/AccessManager",
    [governor],
  );
  const usdc = await deployArtifact(chain, "contracts/demo/DemoToken.sol/DemoToken", ["USD Coin", "USDC", 6]);
  const unxv = await deployArtifact(chain, "contracts/dao/UNXV.sol/UNXV", [governor]);
  const staking = await ours("ProviderStaking", [manager, unxv, governor, 10n ** 13n]);
  const extension = await ours("EscrowExtension", [manager, usdc, staking]);
  const escrow = await ours("PaymentsEscrow", [manager, usdc, staking, governor, governor, 500n, extension]);
  const registry = await ours("SignerRegistry", [escrow]);
  const collector = await ours("VoucherCollector", [escrow, registry]);
  const parts = { address: staking, abi: providerStakingAbi } as const;
  await admin.writeContract({ ...parts, functionName: "setUp", args: [escrow, governor, governor] });
  const at = { address: escrow, abi: paymentsEscrowAbi } as const;
  await admin.writeContract({ ...at, functionName: "setUp", args: [collector, governor, collector] });

  const payer = chain.wallet(1);
  const amount = 1_000n * 10n ** 6n;
  const mint = { address: usdc, abi: demoTokenAbi, functionName: "mint" } as const;
  await payer.writeContract({ ...mint, args: [payer.account.address, amount] });
  await payer.writeContract({ address: usdc, abi: approveAbi, functionName: "approve", args: [escrow, amount] });
  await payer.writeContract({ ...at, functionName: "deposit", args: [payer.account.address, amount] });
  return { usdc, escrow, signers: collector, collector };
}
