import type { Hex } from "viem";

import type { Chain } from "./chain.ts";
import type { Touched } from "./proof.ts";

/** One executed instruction, as `debug_traceTransaction` tells it. The stack's top is its last entry. */
export interface Step {
  op: string;
  depth: number;
  stack: readonly string[];
}

/** What `steps` touched, without the sizes of the codes. */
export interface Footprint {
  accountReads: number;
  calls: number;
  codes: ReadonlySet<string>;
  slots: ReadonlyMap<string, "read" | "written">;
}

const CALLS = ["CALL", "CALLCODE", "DELEGATECALL", "STATICCALL"];
const CODE_READS = ["EXTCODESIZE", "EXTCODECOPY", "EXTCODEHASH"];
const NOT_MODELLED = ["CREATE", "CREATE2", "SELFDESTRUCT"];

/**
 * Walks a transaction to `to`. What reverted frames touched counts too, as it does on chain.
 * @throws when the transaction creates or destroys contracts, whose proof is not modelled
 */
export function footprint(to: string, steps: readonly Step[]): Footprint {
  const codes = new Set([to.toLowerCase()]);
  const slots = new Map<string, "read" | "written">();
  // The account whose storage each open frame works on.
  const frames = [to.toLowerCase()];
  let accountReads = 1;
  let calls = 0;

  steps.forEach((step, index) => {
    frames.length = step.depth;
    const storage = frames[step.depth - 1];
    if (storage === undefined) throw new Error(`no account known for a frame at depth ${step.depth}`);
    if (NOT_MODELLED.includes(step.op)) throw new Error(`the proof of ${step.op} is not modelled`);

    if (step.op === "SLOAD" || step.op === "SSTORE") {
      const slot = `${storage}:${BigInt(fromTop(step, 0)).toString(16)}`;
      if (!slots.has(slot)) slots.set(slot, step.op === "SLOAD" ? "read" : "written");
    } else if (step.op === "BALANCE") {
      accountReads++;
    } else if (CODE_READS.includes(step.op)) {
      codes.add(toAddress(fromTop(step, 0)));
    } else if (CALLS.includes(step.op)) {
      const target = toAddress(fromTop(step, 1));
      calls++;
      codes.add(target);
      const entered = (steps[index + 1]?.depth ?? 0) > step.depth;
      if (entered) frames[step.depth] = step.op === "CALL" || step.op === "STATICCALL" ? target : storage;
    }
  });
  return { accountReads, calls, codes, slots };
}

/** Traces a mined transaction and looks up the size of every code that it touched. */
export async function touchedBy(chain: Chain, hash: Hex): Promise<Touched> {
  const [transaction, trace] = await Promise.all([
    chain.client.getTransaction({ hash }),
    // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-assertion -- not in viem's list of methods
    chain.client.request({
      method: "debug_traceTransaction" as never,
      params: [hash, { disableMemory: true, enableMemory: false, disableStorage: true }] as never,
    }) as Promise<{ structLogs: Step[] }>,
  ]);
  if (transaction.to === null) throw new Error("the proof of a deployment is not modelled");

  const { codes, ...rest } = footprint(transaction.to, trace.structLogs);
  const sizes = await Promise.all(
    [...codes].map(async (address): Promise<[string, number]> => [address, await codeSize(chain, address as Hex)]),
  );
  return { ...rest, calldata: (transaction.input.length - 2) / 2, codes: new Map(sizes) };
}

/** @returns bytes of deployed code */
export async function codeSize(chain: Chain, address: Hex): Promise<number> {
  const code = await chain.client.getCode({ address });
  return code === undefined ? 0 : (code.length - 2) / 2;
}

/** A call inside a transaction. */
export interface CallFrame {
  to?: string;
  input: string;
  gasUsed: string;
  calls?: CallFrame[];
}

/** All calls inside a transaction to `to` with the function `selector`, in the order in which they were made. */
export async function callsTo(chain: Chain, hash: Hex, to: string, selector: string): Promise<CallFrame[]> {
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-assertion -- not in viem's list of methods
  const root = (await chain.client.request({
    method: "debug_traceTransaction" as never,
    params: [hash, { tracer: "callTracer" }] as never,
  })) as CallFrame;
  const flatten = (frame: CallFrame): CallFrame[] => [frame, ...(frame.calls ?? []).flatMap(flatten)];
  return flatten(root).filter(
    (frame) => frame.to?.toLowerCase() === to.toLowerCase() && frame.input.startsWith(selector),
  );
}

function fromTop(step: Step, position: number): string {
  const word = step.stack[step.stack.length - 1 - position];
  if (word === undefined) throw new Error(`${step.op} with a stack of ${step.stack.length}`);
  return word.startsWith("0x") ? word : `0x${word}`;
}

function toAddress(word: string): string {
  return `0x${(BigInt(word) & ((1n << 160n) - 1n)).toString(16).padStart(40, "0")}`;
}
