import { zeroAddress } from "viem";

import { PERMIT2_ADDRESS, permit2Bytecode } from "../../../dev/permit2.ts";
import { demoTokenAbi, type Deployment, pairObserverAbi, wrappedPeaqAbi } from "../../src/index.ts";
import type { TestChain } from "./chain.ts";
import { deployArtifact } from "./deployArtifact.ts";

export const TAKER_FEE = 600n;

/** Decimals of the demo tokens: none, few, usual, and more than usual. */
export const TOKENS = { NIL: 0, USDC: 6, WETH: 18, LONG: 27 } as const;
export type TokenSymbol = keyof typeof TOKENS;

export type DexDeployment = Deployment & {
  readonly tokens: Readonly<Record<TokenSymbol | "WPEAQ", Deployment["tokens"][string]>>;
};

/** Accounts 0 to 4 hold tokens and have approved the order book. Account 0 is the first administrator. */
export const FUNDED = [0, 1, 2, 3, 4];

const ENOUGH = 1n << 110n;

/** Deploys the whole DEX with demo tokens, from the compiled artifacts. */
export async function deployDex(chain: TestChain): Promise<DexDeployment> {
  const { client } = chain;
  const admin = chain.wallet(0);

  const deploy = (artifact: string, args: readonly unknown[]) => deployArtifact(chain, artifact, args);

  await client.setCode({ address: PERMIT2_ADDRESS, bytecode: permit2Bytecode() });
  const accessManager = await deploy("@openzeppelin/contracts/access/manager/AccessManager.sol/AccessManager", [
    admin.account.address,
  ]);
  const pairObserver = await deploy("contracts/dex/PairObserver.sol/PairObserver", [admin.account.address]);
  const descriptor = await deploy("contracts/dex/OrderDescriptor.sol/OrderDescriptor", []);
  const extension = await deploy("contracts/dex/OrderExtension.sol/OrderExtension", [
    accessManager,
    descriptor,
    pairObserver,
    PERMIT2_ADDRESS,
  ]);
  const makerExtension = await deploy("contracts/dex/OrderMakerExtension.sol/OrderMakerExtension", [
    extension,
    pairObserver,
  ]);
  const orderNFT = await deploy("contracts/dex/OrderNFT.sol/OrderNFT", [
    accessManager,
    makerExtension,
    pairObserver,
    admin.account.address,
    TAKER_FEE,
  ]);
  await admin.writeContract({ address: pairObserver, abi: pairObserverAbi, functionName: "bind", args: [orderNFT] });

  const token = async (symbol: TokenSymbol) => ({
    address: await deploy("contracts/demo/DemoToken.sol/DemoToken", [`Demo ${symbol}`, symbol, TOKENS[symbol]]),
    decimals: TOKENS[symbol],
    name: `Demo ${symbol}`,
  });
  const demo = {
    NIL: await token("NIL"),
    USDC: await token("USDC"),
    WETH: await token("WETH"),
    LONG: await token("LONG"),
  };
  const WPEAQ = {
    address: await deploy("contracts/demo/WrappedPeaq.sol/WrappedPeaq", []),
    decimals: 18,
    name: "Wrapped PEAQ",
  };

  for (const { address } of Object.values(demo)) {
    for (const index of FUNDED) {
      const wallet = chain.wallet(index);
      const args = [wallet.account.address, ENOUGH] as const;
      await wallet.writeContract({ address, abi: demoTokenAbi, functionName: "mint", args });
      await wallet.writeContract({ address, abi: demoTokenAbi, functionName: "approve", args: [orderNFT, 1n << 255n] });
    }
  }
  for (const index of FUNDED) {
    const wallet = chain.wallet(index);
    await wallet.writeContract({
      address: WPEAQ.address,
      abi: wrappedPeaqAbi,
      functionName: "deposit",
      value: 10n ** 20n,
    });
    const args = [orderNFT, 1n << 255n] as const;
    await wallet.writeContract({ address: WPEAQ.address, abi: wrappedPeaqAbi, functionName: "approve", args });
  }

  return {
    chainId: await client.getChainId(),
    startBlock: 0,
    contracts: {
      orderNFT,
      orderMatcher: await deploy("contracts/periphery/OrderMatcher.sol/OrderMatcher", [orderNFT]),
      orderLens: await deploy("contracts/periphery/OrderLens.sol/OrderLens", [orderNFT]),
      orderRouter: await deploy("contracts/periphery/OrderRouter.sol/OrderRouter", [
        orderNFT,
        PERMIT2_ADDRESS,
        WPEAQ.address,
      ]),
      pairObserver,
      accessManager,
      timelock: zeroAddress,
      permit2: PERMIT2_ADDRESS,
    },
    tokens: { ...demo, WPEAQ },
  };
}
