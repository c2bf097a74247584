import { expect } from "chai";
import { createPublicClient, custom } from "viem";

import { type OpcodeProbe, probeOpcodes } from "../../deploy/lib/probeOpcodes.ts";
import { hardhatOn } from "./support/hre.ts";
import { withOutput } from "./support/output.ts";

describe("opcode probe", () => {
  const executed = (probes: readonly OpcodeProbe[]): string[] =>
    probes.filter(({ executes }) => executes).map(({ name }) => name);

  const expected: [hardfork: string, opcodes: string[]][] = [
    ["berlin", []],
    ["london", ["BASEFEE"]],
    ["shanghai", ["BASEFEE", "PUSH0"]],
    ["cancun", ["BASEFEE", "PUSH0", "TLOAD", "TSTORE", "MCOPY", "BLOBBASEFEE"]],
    ["osaka", ["BASEFEE", "PUSH0", "TLOAD", "TSTORE", "MCOPY", "BLOBBASEFEE", "CLZ"]],
  ];
  for (const [hardfork, opcodes] of expected) {
    it(`finds on ${hardfork} what it executes`, async () => {
      const hre = await hardhatOn("peaqSimulated");
      const { provider } = await hre.network.create({ network: "peaqSimulated", override: { hardfork } });
      expect(executed(await probeOpcodes(createPublicClient({ transport: custom(provider) })))).to.deep.equal(opcodes);
    });
  }

  it("tells a node that simulates nothing from one that lacks every opcode", async () => {
    const mute = custom({ request: () => Promise.reject(new Error("method not found")) });
    const client = createPublicClient({ transport: mute });
    const failure = await probeOpcodes(client).catch((error: unknown) => (error as Error).message);
    expect(failure).to.equal("the network does not simulate contract creations");
  });

  it("is a task with a table and JSON", async () => {
    const hre = await hardhatOn("peaqSimulated");
    const table = await withOutput(() => hre.tasks.getTask("opcodes").run({}));
    expect(table.output).to.match(/^PUSH0 +Shanghai +no$/m);
    expect(table.output).to.match(/^BASEFEE +London +yes$/m);
    const json = await withOutput(() => hre.tasks.getTask("opcodes").run({ json: true }));
    const { opcodes } = JSON.parse(json.output) as { opcodes: OpcodeProbe[] };
    expect(opcodes.find(({ name }) => name === "PUSH0")).to.deep.equal({
      name: "PUSH0",
      since: "Shanghai",
      executes: false,
    });
  });
});
