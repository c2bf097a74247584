import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type AddressInfo, type Server } from "node:net";
import { test, type TestContext } from "node:test";

import { choosePorts, isPortFree, SERVICES } from "../stack/ports.ts";
import { freeBase } from "./support.ts";

async function occupy(t: TestContext, port = 0): Promise<number> {
  const server: Server = createServer().listen(port, "127.0.0.1");
  await once(server, "listening");
  t.after(() => server.close());
  return (server.address() as AddressInfo).port;
}

test("a port is free before a server listens on it, and taken while it does", async (t) => {
  const base = await freeBase();
  assert.equal(await isPortFree(base), true);
  await occupy(t, base);
  assert.equal(await isPortFree(base), false);
});

test("a configured base gives consecutive ports", async () => {
  const base = await freeBase();
  assert.deepEqual(await choosePorts(base), {
    chain: base,
    indexer: base + 1,
    keepers: base + 2,
    ethereum: base + 3,
  });
});

test("a taken configured port is named with its service, and nothing else is chosen for it", async (t) => {
  const base = await freeBase();
  await occupy(t, base + 1);
  await assert.rejects(choosePorts(base), {
    message: new RegExp(`^Port ${base + 1} \\(indexer\\) on 127.0.0.1 is taken`),
  });
});

test("the ports of the last start are taken again where they are free, and replaced where not", async (t) => {
  const base = await freeBase();
  await occupy(t, base + 1);
  const ports = await choosePorts(undefined, { chain: base, indexer: base + 1, keepers: base + 2 });
  assert.equal(ports.chain, base);
  assert.equal(ports.keepers, base + 2);
  assert.notEqual(ports.indexer, base + 1);
});

test("free ports are all different, also when the last start wanted one twice", async () => {
  const base = await freeBase();
  const ports = Object.values(await choosePorts(undefined, { chain: base, indexer: base, keepers: base }));
  assert.equal(new Set(ports).size, SERVICES.length);
});
