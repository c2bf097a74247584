import { GraphQLError, GraphQLScalarType, Kind } from "graphql";

/** An integer of at most 78 digits, as a string on the wire. */
export const BigIntScalar = new GraphQLScalarType<bigint, string>({
  name: "BigInt",
  serialize: (value) => String(value),
  parseValue: parseInteger,
  parseLiteral: (node) => {
    if (node.kind === Kind.INT || node.kind === Kind.STRING) return parseInteger(node.value);
    throw new GraphQLError("BigInt must be an integer, or a string of digits.");
  },
});

export const AddressScalar = new GraphQLScalarType<string, string>({
  name: "Address",
  serialize: (value) => String(value).toLowerCase(),
  parseValue: parseAddress,
  parseLiteral: (node) => {
    if (node.kind === Kind.STRING) return parseAddress(node.value);
    throw new GraphQLError("Address must be a string.");
  },
});

function parseInteger(value: unknown): bigint {
  if (typeof value === "number" && Number.isSafeInteger(value)) return BigInt(value);
  if (typeof value === "string" && /^\d{1,78}$/.test(value)) return BigInt(value);
  throw new GraphQLError("BigInt must be a string of at most 78 digits.");
}

function parseAddress(value: unknown): string {
  if (typeof value === "string" && /^0x[0-9a-fA-F]{40}$/.test(value)) return value.toLowerCase();
  throw new GraphQLError("Address must be 0x and 40 hexadecimal digits.");
}
