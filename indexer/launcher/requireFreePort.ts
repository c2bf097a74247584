import { once } from "node:events";
import { createServer } from "node:net";

/** Throws a clear error when `port` is taken: Ponder would move on to the next one and tell nobody. */
export async function requireFreePort(host: string, port: number): Promise<void> {
  const server = createServer();
  try {
    server.listen(port, host);
    await once(server, "listening");
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`Port ${port} of ${host} cannot be used: ${reason}. Set PORT to another.`);
  }
  server.close();
  await once(server, "close");
}
