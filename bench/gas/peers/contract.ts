import { type Abi, type Address, encodeFunctionData } from "viem";

import type { Chain, Transaction } from "../chain.ts";
import { type CompiledContract, type CompileRequest, compile } from "../compile.ts";
import type { Cost } from "../measure.ts";
import { PEERS_ROOT } from "../paths.ts";
import { GAS_PER_PROOF_BYTE, codeProof } from "../proof.ts";
import { type Market, isolated } from "../scenario.ts";
import { codeSize } from "../trace.ts";

/** A deployed peer. */
export interface Peer extends Market {
  address: Address;
  abi: Abi;
}

/** A peer's cost, and our rows that do the same. */
export interface PeerRow extends Cost {
  keys: readonly string[];
  peer: string;
}

/** Measures one row of a peer on a chain that is put back afterwards. */
export async function peerRow(
  chain: Chain,
  keys: readonly string[],
  peer: string,
  body: () => Promise<Cost>,
): Promise<PeerRow> {
  return isolated(chain, async () => ({ keys, peer, ...(await body()) }));
}

/** The row of the peer's code size: bytes, and what touching them costs on peaq. */
export async function sizeRow(peer: Peer, name: string): Promise<PeerRow> {
  const size = await codeSize(peer.chain, peer.address);
  return { keys: ["dex.size"], peer: name, gas: size, peaq: codeProof(size) * GAS_PER_PROOF_BYTE };
}

/** Compiles contracts of the peers' packages, paths as in `node_modules`, with the compiler and settings they ship with. */
export function compilePeer(
  name: string,
  request: Pick<CompileRequest, "solc" | "contracts" | "settings">,
): Promise<Record<string, CompiledContract>> {
  return compile(name, { root: PEERS_ROOT, folder: "node_modules", ...request });
}

/** The contract that compiling left under `name`. */
export function pick(contracts: Record<string, CompiledContract>, name: string): CompiledContract {
  const contract = contracts[name];
  if (contract === undefined) throw new Error(`${name} was not compiled`);
  return contract;
}

/** A transaction to the peer. */
export function peerCall(
  peer: Peer,
  from: Address,
  functionName: string,
  args: readonly unknown[],
  value = 0n,
): Transaction {
  const data = encodeFunctionData({ abi: peer.abi, functionName, args });
  return { from, to: peer.address, data, value };
}
