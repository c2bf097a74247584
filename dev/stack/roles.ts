import { type DevAccount, devAccount } from "./accounts.ts";

/** Which of the chain's funded accounts does what; 1 to 6 are the seeded market's traders. */
const INDEXES = { you: 0, keeper: 7, governance: 8, guardian: 9 } as const;

export type Role = keyof typeof INDEXES;

export const ROLES = Object.keys(INDEXES) as Role[];

export function roleAccount(role: Role): DevAccount {
  return devAccount(INDEXES[role]);
}
