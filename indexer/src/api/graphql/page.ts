import { GraphQLError } from "graphql";

const MOST_ITEMS = 200;
const SEPARATOR = "_";

export interface PageArguments {
  readonly first: number;
  readonly after?: string | null;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly endCursor: string | null;
  readonly hasNextPage: boolean;
}

/** Checks a list's length. */
export function checkedLimit(limit: number, most = MOST_ITEMS): number {
  if (limit < 1 || limit > most) throw new GraphQLError(`A list has 1 to ${most} items, not ${limit}.`);
  return limit;
}

/** The number that a cursor of `pageOf` begins with, and the text after it. Undefined without a cursor. */
export function readCursor(
  after: string | null | undefined,
): { readonly number: bigint; readonly text: string } | undefined {
  if (after === undefined || after === null) return undefined;
  const [number = "", text = "", ...rest] = after.split(SEPARATOR);
  if (!/^\d{1,78}$/.test(number) || !/^[0-9a-fx-]{0,100}$/.test(text) || rest.length > 0) {
    throw new GraphQLError("The cursor is not one of this list's.");
  }
  return { number: BigInt(number), text };
}

/** A page from one row more than it has room for. */
export function pageOf<T>(
  rows: readonly T[],
  first: number,
  cursorOf: (row: T) => readonly (bigint | number | string)[],
): Page<T> {
  const items = rows.slice(0, first);
  const last = items.at(-1);
  return {
    items,
    endCursor: last === undefined ? null : cursorOf(last).join(SEPARATOR),
    hasNextPage: rows.length > first,
  };
}
