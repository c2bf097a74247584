import { serve } from "@hono/node-server";

import { loadAccount } from "./config/loadAccount.ts";
import { loadDeployment } from "./config/loadDeployment.ts";
import type { Settings } from "./config/settings.ts";
import { createApp } from "./engine/observe/app.ts";
import { createLogger } from "./engine/observe/logger.ts";
import { openAccess } from "./openAccess.ts";
import { openHome } from "./openHome.ts";
import { openSister } from "./openSister.ts";

/** Runs a keeper process until SIGTERM or SIGINT has drained it. @throws ConfigError for wrong settings */
export async function runKeeper(settings: Settings): Promise<void> {
  const log = createLogger(settings.logLevel);
  const deployment = loadDeployment(settings.deployment);
  const account = await loadAccount(settings);
  const recipient = settings.recipient ?? account.address;
  const { rpcUrls, privateRpcUrl } = settings;
  const { chainId } = deployment;
  const access = await openAccess({ settings, rpcUrls, privateRpcUrl, chainId, setting: "--rpc (RPC_URLS)" });
  const home = await openHome({ settings, deployment, account, recipient, access, log });
  const sister = settings.bots.includes("oracle")
    ? await openSister({ settings, deployment, account, recipient, home: access, log })
    : undefined;
  const engines = sister === undefined ? [home] : [home, sister];

  const server = serve(
    { fetch: createApp({ ...home, sister }).fetch, hostname: settings.host, port: settings.port },
    (info) =>
      log.info({ port: info.port, signer: account.address, bots: settings.bots, dryRun: settings.dryRun }, "listening"),
  );
  server.on("error", (error: NodeJS.ErrnoException) => {
    const taken = error.code === "EADDRINUSE";
    const reason = taken ? `Port ${settings.port} is taken: choose another with --port (KEEPER_PORT).` : error.message;
    process.stderr.write(`${reason}\n`);
    process.exit(taken ? 2 : 1);
  });
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => {
      log.info({ signal }, "draining");
      for (const { engine } of engines) engine.drain();
    });
  }
  await Promise.all(engines.map(({ engine }) => engine.run()));
  server.close();
  await Promise.all(engines.map(({ store }) => store.close()));
  log.info("stopped");
}
