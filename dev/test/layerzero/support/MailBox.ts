import { readFileSync } from "node:fs";
import { join } from "node:path";

import { type Abi, type Address, encodePacked, type Hex, pad, parseAbi, parseEventLogs, stringToHex } from "viem";

import { endpointAbi } from "../../../layerzero/abi/endpoint.ts";
import { executorAbi } from "../../../layerzero/abi/executor.ts";
import { decodePacket, type Packet } from "../../../layerzero/packet.ts";
import { type Envelope, transact } from "../../../layerzero/transact.ts";
import { devAccount } from "../../../stack/accounts.ts";
import { ROOT } from "../../../stack/paths.ts";
import type { End } from "./startPair.ts";

const mailAppAbi = parseAbi([
  "function setPeer(uint32 eid, bytes32 peer)",
  "function setRefuses(bool refuses)",
  "function send(uint32 eid, bytes message, bytes options) payable returns (bytes32)",
  "function quote(uint32 eid, bytes message, bytes options) view returns (uint256)",
  "function received() view returns (uint256)",
  "function lastMessage() view returns (bytes)",
  "function lastExecutor() view returns (address)",
  "struct Origin { uint32 srcEid; bytes32 sender; uint64 nonce; }",
  "function lzReceive(Origin origin, bytes32 guid, bytes message, address executor, bytes extraData) payable",
  "error OnlyEndpoint(address caller)",
]);

/** Enough for `MailApp` to note a short message. */
const USUAL_GAS = 300_000n;
const owner = devAccount(0);

/** Options of LayerZero's type 3 that ask for gas. */
export function receiveOptions(gas: bigint): Hex {
  return encodePacked(["uint16", "uint8", "uint16", "uint8", "uint128"], [3, 1, 17, 1, gas]);
}

/** A `MailApp` on one chain. */
export class MailBox {
  readonly address: Address;
  readonly end: End;

  private constructor(end: End, address: Address) {
    this.end = end;
    this.address = address;
  }

  static async deploy(end: End): Promise<MailBox> {
    const file = join(ROOT, "artifacts/test/mocks/layerzero/MailApp.sol/MailApp.json");
    const { abi, bytecode } = JSON.parse(readFileSync(file, "utf8")) as { abi: Abi; bytecode: Hex };
    const args = [end.deployment.endpoint, owner.address];
    const { contractAddress } = await transact(end.client, owner.privateKey, (envelope) =>
      end.client.deployContract({ ...envelope, abi, bytecode, args }),
    );
    if (contractAddress === null || contractAddress === undefined) throw new Error("MailApp was not deployed");
    return new MailBox(end, contractAddress);
  }

  /** Two boxes that know each other. */
  static async pair(here: End, there: End): Promise<[MailBox, MailBox]> {
    const [a, b] = [await MailBox.deploy(here), await MailBox.deploy(there)];
    await a.accept(b);
    await b.accept(a);
    return [a, b];
  }

  /** Sends to and takes from `other`. */
  async accept(other: MailBox): Promise<void> {
    const args = [other.end.deployment.eid, pad(other.address)] as const;
    await this.#transact((call) => this.end.client.writeContract({ ...call, functionName: "setPeer", args }));
  }

  async setRefuses(refuses: boolean): Promise<void> {
    await this.#transact((call) =>
      this.end.client.writeContract({ ...call, functionName: "setRefuses", args: [refuses] }),
    );
  }

  async send(text: string, eid: number, options = receiveOptions(USUAL_GAS)): Promise<Packet> {
    const args = [eid, stringToHex(text), options] as const;
    const value = await this.quote(text, eid, options);
    const { logs } = await this.#transact((call) =>
      this.end.client.writeContract({ ...call, functionName: "send", args, value }),
    );
    const [event] = parseEventLogs({ abi: endpointAbi, eventName: "PacketSent", logs });
    if (event === undefined) throw new Error("Nothing was sent");
    return decodePacket(event.args.encodedPayload, { ...event.args, ...event });
  }

  quote(text: string, eid: number, options: Hex): Promise<bigint> {
    const abi = [...mailAppAbi, ...executorAbi];
    const args = [eid, stringToHex(text), options] as const;
    return this.end.client.readContract({ address: this.address, abi, functionName: "quote", args });
  }

  received(): Promise<bigint> {
    return this.end.client.readContract({ address: this.address, abi: mailAppAbi, functionName: "received" });
  }

  lastMessage(): Promise<Hex> {
    return this.end.client.readContract({ address: this.address, abi: mailAppAbi, functionName: "lastMessage" });
  }

  lastExecutor(): Promise<Address> {
    return this.end.client.readContract({ address: this.address, abi: mailAppAbi, functionName: "lastExecutor" });
  }

  /** Hands it a packet as anybody could, around LayerZero. */
  async receiveFromStranger({ srcEid, sender, nonce, guid, message }: Packet): Promise<void> {
    await this.end.client.simulateContract({
      account: devAccount(5).address,
      address: this.address,
      abi: mailAppAbi,
      functionName: "lzReceive",
      args: [{ srcEid, sender, nonce }, guid, message, owner.address, "0x"],
    });
  }

  #transact(write: (call: Envelope & { address: Address; abi: typeof mailAppAbi }) => Promise<Hex>) {
    const target = { address: this.address, abi: mailAppAbi };
    return transact(this.end.client, owner.privateKey, (envelope) => write({ ...envelope, ...target }));
  }
}
