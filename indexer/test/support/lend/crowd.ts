import { demoTokenAbi, lendControllerAbi, priceOracleAbi, uTokenAbi } from "@cxmpute/sdk";
import { encodeFunctionData, maxUint256, zeroAddress, type Abi, type Account, type Address, type Hex } from "viem";
import { mnemonicToAccount } from "viem/accounts";

import { artifact } from "../artifacts.ts";
import { deploy, MNEMONIC, send as mustSend, type Chain } from "../chain.ts";
import type { Random } from "../random.ts";
import { CURVE, PARAMETERS, type Lend, type LendPool } from "./deployLend.ts";

type Trader = ReturnType<typeof mnemonicToAccount>;

/** Several accounts that do what comes to the mind of a random number generator. */
export interface LendCrowd {
  readonly traders: readonly Trader[];
  /** Everybody who may hold shares or debt. */
  readonly accounts: readonly Address[];
  /** How often each kind of action has succeeded. */
  readonly done: Map<string, number>;
  /** Gives everybody some of a pool's asset and approvals. */
  readonly fund: (pool: LendPool) => Promise<void>;
  /** Tries one action. False when the contracts would have refused it. */
  readonly act: () => Promise<boolean>;
  /** As `act`, with an action that takes a few blocks at most. */
  readonly actBriefly: () => Promise<boolean>;
  /** Tries a named action. */
  readonly tryAction: (name: string) => Promise<boolean>;
}

