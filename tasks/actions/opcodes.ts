import { type OpcodeProbe, probeOpcodes } from "../../deploy/lib/probeOpcodes.ts";
import { act } from "../lib/act.ts";
import { connect } from "../lib/connect.ts";
import { print, printJson, printTable } from "../lib/print.ts";

/** Says which opcodes the network executes, and so which EVM version may be compiled for. */
export default act(async ({ json }: { json: boolean }, hre): Promise<OpcodeProbe[]> => {
  const { client, connection, chainId } = await connect(hre);
  const probes = await probeOpcodes(client);

  if (json) {
    printJson({ chainId, opcodes: probes });
    return probes;
  }
  print(`${connection.networkName}, chain ${chainId}`);
  print();
  printTable(
    ["opcode", "since", "executes"],
    probes.map(({ name, since, executes }) => [name, since, executes ? "yes" : "no"]),
  );
  return probes;
});
