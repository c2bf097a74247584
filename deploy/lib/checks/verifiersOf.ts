import { type Address, ContractFunctionRevertedError, BaseError, parseAbi, type PublicClient } from "viem";

const verifierCheckAbi = parseAbi([
  "error TooFewDVNs(address oapp, uint32 eid, uint256 count, uint256 least)",
  "error DefaultLibrary(address oapp, uint32 eid)",
  "error FormerLibrary(address oapp, uint32 eid, address library_, uint256 expiry)",
  "function checkReceiver(address oapp, uint32 eid) view returns (address[])",
  "function checkSender(address oapp, uint32 eid) view returns (address[])",
]);

/** How many verifiers secure an application's end of a path, as `VerifierCheck` sees it, or why it does not pass. */
export async function verifiersOf(
  client: PublicClient,
  end: { verifierCheck: Address; kind: "checkReceiver" | "checkSender"; oapp: Address; eid: number },
): Promise<string> {
  try {
    const required = await client.readContract({
      address: end.verifierCheck,
      abi: verifierCheckAbi,
      functionName: end.kind,
      args: [end.oapp, end.eid],
    });
    return String(required.length);
  } catch (error) {
    const revert =
      error instanceof BaseError ? error.walk((cause) => cause instanceof ContractFunctionRevertedError) : null;
    if (revert instanceof ContractFunctionRevertedError && revert.data) return revert.data.errorName;
    throw error;
  }
}
