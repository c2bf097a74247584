import {
  amendOrderWithSignature,
  amendTypedData,
  cancelOrdersWithSignature,
  cancelTypedData,
  createOrderWithPermit,
  createOrderWithPermit2,
  decodeContractError,
  demoTokenAbi,
  encodePrice,
  erc2612TypedData,
  getNonces,
  getOrder,
  getTermsHash,
  newOrder,
  newOrderWitnessTypedData,
  orderNftAbi,
  orderPermitTypedData,
  permitOrder,
  type Sent,
  waitForOrders,
} from "@cxmpute/sdk";
import { expect } from "chai";
import {
  type Address,
  createWalletClient,
  custom,
  erc20Abi,
  maxUint256,
  numberToHex,
  parseEther,
  parseUnits,
} from "viem";
import { generatePrivateKey, type PrivateKeyAccount, privateKeyToAccount } from "viem/accounts";

import { openSender } from "../../dev/market/sender.ts";
import { temporaryFolder } from "./support/files.ts";
import { type DeployedSuite, deployedSuite } from "./support/suite.ts";

describe("signatures of real wallets", () => {
  const files = temporaryFolder();
  const maker = privateKeyToAccount(generatePrivateKey());
  const stranger = privateKeyToAccount(generatePrivateKey());
  const sellAmount = parseEther("2");
  const price = encodePrice(parseUnits("3000", 6), parseEther("1"));
  let suite: DeployedSuite;
  let orderNFT: Address;
  let weth: Address;
  let usdc: Address;
  let deadline: bigint;

  before(async () => {
    suite = await deployedSuite(files.path("deployment.json"));
    ({ orderNFT } = suite.deployment.contracts);
    weth = suite.deployment.tokens.WETH!.address;
    usdc = suite.deployment.tokens.USDC!.address;
    deadline = (await suite.client.getBlock()).timestamp + 3_600n;

    const sender = await openSender(custom(suite.connection.provider));
    for (const { address } of [maker, stranger]) {
      await sender.request("hardhat_setBalance", [address, numberToHex(parseEther("10"))]);
    }
    const args = [maker.address, parseEther("100")] as const;
    await sender.send(suite.accounts[0]!, { address: weth, abi: demoTokenAbi, functionName: "mint", args });
  });

  const walletOf = (account: PrivateKeyAccount) =>
    createWalletClient({ account, chain: suite.client.chain, transport: custom(suite.connection.provider) });
  const order = () => newOrder({ maker: maker.address, sellToken: weth, buyToken: usdc, sellAmount, price });
  const settle = async (sent: Promise<Sent<unknown>>) => waitForOrders(suite.client, { hash: (await sent).hash });
  const balance = (account: Address) =>
    suite.client.readContract({ address: weth, abi: erc20Abi, functionName: "balanceOf", args: [account] });
  const errorOf = async (sent: Promise<unknown>): Promise<string> =>
    sent.then(
      () => "ok",
      (error: unknown) => decodeContractError(error)?.name ?? (error as Error).message,
    );

  async function permit(account: PrivateKeyAccount, value: bigint) {
    const args = [account.address] as const;
    const nonce = await suite.client.readContract({ address: weth, abi: demoTokenAbi, functionName: "nonces", args });
    const data = erc2612TypedData({
      chainId: suite.chainId,
      token: weth,
      tokenName: "Wrapped Ether",
      owner: account.address,
      spender: orderNFT,
      value,
      nonce,
      deadline,
    });
    return { value, deadline, signature: await account.signTypedData(data) };
  }

  async function create(): Promise<bigint> {
    const parameters = { orderNFT, order: order(), permit: await permit(maker, sellAmount) };
    const { created } = await settle(createOrderWithPermit(walletOf(maker), parameters));
    return created[0]!.id;
  }

  it("ERC-2612: approves and creates in one transaction", async () => {
    const before = await balance(maker.address);
    const id = await create();
    const created = await getOrder(suite.client, { orderNFT, id });
    expect(created).to.include({ owner: maker.address, remaining: sellAmount, price });
    expect(await balance(maker.address)).to.equal(before - sellAmount);
    expect(await balance(orderNFT)).to.equal(sellAmount);
  });

  it("ERC-2612: a permit that somebody else sent first does not stop the creation", async () => {
    const signed = await permit(maker, sellAmount);
    const { r, s, v } = split(signed.signature);
    const args = [maker.address, orderNFT, sellAmount, deadline, v, r, s] as const;
    await walletOf(stranger).writeContract({
      address: weth,
      abi: demoTokenAbi,
      functionName: "permit",
      args,
      chain: null,
    });

    const { created } = await settle(
      createOrderWithPermit(walletOf(maker), { orderNFT, order: order(), permit: signed }),
    );
    expect(created.length).to.equal(1);
  });

  it("ERC-2612: another's permit is refused", async () => {
    const signed = await permit(stranger, sellAmount);
    const parameters = { orderNFT, order: order(), permit: signed };
    expect(await errorOf(createOrderWithPermit(walletOf(maker), parameters))).to.equal("InvalidSignature");
  });

  describe("Permit2", () => {
    const signed = async (permitNonce: bigint, change = {}) => {
      const wanted = order();
      const { permit2 } = suite.deployment.contracts;
      const data = { chainId: suite.chainId, permit2, orderNFT, order: wanted, permitNonce, deadline };
      const signature = await maker.signTypedData(newOrderWitnessTypedData(data));
      return { orderNFT, order: { ...wanted, ...change }, permitNonce, deadline, signature };
    };

    before(async () => {
      const args = [suite.deployment.contracts.permit2, maxUint256] as const;
      await walletOf(maker).writeContract({ address: weth, abi: erc20Abi, functionName: "approve", args, chain: null });
    });

    it("creates for the maker by anybody's hand, once", async () => {
      const parameters = await signed(7n);
      const before = await balance(maker.address);
      const { created } = await settle(createOrderWithPermit2(walletOf(stranger), parameters));
      const made = await getOrder(suite.client, { orderNFT, id: created[0]!.id });
      expect(made).to.include({ owner: maker.address, remaining: sellAmount, price });
      expect(await balance(maker.address)).to.equal(before - sellAmount);
      expect(await errorOf(createOrderWithPermit2(walletOf(stranger), parameters))).to.equal("InvalidNonce");
    });

    it("refuses an order with other terms than those signed", async () => {
      const parameters = await signed(8n, { price: price - 1n });
      expect(await errorOf(createOrderWithPermit2(walletOf(stranger), parameters))).to.equal("InvalidSigner");
    });
  });

  describe("EIP-712", () => {
    let id: bigint;

    beforeEach(async () => {
      id = await create();
    });

    const nonceOf = async (account: Address): Promise<bigint> =>
      (await getNonces(suite.client, { orderNFT, account })).signature;

    async function amendment(signer: PrivateKeyAccount, newRemaining = sellAmount / 2n) {
      const termsHash = await getTermsHash(suite.client, { orderNFT, id });
      const nonce = await nonceOf(maker.address);
      const terms = { id, newRemaining, newPrice: price + 1_000_000n, deadline };
      const data = amendTypedData({ chainId: suite.chainId, orderNFT, termsHash, nonce, ...terms });
      return { orderNFT, ...terms, signature: await signer.signTypedData(data) };
    }

    it("amends by anybody's hand, once, and refunds the owner", async () => {
      const parameters = await amendment(maker);
      const before = await balance(maker.address);
      const { amended } = await settle(amendOrderWithSignature(walletOf(stranger), parameters));
      expect(amended).to.deep.equal([{ id, remaining: sellAmount / 2n, price: price + 1_000_000n }]);
      expect(await balance(maker.address)).to.equal(before + sellAmount / 2n);
      expect(await errorOf(amendOrderWithSignature(walletOf(stranger), parameters))).to.equal("InvalidSignature");
    });

    it("does not amend by another's signature, nor upwards", async () => {
      const forged = await amendment(stranger);
      expect(await errorOf(amendOrderWithSignature(walletOf(stranger), forged))).to.equal("InvalidSignature");
      const upwards = await amendment(maker, sellAmount + 1n);
      expect(await errorOf(amendOrderWithSignature(walletOf(stranger), upwards))).to.equal("InvalidAmount");
    });

    it("cancels by anybody's hand, once", async () => {
      const nonce = await nonceOf(maker.address);
      const data = { chainId: suite.chainId, orderNFT, owner: maker.address, ids: [id], nonce, deadline };
      const signature = await maker.signTypedData(cancelTypedData(data));
      const parameters = { orderNFT, owner: maker.address, ids: [id], deadline, signature };
      const before = await balance(maker.address);
      const { cancelled } = await settle(cancelOrdersWithSignature(walletOf(stranger), parameters));
      expect(cancelled).to.deep.equal([{ id }]);
      expect(await balance(maker.address)).to.equal(before + sellAmount);
      expect(await errorOf(cancelOrdersWithSignature(walletOf(stranger), parameters))).to.equal("InvalidSignature");
    });

    it("approves a spender for one order, who can then transfer it", async () => {
      const nonce = await nonceOf(maker.address);
      const terms = { spender: stranger.address, id, deadline };
      const data = orderPermitTypedData({ chainId: suite.chainId, orderNFT, nonce, ...terms });
      const signature = await maker.signTypedData(data);
      await settle(permitOrder(walletOf(stranger), { orderNFT, ...terms, signature }));

      const book = { address: orderNFT, abi: orderNftAbi } as const;
      const args = [maker.address, stranger.address, id] as const;
      await walletOf(stranger).writeContract({ ...book, functionName: "transferFrom", args, chain: null });
      const owner = await suite.client.readContract({ ...book, functionName: "ownerOf", args: [id] });
      expect(owner).to.equal(stranger.address);
    });

    it("is refused after its deadline", async () => {
      const late = { spender: stranger.address, id, deadline: 1n };
      const nonce = await nonceOf(maker.address);
      const data = orderPermitTypedData({ chainId: suite.chainId, orderNFT, nonce, ...late });
      const signature = await maker.signTypedData(data);
      expect(await errorOf(permitOrder(walletOf(stranger), { orderNFT, ...late, signature }))).to.equal(
        "DeadlinePassed",
      );
    });
  });
});

function split(signature: `0x${string}`) {
  const digits = signature.slice(2);
  return {
    r: `0x${digits.slice(0, 64)}` as const,
    s: `0x${digits.slice(64, 128)}` as const,
    v: parseInt(digits.slice(128), 16),
  };
}
