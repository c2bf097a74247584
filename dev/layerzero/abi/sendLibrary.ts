import { parseAbi } from "viem";

/** What is used of LayerZero's `SendUln302`, beside `ulnAbi`. */
export const sendLibraryAbi = parseAbi([
  "struct ExecutorConfig { uint32 maxMessageSize; address executor; }",
  "struct ExecutorParameter { uint32 eid; ExecutorConfig config; }",
  "function treasury() view returns (address)",
  "function setTreasury(address treasury)",
  "function getExecutorConfig(address oapp, uint32 eid) view returns (ExecutorConfig)",
  "function setDefaultExecutorConfigs(ExecutorParameter[] parameters)",
]);
