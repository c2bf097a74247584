import { createServer, type IncomingMessage, type Server } from "node:http";
import { once } from "node:events";

import { concatHex, numberToHex, padHex, type Address, type Hex } from "viem";

import type { History } from "./history.ts";

export const BOOK: Address = "0x00000000000000000000000000000000000b00c0";
export const CHAIN_ID = 424_242;

/** Empty blocks at the end, so that all that counts is final for Ponder. */
const TAIL = 40;
const BLOCK_SECONDS = 6;
const ZERO_BLOOM = `0x${"0".repeat(512)}`;
const FULL_BLOOM = `0x${"f".repeat(512)}`;

interface Request {
  readonly id: number;
  readonly method: string;
  readonly params: readonly unknown[];
}

/** A JSON-RPC node that answers from a history, as far as an indexer asks. */
export async function startReplayNode(history: History, port: number): Promise<Server> {
  const head = history.blocks.length + TAIL;
  const start = Math.floor(Date.now() / 1_000) - head * BLOCK_SECONDS;
  const answer = ({ method, params }: Request): unknown => {
    switch (method) {
      case "eth_chainId":
        return numberToHex(CHAIN_ID);
      case "eth_blockNumber":
        return numberToHex(head);
      case "eth_getBlockByNumber":
        return blockOf(params[0] === "latest" ? head : Number(params[0]), params[1] === true);
      case "eth_getBlockByHash":
        return blockOf(Number(params[0]), params[1] === true);
      case "eth_getLogs":
        return logsOf(params[0] as LogFilter);
      case "eth_call":
        return TOKEN_ANSWER;
      default:
        throw new Error(`The replay node does not know ${method}`);
    }
  };

  const hasLogs = (number: number): boolean => (history.blocks[number - 1]?.length ?? 0) > 0;
  const blockOf = (number: number, isFull: boolean) => {
    const transactions = hasLogs(number) ? [isFull ? transactionOf(number) : transactionHash(number)] : [];
    return {
      ...EMPTY_BLOCK,
      number: numberToHex(number),
      hash: blockHash(number),
      parentHash: number === 0 ? blockHash(2 ** 40) : blockHash(number - 1),
      timestamp: numberToHex(start + number * BLOCK_SECONDS),
      logsBloom: hasLogs(number) ? FULL_BLOOM : ZERO_BLOOM,
      transactions,
    };
  };
  const logsOf = ({ fromBlock, toBlock, blockHash: hash, address, topics }: LogFilter) => {
    const [from, to] = hash === undefined ? [Number(fromBlock), Number(toBlock)] : [Number(hash), Number(hash)];
    const addresses = [address].flat();
    const isOfBook = addresses[0] === undefined || addresses.some((item) => item?.toLowerCase() === BOOK);
    if (!isOfBook) return [];
    const wanted = new Set([topics?.[0] ?? []].flat());
    const found = [];
    for (let number = Math.max(from, 1); number <= Math.min(to, history.blocks.length); number += 1) {
      for (const [index, log] of (history.blocks[number - 1] ?? []).entries()) {
        if (wanted.size > 0 && !wanted.has(log.topics[0] ?? "0x")) continue;
        found.push({
          ...log,
          address: BOOK,
          blockHash: blockHash(number),
          blockNumber: numberToHex(number),
          logIndex: numberToHex(index),
          transactionHash: transactionHash(number),
          transactionIndex: "0x0",
          removed: false,
        });
      }
    }
    return found;
  };

  // eslint-disable-next-line @typescript-eslint/no-misused-promises -- an error ends the benchmark
  const server = createServer(async (request, response) => {
    const body: unknown = JSON.parse(await read(request));
    const reply = (call: Request) => {
      try {
        return { jsonrpc: "2.0", id: call.id, result: answer(call) };
      } catch (error) {
        return { jsonrpc: "2.0", id: call.id, error: { code: -32_601, message: String(error) } };
      }
    };
    const result = Array.isArray(body) ? body.map((call) => reply(call as Request)) : reply(body as Request);
    response.setHeader("content-type", "application/json").end(JSON.stringify(result));
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return server;
}

interface LogFilter {
  readonly fromBlock?: Hex;
  readonly toBlock?: Hex;
  readonly blockHash?: Hex;
  readonly address?: Address | readonly Address[];
  readonly topics?: readonly (Hex | readonly Hex[] | null)[];
}

async function read(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const chunk of request) body += String(chunk);
  return body;
}

function blockHash(number: number): Hex {
  return numberToHex(number, { size: 32 });
}

function transactionHash(number: number): Hex {
  return padHex(numberToHex(number), { dir: "right", size: 32 });
}

function transactionOf(number: number) {
  return {
    hash: transactionHash(number),
    blockHash: blockHash(number),
    blockNumber: numberToHex(number),
    transactionIndex: "0x0",
    from: "0x000000000000000000000000000000000000f00d",
    to: BOOK,
    input: "0x",
    nonce: "0x0",
    value: "0x0",
    gas: "0x5208",
    gasPrice: "0x1",
    type: "0x0",
    v: "0x1b",
    r: "0x1",
    s: "0x1",
  };
}

const EMPTY_BLOCK = {
  gasLimit: "0xe4e1c0",
  gasUsed: "0x0",
  miner: "0x0000000000000000000000000000000000000000",
  extraData: "0x",
  stateRoot: numberToHex(0, { size: 32 }),
  receiptsRoot: numberToHex(0, { size: 32 }),
  transactionsRoot: numberToHex(0, { size: 32 }),
  sha3Uncles: numberToHex(0, { size: 32 }),
  mixHash: numberToHex(0, { size: 32 }),
  nonce: "0x0000000000000000",
  difficulty: "0x0",
  totalDifficulty: "0x0",
  baseFeePerGas: "0x1",
  size: "0x100",
};

/** A token without symbol and name, with 18 decimals, as `TokenProbe` answers. */
const TOKEN_ANSWER = concatHex([
  padHex("0x", { size: 192 }),
  padHex("0x", { size: 192 }),
  numberToHex(32, { size: 32 }),
  padHex(numberToHex(18, { size: 32 }), { dir: "right", size: 160 }),
]);
