import { lendControllerAbi, priceFeedReceiverAbi, priceOracleAbi, uTokenAbi } from "@cxmpute/sdk";
import { zeroAddress, type Address } from "viem";

import { deploy, deployToken, send, type Chain } from "../chain.ts";
import { createFeedRelay, SOURCE_EID, type FeedRelay } from "./feedRelay.ts";

/** Milliseconds: a local chain's blocks come when they are asked for, so hardly any count as missing. */
const BLOCK_TIME = 30_000n;
const HEARTBEAT = 86_400n;

export interface LendPool {
  readonly symbol: string;
  readonly id: number;
  readonly decimals: number;
  readonly asset: Address;
  readonly address: Address;
  readonly feedId: number;
}

/** Lending over the real oracle; the chain that prices come from is played by `relay`. */
export interface Lend {
  readonly controller: Address;
  readonly priceOracle: Address;
  readonly receiver: Address;
  readonly treasury: Address;
  readonly relay: FeedRelay;
  /** Listed pools. */
  readonly pools: LendPool[];
  /** The sections of a deployment file. */
  readonly parts: Readonly<Record<string, unknown>>;
}

/** Given, because an estimate of this second may be too little in the next, when there is interest to write. */
export const GAS = 5_000_000n;

export const CURVE = { baseBps: 100n, slope1Bps: 400n, slope2Bps: 7_500n, kinkBps: 8_000n } as const;
export const PARAMETERS = {
  collateralFactor: 7_500n,
  threshold: 8_000n,
  closeFactor: 5_000n,
  isolated: false,
  isolationDebt: true,
} as const;

/** Deploys oracle and controller without any pool. */
export async function deployLend(chain: Chain): Promise<Lend> {
  const { client, manager, observer } = chain;
  const admin = client.account.address;
  const treasury: Address = "0x0000000000000000000000000000000074ea5012";
  const endpoint = await deploy(client, "test/mocks/oracle/EndpointStub", []);
  const ofOracle = (name: string, args: readonly unknown[]) => deploy(client, `contracts/oracle/${name}`, args);
  const receiverExtension = await ofOracle("PriceFeedReceiverExtension", [endpoint, SOURCE_EID]);
  const receiver = await ofOracle("PriceFeedReceiver", [manager, admin, BLOCK_TIME, receiverExtension]);
  const oracleExtension = await ofOracle("PriceOracleExtension", [receiver, observer]);
  const priceOracle = await ofOracle("PriceOracle", [manager, oracleExtension]);
  const views = await deploy(client, "contracts/lend/ControllerExtension", [manager, priceOracle]);
  const liquidation = await deploy(client, "contracts/lend/LiquidationExtension", [priceOracle, views]);
  const controller = await deploy(client, "contracts/lend/LendController", [
    manager,
    priceOracle,
    liquidation,
    treasury,
  ]);
  const relay = await createFeedRelay(chain, { endpoint, receiver });
  return {
    controller,
    priceOracle,
    receiver,
    treasury,
    relay,
    pools: [],
    parts: {
      lend: { controller, lens: zeroAddress, pools: {} },
      oracle: { priceOracle, priceFeedReceiver: receiver, feeds: {} },
    },
  };
}

/** Deploys a token with a feed and a pool with its curve, which the controller does not know yet. */
export async function deployPool(
  chain: Chain,
  lend: Lend,
  symbol: string,
  decimals: number,
  answer: bigint,
): Promise<LendPool> {
  const { client, manager } = chain;
  const asset = await deployToken(client, symbol, decimals);
  const feedId = lend.relay.answers.size + 1;
  const feed = { address: lend.receiver, abi: priceFeedReceiverAbi, functionName: "addFeed" } as const;
  await send(client, client.writeContract({ ...feed, args: [BigInt(feedId), 8n, HEARTBEAT] }));
  lend.relay.answers.set(feedId, answer);
  const source = { kind: 1, feedId, at: zeroAddress, heartbeat: 0, minVolume: 0, minBlocks: 0 };
  const sources = { address: lend.priceOracle, abi: priceOracleAbi, functionName: "setSources" } as const;
  await send(client, client.writeContract({ ...sources, args: [asset, [source]] }));
  await lend.relay.push();
  await client.increaseTime({ seconds: 61 });
  await lend.relay.push();

  const id = lend.pools.length;
  const setup = { authority: manager, controller: lend.controller, asset, id: BigInt(id) };
  const admin = await deploy(client, "contracts/lend/UTokenAdminExtension", [setup]);
  const name = [`Cxmpute ${symbol}`, `u${symbol}`];
  const extension = await deploy(client, "contracts/lend/UTokenExtension", [setup, admin, ...name]);
  const hooks = await deploy(client, "contracts/lend/UTokenHooks", [lend.controller]);
  const address = await deploy(client, "contracts/lend/UToken", [setup, extension, hooks]);
  const pool = { address, abi: uTokenAbi, gas: GAS } as const;
  await send(client, client.writeContract({ ...pool, functionName: "setRateModel", args: [CURVE] }));
  await send(client, client.writeContract({ ...pool, functionName: "setReserveFactor", args: [1_000n] }));
  await send(client, client.writeContract({ ...pool, functionName: "setFlashFee", args: [800n] }));
  await send(client, client.writeContract({ ...pool, functionName: "setCaps", args: [10n ** 8n, 10n ** 8n] }));
  return { symbol, id, decimals, asset, address, feedId };
}

/** Has the controller list a pool. */
export async function listPool({ client }: Chain, lend: Lend, pool: LendPool): Promise<void> {
  const list = { address: lend.controller, abi: lendControllerAbi, functionName: "list", gas: GAS } as const;
  await send(client, client.writeContract({ ...list, args: [pool.address, PARAMETERS] }));
  lend.pools.push(pool);
}
