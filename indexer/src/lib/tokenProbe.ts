import { concatHex, hexToBytes, pad, type Address, type Hex } from "viem";

import { tokenProbeBytecode } from "./tokenProbeBytecode.ts";

const WORD = 32;
const ANSWER = 160;
const LONGEST = 64;

export interface TokenMetadata {
  readonly symbol: string | null;
  readonly name: string | null;
  readonly decimals: number | null;
}

/** The data of an `eth_call` without receiver that asks `token` about itself and never reverts. */
export function encodeTokenProbe(token: Address): Hex {
  return concatHex([tokenProbeBytecode, pad(token, { size: WORD })]);
}

/** What the token said. Null for what it does not say, or says in no known way. */
export function decodeTokenProbe(data: Hex): TokenMetadata {
  const bytes = hexToBytes(data);
  const answer = (index: number): Uint8Array => {
    const at = index * (WORD + ANSWER);
    const size = Math.min(Number(word(bytes.subarray(at, at + WORD))), ANSWER);
    return bytes.subarray(at + WORD, at + WORD + size);
  };
  const decimals = answer(2).length < WORD ? null : word(answer(2).subarray(0, WORD));
  return {
    symbol: text(answer(0)),
    name: text(answer(1)),
    decimals: decimals === null || decimals > 255n ? null : Number(decimals),
  };
}

/** A `string`, or a `bytes32` as old tokens have it. */
function text(answer: Uint8Array): string | null {
  if (answer.length < WORD) return null;
  if (answer.length === WORD) return clean(answer.subarray(0, zeroAt(answer)));
  const offset = word(answer.subarray(0, WORD));
  if (offset !== BigInt(WORD)) return null;
  const length = word(answer.subarray(WORD, 2 * WORD));
  const available = BigInt(answer.length - 2 * WORD);
  return clean(answer.subarray(2 * WORD, 2 * WORD + Number(length < available ? length : available)));
}

/** Readable characters only: a database refuses some others, and a terminal obeys them. */
function clean(bytes: Uint8Array): string | null {
  const decoded = new TextDecoder().decode(bytes);
  const readable = decoded.replace(/[\p{C}\p{Zl}\p{Zp}\ufffd]/gu, "").trim();
  return readable === "" ? null : Array.from(readable).slice(0, LONGEST).join("");
}

function zeroAt(bytes: Uint8Array): number {
  const at = bytes.indexOf(0);
  return at === -1 ? bytes.length : at;
}

function word(bytes: Uint8Array): bigint {
  return bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
}
