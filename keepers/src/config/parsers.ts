import { getAddress, isAddress, parseUnits, type Address } from "viem";
import { z } from "zod";

/** A list with commas between its items; empty items are dropped. */
const items = z.string().transform((text) =>
  text
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== ""),
);

const isHttpUrl = (text: string): boolean => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);

export const httpUrl = z.string().refine(isHttpUrl, "must be an http or https URL");

export const httpUrls = items.pipe(z.array(httpUrl));

export const postgresUrl = z.string().refine((text) => /^postgres(ql)?:\/\/./.test(text), "must be a postgres:// URL");

export const address = z
  .string()
  .refine((text) => isAddress(text, { strict: false }), "must be an address: 0x and 40 hex digits")
  .transform((text): Address => getAddress(text));

export const addresses = items.pipe(z.array(address));

export const flag = z
  .union([z.boolean(), z.enum(["true", "false", "1", "0"], { error: "must be true or false" })])
  .transform((value) => value === true || value === "true" || value === "1");

/** A whole number from `least` to `most`. */
export const whole = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d+$/, "must be a whole number")
    .transform(Number)
    .refine((value) => value >= least && value <= most, `must be from ${least} to ${most}`);

/** A number that is not negative. */
export const positive = z
  .string()
  .regex(/^\d+(\.\d+)?$/, "must be a number such as 20 or 12.5")
  .transform(Number);

/** A decimal amount with `decimals` places, as units. */
export const amount = (decimals: number) =>
  z
    .string()
    .regex(new RegExp(`^\\d+(\\.\\d{1,${decimals}})?$`), `must be a number with at most ${decimals} decimals`)
    .transform((text) => parseUnits(text, decimals));

/** `{"TOKEN": "coin for one whole token"}`, as wei of the coin by symbol or address. */
export const priceMap = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.issues.push({ code: "custom", message: 'must be JSON such as {"USDC":"4.2"}', input: text });
      return z.NEVER;
    }
  })
  .pipe(z.record(z.string(), amount(18), { error: 'must be a JSON object such as {"USDC":"4.2"}' }));

export const list = items;
