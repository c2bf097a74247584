import { type Address, type PublicClient, toFunctionSelector } from "viem";

import { accessManagerAbi } from "@cxmpute/sdk";

import { Role, type TargetRoles } from "../../roles.ts";

export interface Check {
  what: string;
  expected: string;
  actual: string;
  ok: boolean;
}

/** Compares what stands on a chain with what was meant to. */
export class Checklist {
  readonly client: PublicClient;
  readonly checks: Check[] = [];

  constructor(client: PublicClient) {
    this.client = client;
  }

  add(what: string, expected: unknown, actual: unknown): void {
    const [left, right] = [String(expected), String(actual)];
    this.checks.push({ what, expected: left, actual: right, ok: left === right });
  }

  /** Addresses in any order. */
  addList(what: string, expected: Iterable<Address>, actual: Iterable<Address> | undefined): void {
    const text = (members: Iterable<Address> | undefined): string => [...(members ?? [])].sort().join(", ") || "nobody";
    this.add(what, text(expected), text(actual));
  }

  /** Addresses that a contract fixes at its construction lie in its code; most have no getter, to keep the code small. */
  async addHeld(
    holder: string,
    address: Address,
    held: readonly (readonly [what: string, at: Address])[],
  ): Promise<void> {
    const code = (await this.client.getCode({ address }))?.toLowerCase() ?? "";
    for (const [what, expected] of held) {
      const isHeld = code.includes(expected.slice(2).toLowerCase());
      this.add(`${holder} holds ${what}`, expected, isHeld ? expected : "another");
    }
  }

  /** Who may call the functions of `target`, and whether it is open at all. */
  async addRoles(name: string, accessManager: Address, target: Address, roles: TargetRoles): Promise<void> {
    const manager = { address: accessManager, abi: accessManagerAbi } as const;
    for (const role of ["governance", "guardian"] as const) {
      for (const signature of roles[role]) {
        const holder = await this.client.readContract({
          ...manager,
          functionName: "getTargetFunctionRole",
          args: [target, toFunctionSelector(signature)],
        });
        this.add(`role for ${name}.${/^function (\w+)/.exec(signature)?.[1]}`, Role[role], holder);
      }
    }
    const isClosed = await this.client.readContract({ ...manager, functionName: "isTargetClosed", args: [target] });
    this.add(`${name} closed by the AccessManager`, false, isClosed);
  }
}
