import { task } from "hardhat/config";

export const opcodesTask = task("opcodes", "Probes which of the later EVM opcodes --network executes")
  .addFlag({ name: "json", description: "Print JSON instead of a table" })
  .setAction(() => import("../actions/opcodes.ts"))
  .build();
