import { type Address, getAddress, type Hash, type Hex, hexToBigInt, hexToNumber, keccak256, slice } from "viem";

/** A message on its way, as the endpoint that sent it announced it. */
export interface Packet {
  nonce: bigint;
  srcEid: number;
  /** 32 bytes, as on every chain of LayerZero's. */
  sender: Hex;
  senderAddress: Address;
  dstEid: number;
  receiver: Address;
  guid: Hex;
  message: Hex;
  /** Version, nonce and path: what verifiers sign, together with `payloadHash`. */
  header: Hex;
  payloadHash: Hex;
  /** What the sender paid for. */
  options: Hex;
  sendLibrary: Address;
  blockNumber: bigint;
  blockHash: Hash;
}

/** What a packet has beside its encoded form. */
export type PacketContext = Pick<Packet, "options" | "sendLibrary" | "blockNumber" | "blockHash">;

/** Where the fields of a packet end, in bytes. */
const END = { version: 1, nonce: 9, srcEid: 13, sender: 45, dstEid: 49, receiver: 81, guid: 113 } as const;
/** Sender and receiver are addresses in 32 bytes. */
const ADDRESS_SIZE = 20;

/** Takes apart LayerZero's encoding of a packet, version 1. */
export function decodePacket(encoded: Hex, context: PacketContext): Packet {
  const hasMessage = encoded.length > 2 + 2 * END.guid;
  return {
    nonce: hexToBigInt(slice(encoded, END.version, END.nonce)),
    srcEid: hexToNumber(slice(encoded, END.nonce, END.srcEid)),
    sender: slice(encoded, END.srcEid, END.sender),
    senderAddress: getAddress(slice(encoded, END.sender - ADDRESS_SIZE, END.sender)),
    dstEid: hexToNumber(slice(encoded, END.sender, END.dstEid)),
    receiver: getAddress(slice(encoded, END.receiver - ADDRESS_SIZE, END.receiver)),
    guid: slice(encoded, END.receiver, END.guid),
    message: hasMessage ? slice(encoded, END.guid) : "0x",
    header: slice(encoded, 0, END.receiver),
    payloadHash: keccak256(slice(encoded, END.receiver)),
    ...context,
  };
}

/** Whom a packet is from, as the endpoint that receives it names it. */
export function originOf({ srcEid, sender, nonce }: Packet): Pick<Packet, "srcEid" | "sender" | "nonce"> {
  return { srcEid, sender, nonce };
}
