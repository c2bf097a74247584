import { type Abi, type Address, encodeAbiParameters, encodeFunctionData, erc20Abi, keccak256, maxUint256 } from "viem";

import type { Chain, Transaction } from "../chain.ts";
import { PRICE, THRESHOLD } from "../lend/amounts.ts";
import { passDay, steadyClock } from "../lend/clock.ts";
import { deployFlashBorrower, startLoan } from "../lend/flashBorrower.ts";
import type { Lender } from "../lend/lender.ts";
import { measureLender, openLender } from "../lend/measureLender.ts";
import { type Market, mint, openMarket } from "../scenario.ts";
import { type PeerRow, compilePeer, pick } from "./contract.ts";
import { lenderRows } from "./lenderRows.ts";

const NAME = "Morpho Blue 1.0.0, one pair";
const FOLDER = "@morpho-org/morpho-blue/src";
/** Of a price, 1e36, and of 12 decimals between USDC and WETH. */
const PRICE_SCALE = 10n ** 24n;
const BASIS_POINT = 10n ** 14n;
const NO_ANSWER = `0x${"00".repeat(32)}` as const;

/** A market of one collateral and one debt, without a receipt token; its own mocks of a rate curve and a price. */
export async function measureMorpho(chain: Chain): Promise<PeerRow[]> {
  const market = await openMarket(chain, "SixDecimalToken");
  await steadyClock(chain);
  const morpho = await deployMorpho(market);
  await openLender(morpho);
  return lenderRows(NAME, await measureLender(morpho));
}

async function deployMorpho(market: Market): Promise<Lender> {
  const { chain, usdc, weth } = market;
  const admin = market.admin.address;
  const contracts = await compilePeer("morpho", {
    solc: "solc-0.8.19",
    contracts: {
      Morpho: `${FOLDER}/Morpho.sol`,
      IrmMock: `${FOLDER}/mocks/IrmMock.sol`,
      OracleMock: `${FOLDER}/mocks/OracleMock.sol`,
    },
    settings: {
      evmVersion: "london",
      viaIR: true,
      optimizer: { enabled: true, runs: 999_999 },
      metadata: { bytecodeHash: "none" },
    },
  });
  const { abi } = pick(contracts, "Morpho");
  const address = await chain.deploy(admin, pick(contracts, "Morpho"), [admin]);
  const irm = await chain.deploy(admin, pick(contracts, "IrmMock"), []);
  const oracle = await chain.deploy(admin, pick(contracts, "OracleMock"), []);
  const pair = { loanToken: usdc, collateralToken: weth, oracle, irm, lltv: THRESHOLD * BASIS_POINT };
  const call = (from: Address, functionName: string, args: readonly unknown[]): Transaction => ({
    from,
    to: address,
    data: encodeFunctionData({ abi, functionName, args }),
  });
  const setPrice = async (usd: bigint) => {
    const oracleAbi = pick(contracts, "OracleMock").abi;
    const data = encodeFunctionData({ abi: oracleAbi, functionName: "setPrice", args: [usd * PRICE_SCALE] });
    await chain.send({ from: admin, to: oracle, data });
  };
  await chain.send(call(admin, "enableIrm", [irm]));
  await chain.send(call(admin, "enableLltv", [pair.lltv]));
  await chain.send(call(admin, "createMarket", [pair]));
  await setPrice(PRICE);

  const flashBorrower = await deployFlashBorrower(market, address, NO_ANSWER);
  return {
    market,
    flashBorrower,
    setPrice,
    async join(account) {
      await mint(market, account);
      const data = encodeFunctionData({ abi: erc20Abi, functionName: "approve", args: [address, maxUint256] });
      for (const token of [usdc, weth]) await chain.send({ from: account, to: token, data });
    },
    supply: (from, amount) => call(from, "supply", [pair, amount, 0n, from, "0x"]),
    withdraw: (from, amount) => call(from, "withdraw", [pair, amount, 0n, from, from]),
    secure: (from, amount) => [call(from, "supplyCollateral", [pair, amount, from, "0x"])],
    borrow: (from, amount) => call(from, "borrow", [pair, amount, 0n, from, from]),
    repay: (from, amount) => call(from, "repay", [pair, amount, 0n, from, "0x"]),
    async liquidate(from, borrower, amount) {
      const shares = await sharesOf(chain, { address, abi }, marketId(pair), amount);
      return call(from, "liquidate", [pair, borrower, 0n, shares, "0x"]);
    },
    // Its borrower is who asks.
    flashLoan: (from, amount) =>
      startLoan(from, flashBorrower, address, call(from, "flashLoan", [usdc, amount, "0x"]).data),
    pass: () => passDay(chain),
  };
}

interface Pair {
  loanToken: Address;
  collateralToken: Address;
  oracle: Address;
  irm: Address;
  lltv: bigint;
}

function marketId({ loanToken, collateralToken, oracle, irm, lltv }: Pair) {
  const types = ["address", "address", "address", "address", "uint256"].map((type) => ({ type }));
  return keccak256(encodeAbiParameters(types, [loanToken, collateralToken, oracle, irm, lltv]));
}

/** The debt shares that `amount` was worth when interest accrued last, which is a moment ago. */
async function sharesOf(chain: Chain, morpho: { address: Address; abi: Abi }, id: string, amount: bigint) {
  const state = (await chain.client.readContract({ ...morpho, functionName: "market", args: [id] })) as bigint[];
  const [, , assets, shares] = state;
  if (assets === undefined || shares === undefined) throw new Error("the market has no debt");
  return (amount * shares) / assets;
}
