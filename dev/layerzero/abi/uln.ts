import { parseAbi } from "viem";

/** What LayerZero's `SendUln302` and `ReceiveUln302` have in common: who must verify on a path. */
export const ulnAbi = parseAbi([
  "struct UlnConfig { uint64 confirmations; uint8 requiredDVNCount; uint8 optionalDVNCount; uint8 optionalDVNThreshold; address[] requiredDVNs; address[] optionalDVNs; }",
  "struct UlnParameter { uint32 eid; UlnConfig config; }",
  "function getUlnConfig(address oapp, uint32 eid) view returns (UlnConfig)",
  "function setDefaultUlnConfigs(UlnParameter[] parameters)",
  "error LZ_ULN_AtLeastOneDVN()",
]);
