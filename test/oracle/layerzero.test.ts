import { priceFeedReceiverAbi } from "@cxmpute/sdk";
import { expect } from "chai";
import {
  type Address,
  concat,
  encodeAbiParameters,
  type Hex,
  pad,
  parseEther,
  toFunctionSelector,
  toHex,
  type TransactionReceipt,
} from "viem";

import { hardhatOn } from "../integration/support/hre.ts";
import {
  commit,
  deliver,
  deployLayerZero,
  type LayerZero,
  NOBODY,
  type Packet,
  packetOf,
  parsePacket,
  ULN,
  ulnConfig,
  verify,
} from "./support/layerZero.ts";
import { type Contract, TestChain } from "./support/testChain.ts";

const ETHEREUM = 30_101;
const PEAQ = 30_302;
const FEEDS = Array.from({ length: 10 }, (_, index) => index + 1);
const HEARTBEAT = 3_600;
const PRICE = 3_000n * 10n ** 8n;
/** Of two verifiers and an executor. */
const FEE = parseEther("0.003");

/** A whole delivery, with LayerZero's endpoint before the receiver. Wished for: 49,825, 68,242, 132,728. */
const GAS_LIMITS = { 1: 50_500n, 3: 71_500n, 10: 143_000n };

interface Answer {
  answer: bigint;
  updatedAt: bigint;
  observedAt: bigint;
  round: bigint;
}

