import {
  getNamedType,
  GraphQLError,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type DocumentNode,
  type SelectionSetNode,
  type FieldNode,
  type GraphQLField,
} from "graphql";
import type { Plugin } from "graphql-yoga";

/** Arguments that say how many items a field's lists have. */
const SIZE_ARGUMENTS = ["first", "depth", "limit", "maxOrders", "steps"];

type Variables = Readonly<Record<string, unknown>>;

/** Refuses operations that could answer with more than `most` fields, lists counted at the length asked for. */
export function costLimit(most: number): Plugin {
  const check = (args: {
    schema: GraphQLSchema;
    document: DocumentNode;
    operationName?: string | null;
    variableValues?: unknown;
  }) => {
    const cost = costOf(args.schema, args.document, args.operationName, (args.variableValues ?? {}) as Variables);
    if (cost > most) throw new GraphQLError(`The query could answer with ${cost} fields; at most ${most} are allowed.`);
  };
  return {
    onExecute: ({ args }) => check(args),
    onSubscribe: ({ args }) => check(args),
  };
}

/** How many fields an operation's answer could have. The document must have been validated. */
export function costOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null | undefined,
  variables: Variables,
): number {
  const operation = document.definitions.find(
    (node): node is OperationDefinitionNode =>
      node.kind === Kind.OPERATION_DEFINITION && (!operationName || node.name?.value === operationName),
  );
  const root = operation === undefined ? undefined : schema.getRootType(operation.operation);
  if (operation === undefined || !root) return 0;
  const fragments = new Map(
    document.definitions
      .filter((node): node is FragmentDefinitionNode => node.kind === Kind.FRAGMENT_DEFINITION)
      .map((node) => [node.name.value, node]),
  );

  const costOfSet = (set: SelectionSetNode, type: GraphQLObjectType, size: number): number =>
    set.selections.reduce((sum, node) => {
      if (node.kind === Kind.FIELD) return sum + costOfField(node, type, size);
      const inner = node.kind === Kind.INLINE_FRAGMENT ? node : fragments.get(node.name.value);
      return inner === undefined ? sum : sum + costOfSet(inner.selectionSet, type, size);
    }, 0);

  const costOfField = (node: FieldNode, type: GraphQLObjectType, inherited: number): number => {
    const field = type.getFields()[node.name.value];
    if (field === undefined) return 1;
    // A page's size is asked of the page and holds for the list inside it.
    const size = sizeOf(node, field, variables) ?? inherited;
    const inner = getNamedType(field.type);
    if (node.selectionSet === undefined || !isObjectType(inner)) return 1;
    return (
      1 + (isList(field) ? size * costOfSet(node.selectionSet, inner, 1) : costOfSet(node.selectionSet, inner, size))
    );
  };

  return costOfSet(operation.selectionSet, root, 1);
}

function sizeOf(node: FieldNode, field: GraphQLField<unknown, unknown>, variables: Variables): number | undefined {
  const definition = field.args.find(({ name }) => SIZE_ARGUMENTS.includes(name));
  if (definition === undefined) return undefined;
  const given = node.arguments?.find(({ name }) => name.value === definition.name)?.value;
  const value =
    given?.kind === Kind.INT
      ? Number(given.value)
      : given?.kind === Kind.VARIABLE
        ? (variables[given.name.value] ?? definition.defaultValue)
        : definition.defaultValue;
  return typeof value === "number" ? Math.max(value, 0) : 1;
}

function isList({ type }: GraphQLField<unknown, unknown>): boolean {
  return isListType(isNonNullType(type) ? type.ofType : type);
}
