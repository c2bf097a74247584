import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

interface RpcError {
  readonly code: number;
  readonly message: string;
}

interface Request {
  readonly id: unknown;
  readonly method: string;
  readonly params: readonly unknown[];
}

/** A node in front of a node, that can be made ill. */
export interface RpcProxy {
  readonly url: string;
  /** Answers a method itself. */
  answer(method: string, result: unknown): void;
  /** Fails a method with an error of its own. */
  fail(method: string, error: RpcError): void;
  /** Fails a method while its parameters are so. */
  failWhen(method: string, isBad: (params: readonly unknown[]) => boolean): void;
  /** Hands a method on, and then never answers. */
  hangAfter(method: string): void;
  /** While it says true for the running number of a request, that request gets HTTP 503. */
  refuseWhen(refuses: (request: number) => boolean): void;
  /** How often a method was asked for. */
  count(method: string): number;
  stop(): Promise<void>;
}

/** Listens on a port of the system's choice. */
export async function rpcProxy(target: string): Promise<RpcProxy> {
  const answers = new Map<string, unknown>();
  const failures = new Map<string, RpcError>();
  const refusals = new Map<string, (params: readonly unknown[]) => boolean>();
  const hanging = new Set<string>();
  const counts = new Map<string, number>();
  let refuses: (request: number) => boolean = () => false;
  let requests = 0;

  async function forward(request: Request): Promise<unknown> {
    counts.set(request.method, (counts.get(request.method) ?? 0) + 1);
    const reply = { jsonrpc: "2.0", id: request.id };
    if (answers.has(request.method)) return { ...reply, result: answers.get(request.method) };
    if (failures.has(request.method)) return { ...reply, error: failures.get(request.method) };
    if (refusals.get(request.method)?.(request.params) === true) {
      return { ...reply, error: { code: -32005, message: "query returns too much" } };
    }
    const response = await fetch(target, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(request),
    });
    return response.json();
  }

  const server = createServer((incoming, outgoing) => {
    void (async () => {
      const body = JSON.parse(await read(incoming)) as Request | readonly Request[];
      if (refuses(requests++)) {
        outgoing.writeHead(503).end();
        return;
      }
      const batch = Array.isArray(body) ? (body as readonly Request[]) : [body as Request];
      const replies = await Promise.all(batch.map(forward));
      if (batch.some(({ method }) => hanging.has(method))) return;
      outgoing.writeHead(200, { "content-type": "application/json" });
      outgoing.end(JSON.stringify(Array.isArray(body) ? replies : replies[0]));
    })().catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answer: (method, result) => void answers.set(method, result),
    fail: (method, error) => void failures.set(method, error),
    failWhen: (method, isBad) => void refusals.set(method, isBad),
    hangAfter: (method) => void hanging.add(method),
    refuseWhen(when) {
      refuses = when;
    },
    count: (method) => counts.get(method) ?? 0,
    stop() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

async function read(incoming: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of incoming) text += String(chunk);
  return text;
}