describe("prices over LayerZero's own contracts", () => {
  let ethereum: LayerZero;
  let peaq: LayerZero;
  let aggregators: Contract[];
  let executor: Contract;
  let sender: Contract;
  let receiver: Contract;
  let ethereumCheck: Contract;
  let peaqCheck: Contract;
  /** Verifiers that sign on peaq, ascending. */
  let dvns: Address[];
  let stranger: Address;

  beforeEach(async () => {
    const hre = await hardhatOn("peaqSimulated");
    const [l1, l2] = [await TestChain.open(hre, 1), await TestChain.open(hre, 3338)];
    const workers = [];
    for (let i = 0; i < 3; i++) workers.push(await l1.deployOurs("WorkerMock", []));
    executor = workers[2]!;
    const sourceDvns = ascending([workers[0]!.address, workers[1]!.address]);
    dvns = ascending([l2.accounts[1]!, l2.accounts[2]!]);
    stranger = l2.accounts[3]!;

    const l1Defaults = { dvn: sourceDvns[0]!, executor: executor.address };
    ethereum = await deployLayerZero(l1, ETHEREUM, PEAQ, l1Defaults);
    peaq = await deployLayerZero(l2, PEAQ, ETHEREUM, { dvn: stranger, executor: stranger });
    await deployReceiver();
    await deploySender(sourceDvns);
    await l2.send(receiver, "setPeer", [ETHEREUM, pad(sender.address)]);
    ethereumCheck = await l1.deployOurs("VerifierCheck", [ethereum.endpoint.address]);
    peaqCheck = await l2.deployOurs("VerifierCheck", [peaq.endpoint.address]);
  });

  it("ORA-10 carries a price, and a second look a minute later confirms it", async () => {
    await relay(await push([1]));
    expect((await accepted(1)).answer).to.equal(0n);
    await pass(60);
    await relay(await push([1]));

    const { answer, updatedAt, observedAt, round } = await accepted(1);
    expect(answer).to.equal(PRICE);
    expect(observedAt).to.equal(await ethereum.chain.now());
    expect(updatedAt).to.be.lessThan(observedAt);
    expect(round).to.equal((1n << 32n) | 2n);
  });

  it("ORA-11 delivers within its gas", async () => {
    await establish(FEEDS);
    // A beat of the chain's heartbeat is due every ten minutes only.
    await peaq.chain.pass(600);
    await peaq.chain.send(receiver, "poke", []);
    for (const [count, limit] of Object.entries(GAS_LIMITS)) {
      await pass(12);
      const { gasUsed } = await relay(await push(FEEDS.slice(0, Number(count))));
      expect(gasUsed <= limit, `${count} prices: ${gasUsed} of ${limit}`).to.equal(true);
    }
    await peaq.chain.pass(600);
    await pass(12);
    const { gasUsed } = await relay(await push([1]));
    expect(gasUsed <= 54_000n, `with a beat: ${gasUsed}`).to.equal(true);
  });

  it("ORA-12 needs both verifiers", async () => {
    const packet = await push([1]);
    await verify(peaq, packet, dvns[0]!);
    await expectError(commit(peaq, packet, []), "LZ_ULN_Verifying");
    // LayerZero's default verifier does not count.
    await verify(peaq, packet, stranger);
    await expectError(commit(peaq, packet, []), "LZ_ULN_Verifying");
    await expectError(deliver(peaq, packet, receiver.address), "LZ_InvalidNonce");
    await commit(peaq, packet, [dvns[1]!]);
    await deliver(peaq, packet, receiver.address);
  });

  it("ORA-13 refuses a replay, and a message that was changed", async () => {
    const packet = await push([1]);
    await commit(peaq, packet, dvns);
    const changed = { ...packet, message: `${packet.message.slice(0, -2)}ff` as Hex };
    await expectError(deliver(peaq, changed, receiver.address), "LZ_PayloadHashNotFound");
    await deliver(peaq, packet, receiver.address);
    await expectError(deliver(peaq, packet, receiver.address), "LZ_PayloadHashNotFound");
    await expectError(commit(peaq, packet, dvns), "LZ_PathNotVerifiable");
  });

  it("ORA-14 takes deliveries in any order, and keeps the newest", async () => {
    await establish([1]);
    await pass(60);
    const older = await push([1]);
    await pass(60);
    await setPrice(1, PRICE + 10n ** 8n);
    const newer = await push([1]);
    await commit(peaq, older, dvns);
    await commit(peaq, newer, dvns);

    await deliver(peaq, newer, receiver.address);
    const newest = await accepted(1);
    expect(newest.answer).to.equal(PRICE + 10n ** 8n);
    await deliver(peaq, older, receiver.address);
    expect(await accepted(1)).to.deep.equal(newest);
  });

  it("ORA-15 accepts nobody else's path", async () => {
    const packet = await push([1]);
    const forged = forge(packet, pad(stranger), ETHEREUM);
    for (const dvn of dvns) await verify(peaq, forged, dvn);
    await expectError(commit(peaq, forged, []), "LZ_PathNotInitializable");
    await expectError(
      peaq.chain.send(receiver, "lzReceive", [packet.origin, packet.guid, packet.message, stranger, "0x"]),
      "OnlyEndpoint",
    );
  });

  it("ORA-16 one forged message moves a price by ten percent at most", async () => {
    await establish([1]);
    const { observedAt } = await accepted(1);
    await pass(60);
    const packet = await push([1]);
    const record = concat([toHex(1, { size: 4 }), toHex(2n * PRICE, { size: 11 }), toHex(0, { size: 8 })]);
    const forged = { ...packet, message: concat([toHex(observedAt + 61n, { size: 4 }), record]) };
    await relay(parsePacket(concat([packet.header, packet.guid, forged.message])));
    expect((await accepted(1)).answer).to.equal(PRICE);
    const [jump] = await peaq.chain.read<[Answer, bigint, bigint]>(receiver, "pending", [1n]);
    expect(jump.answer).to.equal(2n * PRICE);

    await relay(await push([1]));
    expect((await accepted(1)).answer).to.equal(PRICE);
    const [gone] = await peaq.chain.read<[Answer, bigint, bigint]>(receiver, "pending", [1n]);
    expect(gone.answer).to.equal(0n);
  });

  it("ORA-17 an unverified message blocks later ones until the timelock skips it", async () => {
    await push([1]);
    const second = await push([1]);
    await commit(peaq, second, dvns);
    await expectError(deliver(peaq, second, receiver.address), "LZ_InvalidNonce");
    const { endpoint, chain } = peaq;
    const path = [receiver.address, ETHEREUM, pad(sender.address)];
    await expectError(chain.send(endpoint, "skip", [...path, 1n], { from: stranger }), "LZ_Unauthorized");
    await chain.send(endpoint, "skip", [...path, 1n]);
    await deliver(peaq, second, receiver.address);
  });

  it("ORA-06 charges LayerZero's fee and no more", async () => {
    const { chain } = ethereum;
    expect(await chain.read<bigint>(sender, "quote", [[1n], "0x"])).to.equal(FEE);
    const tooLittle = chain.send(sender, "push", [[1n], "0x"], { value: FEE - 1n });
    await expectError(tooLittle, "LZ_InsufficientFee");

    const payer = chain.accounts[4]!;
    const before = await chain.client.getBalance({ address: payer });
    const { gasUsed, effectiveGasPrice } = await chain.send(sender, "push", [[1n], "0x"], {
      from: payer,
      value: 10n * FEE,
    });
    const spent = before - (await chain.client.getBalance({ address: payer })) - gasUsed * effectiveGasPrice;
    expect(spent).to.equal(FEE);
    expect(await chain.client.getBalance({ address: sender.address })).to.equal(0n);
  });

  it("ORA-05 pays for the delivery's gas, and for what the caller adds", async () => {
    await push([1, 2]);
    const fixed = lzReceiveOption(60_000n + 2n * 20_000n);
    expect(await ethereum.chain.read(executor, "options")).to.equal(fixed);
    const more = lzReceiveOption(5n);
    const options = concat(["0x0003", more]);
    await ethereum.chain.send(sender, "push", [[1n, 2n], options], { value: FEE });
    expect(await ethereum.chain.read(executor, "options")).to.equal(concat([fixed, more]));
  });

  it("ORA-01 nobody can configure the sender's path", async () => {
    const { chain, endpoint, sendLibrary } = ethereum;
    expect(await chain.read(sender, "owner")).to.equal(NOBODY);
    expect(await chain.read(endpoint, "delegates", [sender.address])).to.equal(NOBODY);
    const config = encodeUln([chain.accounts[0]!]);
    const change = [sender.address, sendLibrary.address, [{ eid: PEAQ, configType: ULN, config }]];
    await expectError(chain.send(endpoint, "setConfig", change), "LZ_Unauthorized");
    const library = [sender.address, PEAQ, NOBODY];
    await expectError(chain.send(endpoint, "setSendLibrary", library), "LZ_Unauthorized");
  });

  it("ORA-95 both ends pass the check, whatever LayerZero makes the default", async () => {
    const sourceDvns = await ethereum.chain.read<Address[]>(ethereumCheck, "checkSender", [sender.address, PEAQ]);
    expect(sourceDvns).to.have.length(2);
    expect(await peaq.chain.read(peaqCheck, "checkReceiver", [receiver.address, ETHEREUM])).to.deep.equal(dvns);

    const one = [{ eid: ETHEREUM, config: ulnConfig([dvns[0]!]) }];
    await peaq.chain.send(peaq.receiveLibrary, "setDefaultUlnConfigs", [one]);
    expect(await peaq.chain.read(peaqCheck, "checkReceiver", [receiver.address, ETHEREUM])).to.deep.equal(dvns);
  });

  it("ORA-95 an application that relies on defaults does not pass", async () => {
    const unset = peaq.chain.read(peaqCheck, "checkReceiver", [stranger, ETHEREUM]);
    await expectError(unset, "DefaultLibrary");
    const unsetSender = ethereum.chain.read(ethereumCheck, "checkSender", [stranger, PEAQ]);
    await expectError(unsetSender, "DefaultLibrary");
    const { chain, endpoint, receiveLibrary } = peaq;
    const alone = [{ eid: ETHEREUM, configType: ULN, config: encodeUln([dvns[0]!]) }];
    await chain.send(endpoint, "setConfig", [receiver.address, receiveLibrary.address, alone]);
    await expectError(chain.read(peaqCheck, "checkReceiver", [receiver.address, ETHEREUM]), "TooFewDVNs");
  });

  // ------------------------------------------------------------------------------------------------------ helpers

  async function deployReceiver(): Promise<void> {
    const { chain, endpoint, receiveLibrary } = peaq;
    const owner = chain.accounts[0]!;
    const manager = await chain.deployOurs("AccessManager", [owner]);
    const extension = await chain.deployOurs("PriceFeedReceiverExtension", [endpoint.address, ETHEREUM]);
    const args = [manager.address, owner, 6_000n, extension.address];
    const { address } = await chain.deployOurs("PriceFeedReceiver", args);
    receiver = { address, abi: priceFeedReceiverAbi };
    for (const feed of FEEDS) await chain.send(receiver, "addFeed", [feed, 8, HEARTBEAT]);
    await chain.send(endpoint, "setReceiveLibrary", [receiver.address, ETHEREUM, receiveLibrary.address, 0n]);
    const config = [{ eid: ETHEREUM, configType: ULN, config: encodeUln(dvns) }];
    await chain.send(endpoint, "setConfig", [receiver.address, receiveLibrary.address, config]);
  }

  async function deploySender(requiredDVNs: Address[]): Promise<void> {
    const { chain, endpoint, sendLibrary } = ethereum;
    aggregators = [];
    for (const feed of FEEDS) {
      aggregators.push(await chain.deployOurs("AggregatorMock", [8]));
      await setPrice(feed, PRICE);
    }
    const path = {
      endpoint: endpoint.address,
      receiverEid: PEAQ,
      receiver: receiver.address,
      library_: sendLibrary.address,
      executor: executor.address,
      maxMessageSize: 10_000,
      confirmations: 15n,
      requiredDVNs,
      optionalDVNs: [],
      optionalThreshold: 0,
      baseGas: 60_000n,
      gasPerFeed: 20_000n,
    };
    const feeds = FEEDS.map((feedId, index) => ({
      feedId,
      aggregator: aggregators[index]!.address,
      heartbeat: HEARTBEAT,
      minAnswer: 1n,
      maxAnswer: 10n ** 15n,
    }));
    sender = await chain.deployOurs("PriceFeedSender", [path, feeds]);
  }

  async function setPrice(feed: number, answer: bigint): Promise<void> {
    const { chain } = ethereum;
    await chain.send(aggregators[feed - 1]!, "set", [answer, await chain.now()]);
  }

  /** Ethereum's and peaq's clocks run together. */
  async function push(feeds: number[]): Promise<Packet> {
    const [l1, l2] = [await ethereum.chain.now(), await peaq.chain.now()];
    await ethereum.chain.setNext((l1 > l2 ? l1 : l2) + 1n);
    return packetOf(ethereum, await ethereum.chain.send(sender, "push", [feeds, "0x"], { value: FEE }));
  }

  async function relay(packet: Packet): Promise<TransactionReceipt> {
    await commit(peaq, packet, dvns);
    return deliver(peaq, packet, receiver.address);
  }

  async function establish(feeds: number[]): Promise<void> {
    await relay(await push(feeds));
    await pass(60);
    await relay(await push(feeds));
    await pass(900);
    await relay(await push(feeds));
  }

  async function pass(seconds: number): Promise<void> {
    await ethereum.chain.pass(seconds);
    await peaq.chain.pass(seconds);
  }

  function accepted(feed: number): Promise<Answer> {
    return peaq.chain.read<Answer>(receiver, "accepted", [BigInt(feed)]);
  }
});

