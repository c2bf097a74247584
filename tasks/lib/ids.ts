import { TaskError } from "./TaskError.ts";

/** An order's id as decimal or hexadecimal number. */
export function parseId(text: string | undefined): bigint {
  if (text === undefined || !/^(\d+|0x[0-9a-fA-F]{1,64})$/.test(text) || BigInt(text) >> 256n !== 0n) {
    throw new TaskError(`${text === undefined ? "--id is missing" : `"${text}" is no id`}: give an order's number`);
  }
  return BigInt(text);
}

export function parseIds(text: string): bigint[] {
  return text.split(",").map((part) => parseId(part.trim()));
}

/** An option that a task cannot do without. */
export function required(value: string | undefined, name: string): string {
  if (value === undefined || value === "") throw new TaskError(`--${name} is missing`);
  return value;
}