/** Four accounts and a contract that takes flash loans. */
export async function createLendCrowd(chain: Chain, lend: Lend, random: Random): Promise<LendCrowd> {
  const { client } = chain;
  const { pools, relay, controller } = lend;
  const traders = [1, 2, 3, 4].map((addressIndex) => mnemonicToAccount(MNEMONIC, { addressIndex }));
  const borrower = await deploy(client, "test/mocks/lend/PlainBorrower", []);
  const { abi: plainBorrower } = artifact("test/mocks/lend/PlainBorrower");
  const done = new Map<string, number>();

  const send = async (trader: Account, to: Address, data: Hex): Promise<boolean> => {
    try {
      await client.call({ account: trader, to, data });
    } catch {
      return false;
    }
    const hash = await client.sendTransaction({ account: trader, to, data, gas: 5_000_000n });
    return (await client.waitForTransactionReceipt({ hash })).status === "success";
  };
  const fund = async ({ asset, address, decimals }: LendPool): Promise<void> => {
    const token = { address: asset, abi: demoTokenAbi } as const;
    const amount = 10n ** BigInt(decimals + 7);
    for (const account of traders) {
      const mint = { ...token, functionName: "mint", args: [account.address, amount] } as const;
      await mustSend(client, client.writeContract(mint));
      const approval = { ...token, functionName: "approve", args: [address, maxUint256], account } as const;
      await mustSend(client, client.writeContract(approval));
    }
    await mustSend(client, client.writeContract({ ...token, functionName: "mint", args: [borrower, amount] }));
    const approve = { address: borrower, abi: plainBorrower, functionName: "approve", args: [asset, address] } as const;
    await mustSend(client, client.writeContract(approve));
  };

  const one = ({ decimals }: LendPool): bigint => 10n ** BigInt(decimals);
  /** Worth 1 to `most` USD at the first prices. */
  const worth = (pool: LendPool, most: bigint): bigint => {
    const answer = relay.answers.get(pool.feedId) ?? 1n;
    return (random.amount(1n, most * 100n) * one(pool) * 10n ** 6n) / answer;
  };
  const to = (pool: LendPool, data: Hex) => [pool.address, data] as const;
  const abi: Abi = uTokenAbi;
  const call = (functionName: string, args: readonly unknown[]): Hex => encodeFunctionData({ abi, functionName, args });
  const pool = () => random.pick(pools);
  const trader = () => random.pick(traders);

  const actions: Record<string, () => Promise<boolean>> = {
    supply: () => {
      const [p, t] = [pool(), trader()];
      const receiver = random.chance(0.1) ? trader().address : t.address;
      return send(t, ...to(p, call("deposit", [worth(p, 5_000n), receiver])));
    },
    mint: () => {
      const [p, t] = [pool(), trader()];
      return send(t, ...to(p, call("mint", [worth(p, 2_000n) * 10n ** 6n, t.address])));
    },
    withdraw: () => {
      const [p, t] = [pool(), trader()];
      return send(t, ...to(p, call("withdraw", [worth(p, 2_000n), trader().address, t.address])));
    },
    redeemAll: async () => {
      const [p, t] = [pool(), trader()];
      const balance = { address: p.address, abi: uTokenAbi, functionName: "balanceOf", args: [t.address] } as const;
      return send(t, ...to(p, call("redeem", [await client.readContract(balance), t.address, t.address])));
    },
    collateral: () => {
      return send(trader(), ...to(pool(), call("setCollateral", [random.chance(0.8)])));
    },
    borrow: () => {
      const [p, t] = [pool(), trader()];
      return send(t, ...to(p, call("borrow", [worth(p, 1_500n), t.address, trader().address])));
    },
    borrowMost: async () => {
      const [p, t] = [pool(), trader()];
      const health = { address: controller, abi: lendControllerAbi, functionName: "healthOf" } as const;
      const { power, debt } = await client.readContract({ ...health, args: [t.address] });
      const answer = relay.answers.get(p.feedId) ?? 1n;
      if (power <= debt) return false;
      const amount = ((power - debt) * 98n * one(p)) / (100n * answer * 10n ** 10n);
      return send(t, ...to(p, call("borrow", [amount, t.address, t.address])));
    },
    borrowFor: () => {
      const [p, owner, delegate] = [pool(), trader(), trader()];
      return send(delegate, ...to(p, call("borrow", [worth(p, 300n), owner.address, delegate.address])));
    },
    approveBorrow: () => {
      const amount = random.chance(0.3) ? maxUint256 : random.amount(0n, 10n ** 20n);
      return send(trader(), ...to(pool(), call("approveBorrow", [trader().address, amount])));
    },
    repay: () => {
      const [p, t] = [pool(), trader()];
      return send(t, ...to(p, call("repay", [worth(p, 1_000n), random.pick([t, trader()]).address])));
    },
    repayAll: () => {
      const t = trader();
      return send(t, ...to(pool(), call("repay", [maxUint256, t.address])));
    },
    transfer: async () => {
      const [p, t] = [pool(), trader()];
      const balance = { address: p.address, abi: uTokenAbi, functionName: "balanceOf", args: [t.address] } as const;
      const held = await client.readContract(balance);
      return send(t, ...to(p, call("transfer", [trader().address, random.amount(0n, held)])));
    },
    flashLoan: () => {
      const p = pool();
      return send(trader(), ...to(p, call("flashLoan", [borrower, p.asset, worth(p, 1_000n), "0x"])));
    },
    liquidate: async () => {
      const [debt, collateral] = [pool(), pool()];
      const order = {
        borrower: trader().address,
        debtId: BigInt(debt.id),
        collateralId: BigInt(collateral.id),
        maxRepay: random.chance(0.7) ? maxUint256 : worth(debt, 500n),
        minSeized: 0n,
        receiver: random.chance(0.3) ? trader().address : zeroAddress,
        asShares: random.chance(0.4),
        data: "0x",
      } as const;
      const data = encodeFunctionData({ abi: lendControllerAbi, functionName: "liquidate", args: [order] });
      return send(trader(), controller, data);
    },
    accrue: () => send(trader(), ...to(pool(), call("accrue", []))),
    sweep: () => send(trader(), ...to(pool(), call("sweepReserve", []))),
    insure: () => {
      const p = pool();
      return send(trader(), ...to(p, call("fundInsurance", [worth(p, 20n)])));
    },
    push: async () => {
      for (const { feedId } of pools) {
        const answer = relay.answers.get(feedId) ?? 1n;
        relay.answers.set(feedId, (answer * random.amount(97n, 103n)) / 100n);
      }
      await relay.push(random.chance(0.7) ? undefined : [random.pick(pools).feedId, 999], random.below(40));
      return true;
    },
    jump: async () => {
      const { feedId } = pool();
      const answer = relay.answers.get(feedId) ?? 1n;
      relay.answers.set(feedId, (answer * random.pick([60n, 80n, 125n, 160n])) / 100n);
      await relay.push([feedId]);
      if (random.chance(0.7)) {
        await client.increaseTime({ seconds: 61 });
        await relay.push([feedId]);
      }
      return true;
    },
    wait: async () => {
      await client.increaseTime({ seconds: 1 + random.below(300) });
      await client.mine({ blocks: 1 });
      return true;
    },
    silence: async () => {
      // Blocks enough that the chain itself does not seem to have stalled.
      await client.increaseTime({ seconds: 1_830 });
      await client.mine({ blocks: 52 });
      await relay.push();
      // Past the grace, so that accounts can be liquidated.
      await client.increaseTime({ seconds: 901 });
      await client.mine({ blocks: 21 });
      await relay.push();
      return true;
    },
    govern: () => {
      const p = pool();
      const admin = client.account;
      const threshold = random.pick([8_000n, 8_100n, 8_300n, 7_800n]);
      return random.pick([
        () => send(admin, ...to(p, call("setRateModel", [{ ...CURVE, slope1Bps: BigInt(200 + random.below(900)) }]))),
        () => send(admin, ...to(p, call("setReserveFactor", [BigInt(random.below(2_500))]))),
        () => send(admin, ...to(p, call("setCaps", [10n ** 8n + BigInt(random.below(9)), 10n ** 8n]))),
        () => send(admin, ...to(p, call("setFlashFee", [BigInt(random.below(900))]))),
        () => send(admin, ...to(p, call("pause", [3n]))),
        () => send(admin, ...to(p, call("unpause", []))),
        () => {
          const args = [BigInt(p.id), { ...PARAMETERS, threshold }] as const;
          return send(
            admin,
            controller,
            encodeFunctionData({ abi: lendControllerAbi, functionName: "setAsset", args }),
          );
        },
        () => {
          const source = { kind: 1, feedId: p.feedId, at: zeroAddress, heartbeat: 0, minVolume: 0, minBlocks: 0 };
          const args = [p.asset, [source]] as const;
          return send(
            admin,
            lend.priceOracle,
            encodeFunctionData({ abi: priceOracleAbi, functionName: "setSources", args }),
          );
        },
      ])();
    },
  };
  const weights: Record<string, number> = {
    supply: 6,
    collateral: 4,
    borrow: 5,
    borrowMost: 3,
    repay: 3,
    liquidate: 10,
  };
  const names = Object.keys(actions).flatMap((name) => Array.from({ length: weights[name] ?? 1 }, () => name));
  const tryAction = async (name: string): Promise<boolean> => {
    const hasSucceeded = (await actions[name]?.()) ?? false;
    if (hasSucceeded) done.set(name, (done.get(name) ?? 0) + 1);
    return hasSucceeded;
  };
  const brief = names.filter((name) => name !== "silence");
  const accounts = [...traders.map(({ address }) => address), borrower];
  return {
    traders,
    accounts,
    done,
    fund,
    tryAction,
    act: () => tryAction(random.pick(names)),
    actBriefly: () => tryAction(random.pick(brief)),
  };
}
