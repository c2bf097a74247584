import assert from "node:assert/strict";
import { test } from "node:test";

import {
  type Abi,
  type AbiParameter,
  BaseError,
  encodeErrorResult,
  HttpRequestError,
  InsufficientFundsError,
  UnknownRpcError,
  UserRejectedRequestError,
} from "viem";

import {
  accessManagerAbi,
  allErrorsAbi,
  CallError,
  decodeContractError,
  demoTokenAbi,
  explainError,
  FillStatus,
  flashLiquidatorAbi,
  lendControllerAbi,
  lendLensAbi,
  orderLensAbi,
  orderMatcherAbi,
  orderNftAbi,
  orderRouterAbi,
  packOrderId,
  pairObserverAbi,
  priceFeedReceiverAbi,
  priceFeedSenderAbi,
  priceOracleAbi,
  PriceQuality,
  timelockAbi,
  uTokenAbi,
  wrappedPeaqAbi,
} from "../src/index.ts";

const account = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
const weth = {
  symbol: "WETH",
  address: "0x5FbDB2315678afecb367f032d93F642f64180aa3",
  decimals: 18,
  name: "Ether",
} as const;
const usdc = {
  symbol: "USDC",
  address: "0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512",
  decimals: 6,
  name: "USD",
} as const;
const id = packOrderId({ maker: account, nonce: 7n, expiry: 2_000_000_000 });

type AnyError = { readonly type: string; readonly name: string; readonly inputs: readonly AbiParameter[] };

function sample({ type, ...parameter }: AbiParameter): unknown {
  if ("components" in parameter) return Object.fromEntries(parameter.components.map((c) => [c.name, sample(c)]));
  if (type === "address") return account;
  if (type === "string") return "a text";
  if (type === "bytes4") return "0x12345678";
  if (type === "bytes32") return `0x${"ab".repeat(32)}`;
  if (/^uint(8|16|24|32|40|48)$/.test(type)) return 5;
  if (type === "bytes") return "0x0102";
  if (/^u?int/.test(type)) return 1_234n;
  throw new Error(`There is no sample of ${type}: add one.`);
}

function revertData(error: AnyError): `0x${string}` {
  return encodeErrorResult({ abi: [error], errorName: error.name, args: error.inputs.map((input) => sample(input)) });
}

