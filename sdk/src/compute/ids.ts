import { type Address, getAddress, type Hex, numberToHex } from "viem";

import { COLLECTION_KINDS, type CollectionKind } from "./constants.ts";

/** What a provision's id says. */
export interface ProvisionIdParts {
  readonly provider: Address;
  /** Counted from 1. */
  readonly index: number;
}

/** What a collection's id says. */
export interface CollectionIdParts extends ProvisionIdParts {
  readonly kind: CollectionKind;
  /** 0 to 2^56 − 1, the payer's to number. */
  readonly period: bigint;
}

const MAX_UINT32 = 0xffff_ffff;
const MAX_UINT56 = (1n << 56n) - 1n;
const BELOW_INDEX = (1n << 64n) - 1n;

const KIND_NAMES = Object.fromEntries(
  Object.entries(COLLECTION_KINDS).map(([name, number]) => [number, name]),
) as Readonly<Record<number, CollectionKind | undefined>>;

/**
 * The id of a provision: provider 160 | index 32 | 0 64.
 * @throws RangeError when the index is not 1 to 2^32 − 1.
 */
export function packProvisionId({ provider, index }: ProvisionIdParts): bigint {
  if (!Number.isInteger(index) || index < 1 || index > MAX_UINT32) {
    throw new RangeError(`Provision index ${index} is outside 1 to 2^32 - 1.`);
  }
  return (BigInt(getAddress(provider)) << 96n) | (BigInt(index) << 64n);
}

/**
 * Provider (checksummed) and index of a provision's id.
 * @throws RangeError when the id names no provision.
 */
export function unpackProvisionId(id: bigint): ProvisionIdParts {
  if (id < 0n || id >> 256n !== 0n || (id & BELOW_INDEX) !== 0n) throw new RangeError(`${id} is no provision's id.`);
  const index = Number((id >> 64n) & 0xffff_ffffn);
  if (index === 0) throw new RangeError(`${id} is no provision's id: provisions are counted from 1.`);
  return { provider: getAddress(numberToHex(id >> 96n, { size: 20 })), index };
}

/**
 * The id of a collection: provider 160 | index 32 | kind 8 | period 56.
 * @throws RangeError when index or period do not fit.
 */
export function packCollectionId({ provider, index, kind, period }: CollectionIdParts): Hex {
  if (period < 0n || period > MAX_UINT56) throw new RangeError(`Period ${period} is outside 0 to 2^56 - 1.`);
  const id = packProvisionId({ provider, index }) | (BigInt(COLLECTION_KINDS[kind]) << 56n) | period;
  return numberToHex(id, { size: 32 });
}

/**
 * What a collection's id says.
 * @throws RangeError when the contracts would refuse it as well: index 0, an unknown kind, not 32 bytes.
 */
export function unpackCollectionId(collectionId: Hex): CollectionIdParts {
  if (collectionId.length !== 66) throw new RangeError(`${collectionId} is not 32 bytes.`);
  const id = BigInt(collectionId);
  const kind = KIND_NAMES[Number((id >> 56n) & 0xffn)];
  if (kind === undefined) throw new RangeError(`${collectionId} has an unknown kind.`);
  return { ...unpackProvisionId(id & ~BELOW_INDEX), kind, period: id & MAX_UINT56 };
}
