import assert from "node:assert/strict";
import { test } from "node:test";

import { buildSchema, parse } from "graphql";

import { costOf } from "../src/api/graphql/costLimit.ts";

const schema = buildSchema(`
  type Item { id: ID other(first: Int = 10): Page }
  type Page { items: [Item!]! endCursor: String }
  type Query { page(first: Int = 50): Page! item: Item list(limit: Int = 3): [Item!]! }
`);

function cost(query: string, variables: Record<string, unknown> = {}): number {
  return costOf(schema, parse(query), null, variables);
}

test("a list costs its length times what it holds, by argument, default or variable", () => {
  assert.equal(cost("{ item { id } }"), 2);
  assert.equal(cost("{ list { id } }"), 1 + 3);
  assert.equal(cost("{ page { endCursor items { id } } }"), 1 + 1 + 1 + 50);
  assert.equal(cost("{ page(first: 7) { items { id } } }"), 1 + 1 + 7);
  assert.equal(cost("query ($n: Int) { page(first: $n) { items { id } } }", { n: 200 }), 1 + 1 + 200);
  assert.equal(cost("query ($n: Int) { page(first: $n) { items { id } } }"), 1 + 1 + 50);
});

test("nested lists multiply, and fragments hide nothing", () => {
  const nested = 1 + 1 + 5 * (1 + 1 + 10);
  assert.equal(cost("{ page(first: 5) { items { other { items { id } } } } }"), nested);
  const spread =
    "{ page(first: 5) { ...p } } fragment p on Page { items { ...i } } fragment i on Item { other { items { id } } }";
  assert.equal(cost(spread), nested);
  assert.equal(cost("{ a: page(first: 5) { ... { items { id } } } b: page(first: 5) { items { id } } }"), 14);
});
