import { type Address, getAddress, type Hex, parseAbi, type PublicClient } from "viem";

const managerEvents = parseAbi([
  "event RoleGranted(uint64 indexed roleId, address indexed account, uint32 delay, uint48 since, bool newMember)",
  "event RoleRevoked(uint64 indexed roleId, address indexed account)",
]);

const timelockEvents = parseAbi([
  "event RoleGranted(bytes32 indexed role, address indexed account, address indexed sender)",
  "event RoleRevoked(bytes32 indexed role, address indexed account, address indexed sender)",
]);

/** Who holds each role of an AccessManager or a TimelockController, from all it ever emitted. */
export async function roleHolders(
  client: PublicClient,
  kind: "accessManager" | "timelock",
  address: Address,
  fromBlock: bigint,
): Promise<Map<string, Set<Address>>> {
  const logs =
    kind === "accessManager"
      ? await client.getLogs({ address, events: managerEvents, fromBlock, strict: true })
      : await client.getLogs({ address, events: timelockEvents, fromBlock, strict: true });

  const holders = new Map<string, Set<Address>>();
  for (const log of logs) {
    const role: bigint | Hex = "roleId" in log.args ? log.args.roleId : log.args.role;
    const members = holders.get(role.toString()) ?? new Set<Address>();
    if (log.eventName === "RoleGranted") members.add(getAddress(log.args.account));
    else members.delete(getAddress(log.args.account));
    holders.set(role.toString(), members);
  }
  return holders;
}