function ascending(addresses: Address[]): Address[] {
  return addresses.sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1));
}

function lzReceiveOption(gas: bigint): Hex {
  return concat(["0x01001101", toHex(gas, { size: 16 })]);
}

/** The packet with another sender. */
function forge(packet: Packet, sender: Hex, eid: number): Packet {
  const header = concat([
    "0x01",
    toHex(packet.origin.nonce, { size: 8 }),
    toHex(eid, { size: 4 }),
    sender,
    `0x${packet.header.slice(2 + 2 * 45)}`,
  ]);
  return parsePacket(concat([header, packet.guid, packet.message]));
}

function encodeUln(requiredDVNs: Address[]): Hex {
  const config = {
    type: "tuple",
    components: [
      { name: "confirmations", type: "uint64" },
      { name: "requiredDVNCount", type: "uint8" },
      { name: "optionalDVNCount", type: "uint8" },
      { name: "optionalDVNThreshold", type: "uint8" },
      { name: "requiredDVNs", type: "address[]" },
      { name: "optionalDVNs", type: "address[]" },
    ],
  };
  return encodeAbiParameters([config], [{ ...ulnConfig(requiredDVNs), optionalDVNCount: 255 }]);
}

/** The endpoint's artifact does not list the errors of its libraries: those are known by their selectors. */
const ERRORS: Record<string, Hex> = {
  LZ_PayloadHashNotFound: toFunctionSelector("LZ_PayloadHashNotFound(bytes32,bytes32)"),
  LZ_PathNotVerifiable: toFunctionSelector("LZ_PathNotVerifiable()"),
  LZ_PathNotInitializable: toFunctionSelector("LZ_PathNotInitializable()"),
  LZ_InsufficientFee: toFunctionSelector("LZ_InsufficientFee(uint256,uint256,uint256,uint256)"),
};

async function expectError(call: Promise<unknown>, name: string): Promise<void> {
  const message = await call.then(
    () => "no error",
    (error: unknown) => String(error),
  );
  const selector = ERRORS[name];
  expect(message.includes(name) || (selector !== undefined && message.includes(selector)), message).to.equal(true);
}
