import { Hono } from "hono";
import { client, graphql } from "ponder";
import { db } from "ponder:api";
import schema from "ponder:schema";

import { MAX_ALIASES, MAX_TOKENS, yoga } from "./graphql/server.ts";
import { health } from "./http/health.ts";
import { metadata } from "./http/metadata.ts";
import { restrictOrigins } from "./http/origins.ts";
import { settings } from "./scope.ts";

/** Enough for the introspection that GraphiQL sends; the rows' own queries cannot nest. */
const ROWS_MAX_DEPTH = 15;

const app = new Hono();

app.use("*", restrictOrigins(settings.corsOrigins));
app.all("/api/graphql", (c) => yoga.fetch(c.req.raw, {}));
app.use(
  "/graphql",
  graphql(
    { db, schema },
    { maxOperationTokens: MAX_TOKENS, maxOperationDepth: ROWS_MAX_DEPTH, maxOperationAliases: MAX_ALIASES },
  ),
);
app.use("/sql/*", client({ db, schema }));
app.get("/metadata/:file", metadata);
app.get("/healthz", health);

export default app;
