import { maxAliasesPlugin } from "@escape.tech/graphql-armor-max-aliases";
import { maxDepthPlugin } from "@escape.tech/graphql-armor-max-depth";
import { maxTokensPlugin } from "@escape.tech/graphql-armor-max-tokens";
import { createSchema, createYoga } from "graphql-yoga";

import { accountResolvers, fieldResolvers } from "./accounts.ts";
import { costLimit } from "./costLimit.ts";
import { lendFieldResolvers, lendResolvers } from "./lend.ts";
import { lendTypeDefs } from "./lendSchema.ts";
import { marketResolvers } from "./market.ts";
import { oracleFieldResolvers, oracleResolvers } from "./oracle.ts";
import { pairResolvers } from "./pairs.ts";
import { AddressScalar, BigIntScalar } from "./scalars.ts";
import { typeDefs } from "./schema.ts";
import { subscriptionResolvers } from "./subscriptions.ts";

export const MAX_DEPTH = 8;
export const MAX_ALIASES = 15;
export const MAX_TOKENS = 1_000;
export const MAX_COST = 10_000;

/** The traders' GraphQL: queries by POST or GET, subscriptions as server-sent events. */
export const yoga = createYoga({
  graphqlEndpoint: "/api/graphql",
  schema: createSchema({
    typeDefs: [typeDefs, lendTypeDefs],
    resolvers: {
      BigInt: BigIntScalar,
      Address: AddressScalar,
      Query: { ...accountResolvers, ...marketResolvers, ...pairResolvers, ...lendResolvers, ...oracleResolvers },
      Subscription: subscriptionResolvers,
      ...fieldResolvers,
      ...lendFieldResolvers,
      ...oracleFieldResolvers,
      Account: { ...fieldResolvers.Account, ...lendFieldResolvers.Account },
    },
  }),
  // Node's own classes: yoga's stand-ins lose headers that are set from outside, and a reader who leaves a stream of
  // theirs, once it is wrapped, ends the process with an uncaught error.
  fetchAPI: { Request, Response, Headers, ReadableStream, TextEncoder, TextDecoder, URL, URLSearchParams },
  // The whole app answers for origins.
  cors: false,
  landingPage: false,
  logging: false,
  plugins: [
    maxTokensPlugin({ n: MAX_TOKENS }),
    maxDepthPlugin({ n: MAX_DEPTH, ignoreIntrospection: true }),
    maxAliasesPlugin({ n: MAX_ALIASES, allowList: [] }),
    costLimit(MAX_COST),
  ],
});