test("every error of every ABI has a sentence", () => {
  const abis = [
    accessManagerAbi,
    allErrorsAbi,
    demoTokenAbi,
    flashLiquidatorAbi,
    lendControllerAbi,
    lendLensAbi,
    orderLensAbi,
    orderMatcherAbi,
    orderNftAbi,
    orderRouterAbi,
    pairObserverAbi,
    priceFeedReceiverAbi,
    priceFeedSenderAbi,
    priceOracleAbi,
    timelockAbi,
    uTokenAbi,
    wrappedPeaqAbi,
  ];
  const errors = (abis as readonly (readonly { type: string }[])[])
    .flat()
    .filter((item): item is AnyError => item.type === "error");
  assert.ok(errors.length >= 100);
  for (const error of errors) {
    const data = revertData(error);
    assert.equal(decodeContractError(data)?.name, error.name);
    const text = explainError(data);
    assert.match(text, /^[A-Z0-9].* .*[.]$/s, `${error.name}: ${text}`);
    assert.doesNotMatch(text, /undefined|null|NaN|\[object|\$\{/, `${error.name}: ${text}`);
    assert.ok(!text.includes(error.name), `${error.name} is explained by its own name`);
  }
});

test("sentences name tokens, amounts, orders and times", () => {
  const context = { tokens: [weth, usdc], sellToken: weth.address, buyToken: usdc.address };
  const abi: Abi = allErrorsAbi;
  const explain = (errorName: string, args: readonly unknown[]) =>
    explainError(encodeErrorResult({ abi, errorName, args }), context);

  assert.equal(
    explain("PullFailed", [usdc.address, account, 1_500_000n]),
    `1.5 USDC could not be taken from ${account}: check the balance and the approval.`,
  );
  assert.equal(
    explain("LimitExceeded", [3_000_000_000n, 10n ** 18n]),
    "The fill would pay 3000 USDC for 1 WETH, which is above your limit.",
  );
  assert.equal(explain("NotFillable", [id, FillStatus.Expired]), `Order 7 of ${account} has expired.`);
  assert.equal(
    explain("InvalidExpiry", [1_700_000_000n]),
    "The expiry, 2023-11-14 22:13:20 UTC, is not in the future.",
  );
  assert.equal(
    explain("ProtocolPaused", [1_700_000_000n]),
    "The protocol is paused and takes on nothing new until 2023-11-14 22:13:20 UTC.",
  );
  assert.equal(
    explain("ProtocolPaused", [(1n << 40n) - 1n]),
    "The protocol is retired: it takes on nothing new, and everybody can leave.",
  );
  assert.equal(explain("FeeTooHigh", [3_001n, 3_000n]), "A fee of 0.3001 % is above the limit of 0.3 %.");
  assert.equal(explain("InvalidAmount", [0n]), "The amount must not be zero.");
  assert.equal(
    explain("PauseTooLong", [8n * 86_400n, 7n * 86_400n]),
    "A pause of 8 d is too long: at most 7 d are allowed.",
  );
});

test("sentences of lending name the pool's asset, values in USD, health and what is wrong with a price", () => {
  const abi: Abi = allErrorsAbi;
  const explain = (errorName: string, args: readonly unknown[]) =>
    explainError(encodeErrorResult({ abi, errorName, args }), { tokens: [weth, usdc], asset: usdc.address });

  assert.equal(explain("InsufficientCash", [2_500_000n, 1n]), "The pool holds 0.000001 USDC and cannot send 2.5 USDC.");
  assert.equal(
    explain("Undercollateralised", [1_500n * 10n ** 18n, 1_500_250n * 10n ** 15n]),
    "Debts of 1500.25 USD would stand on a borrowing power of 1500 USD only.",
  );
  assert.match(
    explain("AccountHealthy", [account, 1_050_000n * 10n ** 12n]),
    / at a health of 1\.05, and only below 1/,
  );
  assert.match(explain("AccountHealthy", [account, (1n << 256n) - 1n]), / without a debt, and only/);
  assert.equal(
    explain("PriceNotFresh", [weth.address, PriceQuality.Pending]),
    "WETH has made a jump in price that is not confirmed yet, and this needs a better one.",
  );
  assert.match(explain("PriceNotFresh", [weth.address, 9]), /unknown quality 9/);
  const qualities = Object.values(PriceQuality).map((quality) => explain("PriceNotFresh", [weth.address, quality]));
  assert.equal(new Set(qualities).size, 4);
  assert.match(explain("LeavesDust", [0n, 12n * 10n ** 18n, 10n ** 19n]), /leave 0 USD of debt and 12 USD of coll/);
  assert.equal(explain("StalePrice", [weth.address, 0n]), "WETH has no fresh price.");
  assert.match(explain("StalePrice", [weth.address, 1_700_000_000n]), /was updated at 2023-11-14 22:13:20 UTC\.$/);
});

test("errors of one name and different arguments have sentences of their own", () => {
  const explain = (name: string, args: readonly bigint[]) => {
    const inputs = args.map((_, index) => ({ name: `x${index}`, type: "uint256" }));
    return explainError(encodeErrorResult({ abi: [{ type: "error", name, inputs }], errorName: name, args }));
  };
  assert.equal(explain("OutOfBounds", [7n, 5n]), "7 is outside of its bounds: the limit is 5.");
  assert.equal(explain("OutOfBounds", [7n, 1n, 5n]), "7 is outside of its bounds: 1 to 5 are allowed.");
  assert.equal(explain("LengthMismatch", []), "Two lists of the call differ in length.");
  assert.equal(explain("LengthMismatch", [1n, 2n]), "Two lists of the call differ in length: 1 and 2.");
  assert.equal(explain("TooFewDVNs", [1n, 2n]), "The path has 1 required verifiers: at least 2 are needed.");
  assert.equal(explain("NothingToSend", []), "There is nothing to send.");
  assert.match(explain("InvalidSourceCount", [0n, 3n]), /needs a source/);
  assert.match(explain("InvalidSourceCount", [4n, 3n]), /at most 3/);
});

test("tokens that are not known appear by address and in units", () => {
  const data = encodeErrorResult({ abi: orderNftAbi, errorName: "PushFailed", args: [weth.address, account, 1n] });
  assert.equal(
    explainError(data),
    `1 unit of token ${weth.address} could not be sent to ${account}: the token refused.`,
  );
});

test("every status of an order has words of its own, and an unknown one says so", () => {
  const texts = Object.values(FillStatus).map((status) =>
    explainError(encodeErrorResult({ abi: orderNftAbi, errorName: "NotFillable", args: [id, status] })),
  );
  assert.equal(new Set(texts).size, 10);
  const unknown = encodeErrorResult({ abi: orderNftAbi, errorName: "NotFillable", args: [id, 200] });
  assert.match(explainError(unknown), /unknown status 200/);
});

test("the two errors of one name are told apart", () => {
  const own = encodeErrorResult({ abi: orderNftAbi, errorName: "InvalidSignature", args: [account] });
  assert.match(explainError(own), new RegExp(`not by ${account}`));
  assert.equal(explainError("0x8baa579f"), "The signature is not valid.");
});

test("reason strings and panics are said as they are", () => {
  const string = [{ type: "error", name: "Error", inputs: [{ type: "string", name: "reason" }] }] as const;
  const panic = [{ type: "error", name: "Panic", inputs: [{ type: "uint256", name: "code" }] }] as const;
  assert.equal(explainError(encodeErrorResult({ abi: string, args: ["no way"] })), "no way.");
  assert.match(explainError(encodeErrorResult({ abi: panic, args: [0x11n] })), /too large or fell below zero/);
  assert.match(explainError(encodeErrorResult({ abi: panic, args: [0x99n] })), /panic 153/);
});

test("revert data is found wherever nodes and wallets hide it", () => {
  const data = encodeErrorResult({ abi: orderNftAbi, errorName: "NothingFilled" });
  const shapes: unknown[] = [
    data,
    { data },
    { data: { data } },
    { cause: { cause: { data: { originalError: 1, data } } } },
    { error: { data } },
    new BaseError("outer", { cause: Object.assign(new Error("inner"), { data }) }),
    { data: "0x12345678", cause: { raw: data } },
  ];
  for (const shape of shapes) assert.equal(decodeContractError(shape)?.name, "NothingFilled", JSON.stringify(shape));
  for (const nothing of [undefined, null, 1, "text", {}, { data: "0x" }, "0x", "0xdeadbeef", new Error("x")]) {
    assert.equal(decodeContractError(nothing), undefined);
  }
  const circle: { cause?: unknown } = {};
  circle.cause = circle;
  assert.equal(decodeContractError(circle), undefined, "an endless chain of causes ends");
});

test("what failed beside the contract is explained too", () => {
  const rejected = new BaseError("outer", { cause: new UserRejectedRequestError(new Error("no")) });
  assert.equal(explainError(rejected), "The request was rejected.");
  assert.match(
    explainError(new BaseError("outer", { cause: new InsufficientFundsError() })),
    /too little of the chain's coin/,
  );
  const broken = new BaseError("outer", { cause: new UnknownRpcError(new Error("the line is down")) });
  assert.equal(explainError(broken), "the line is down.");
  assert.equal(explainError(new Error("plain")), "plain.");
  assert.equal(explainError("text"), "text.");
  assert.equal(explainError(new Error("")), "The call failed without a reason.");
});

test("CallError carries name, arguments and cause, and says whether waiting may help", () => {
  const cause = { data: encodeErrorResult({ abi: orderNftAbi, errorName: "ProtocolPaused", args: [1_700_000_000n] }) };
  const paused = new CallError(cause);
  assert.deepEqual([paused.errorName, paused.args, paused.retryable], ["ProtocolPaused", [1_700_000_000n], true]);
  assert.equal(paused.cause, cause);
  assert.equal(paused.message, explainError(cause));
  assert.equal(explainError(new CallError(cause)), paused.message);

  const final = new CallError(encodeErrorResult({ abi: orderNftAbi, errorName: "NothingFilled" }));
  assert.deepEqual([final.errorName, final.args, final.retryable], ["NothingFilled", [], false]);
  const early = encodeErrorResult({ abi: orderNftAbi, errorName: "NotFillable", args: [id, FillStatus.NotReleased] });
  assert.equal(new CallError(early).retryable, true);
  for (const errorName of ["LiquidationTooEarly", "LiquidationGrace", "PriceNotFresh"] as const) {
    const abi: Abi = allErrorsAbi;
    const args = errorName === "PriceNotFresh" ? [account, PriceQuality.Halted] : [1_700_000_000n];
    assert.equal(new CallError(encodeErrorResult({ abi, errorName, args })).retryable, true, errorName);
  }
  const healthy = encodeErrorResult({ abi: lendControllerAbi, errorName: "AccountHealthy", args: [account, 1n] });
  assert.equal(new CallError(healthy).retryable, false);
  assert.equal(new CallError(new HttpRequestError({ url: "http://127.0.0.1:1" })).retryable, true);
  assert.equal(new CallError(new Error("plain")).retryable, false);
});
