import { concatHex, type Hex, type PublicClient } from "viem";

export interface OpcodeProbe {
  name: string;
  /** The Ethereum upgrade that brought it. */
  since: string;
  executes: boolean;
}

/** A few instructions that need the opcode and leave the stack empty. */
const PROBES: readonly [name: string, since: string, code: Hex][] = [
  ["BASEFEE", "London", "0x4850"],
  ["PUSH0", "Shanghai", "0x5f50"],
  ["TLOAD", "Cancun", "0x60005c50"],
  ["TSTORE", "Cancun", "0x600060005d"],
  ["MCOPY", "Cancun", "0x6000600060005e"],
  ["BLOBBASEFEE", "Cancun", "0x4a50"],
  ["CLZ", "Osaka", "0x60011e50"],
];

/** Returns one byte, 0x01, as the code of the created contract. */
const SUCCEED: Hex = "0x600160005360016000f3";

/**
 * Which opcodes a network executes, found by simulating creations: an unknown one is an invalid instruction.
 * @throws Error when not even a creation without any of them succeeds: the node simulates none.
 */
export async function probeOpcodes(client: PublicClient): Promise<OpcodeProbe[]> {
  if (!(await executes(client, "0x"))) throw new Error("the network does not simulate contract creations");
  return Promise.all(
    PROBES.map(async ([name, since, code]) => ({ name, since, executes: await executes(client, code) })),
  );
}

async function executes(client: PublicClient, code: Hex): Promise<boolean> {
  try {
    const { data } = await client.call({ data: concatHex([code, SUCCEED]) });
    return data === "0x01";
  } catch {
    return false;
  }
}
