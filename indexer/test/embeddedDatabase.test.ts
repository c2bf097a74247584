import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";

import { embeddedDatabase } from "../launcher/embeddedDatabase.ts";
import { requireFreePort } from "../launcher/requireFreePort.ts";
import { freePort } from "./support/freePort.ts";

test("an unfinished backfill is thrown away, a finished one is kept", () => {
  const folder = path.join(mkdtempSync(path.join(tmpdir(), "embedded-")), "dex");
  const database = embeddedDatabase(folder);
  const row = path.join(database.data, "row");
  const write = (): void => {
    mkdirSync(database.data, { recursive: true });
    writeFileSync(row, "");
  };

  database.open();
  write();
  database.open();
  assert.equal(existsSync(row), false, "cut off before it was complete");

  write();
  database.markComplete();
  database.open();
  assert.equal(existsSync(row), true, "complete");

  database.open();
  assert.equal(existsSync(row), false, "cut off while catching up");
});

test("a taken port is named", async () => {
  const port = await freePort();
  const server = createServer().listen(port, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  await assert.rejects(
    requireFreePort("127.0.0.1", port),
    new RegExp(`Port ${port} of 127\\.0\\.0\\.1 cannot be used`),
  );
  server.close();
  await new Promise((resolve) => server.once("close", resolve));
  await requireFreePort("127.0.0.1", port);
});
