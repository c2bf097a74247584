import { type Market, marketBounds, markets } from "../parameters.ts";
import type { ParameterFile } from "./ParameterFile.ts";

const FIELDS = Object.keys(marketBounds) as (keyof Market)[];

/**
 * The markets with what a network's file says otherwise, field by field.
 * @throws Error for an unknown market or field, and for a number that the contracts would refuse
 */
export function readMarkets(file: ParameterFile, section: string): Record<string, Market> {
  const read: Record<string, Market> = { ...markets };
  for (const [symbol, value] of file.fields(section)) {
    if (symbol === "flashFee") continue;
    const market = markets[symbol];
    if (market === undefined) throw file.error(`${section} knows no market ${symbol}`);
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      throw file.error(`${section}.${symbol} is no market`);
    }
    const changed = { ...market };
    for (const [name, number] of Object.entries(value)) {
      const field = FIELDS.find((known) => known === name);
      if (field === undefined) throw file.error(`${section}.${symbol} has no ${name}`);
      changed[field] = file.asCount(`${section}.${symbol}.${field}`, number, marketBounds[field]);
    }
    read[symbol] = changed;
  }
  for (const [symbol, market] of Object.entries(read)) {
    if (market.collateralFactor > market.threshold) {
      throw file.error(`${section}.${symbol}.collateralFactor is above its threshold of ${market.threshold}`);
    }
    if (market.borrowCap > market.supplyCap) {
      throw file.error(`${section}.${symbol}.borrowCap is above its supplyCap of ${market.supplyCap}`);
    }
  }
  return read;
}
