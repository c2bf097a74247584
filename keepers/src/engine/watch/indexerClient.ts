import type { Logger } from "pino";
import type { z } from "zod";

import type { Metrics } from "../observe/metrics.ts";

/** GraphQL over several indexers: the one that answered last is asked first, the others stand in. */
export interface IndexerClient {
  /** Throws when none of the endpoints gives a valid answer. */
  query<T>(document: string, variables: Readonly<Record<string, unknown>>, schema: z.ZodType<T>): Promise<T>;
}

/** What an indexer client needs. */
export interface IndexerClientOptions {
  readonly urls: readonly string[];
  readonly timeoutMs: number;
  readonly metrics: Metrics;
  readonly log: Logger;
}

export function indexerClient({ urls, timeoutMs, metrics, log }: IndexerClientOptions): IndexerClient {
  let preferred = 0;

  async function ask<T>(url: string, body: string, schema: z.ZodType<T>): Promise<T> {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    const { data, errors } = (await response.json()) as { data?: unknown; errors?: readonly { message?: string }[] };
    if (errors !== undefined && errors.length > 0) throw new Error(errors[0]?.message ?? "GraphQL error");
    return schema.parse(data);
  }

  return {
    async query(document, variables, schema) {
      const body = JSON.stringify({ query: document, variables });
      let failure: unknown = new Error("no indexer endpoint is configured");
      for (const endpoint of [...urls.slice(preferred), ...urls.slice(0, preferred)]) {
        try {
          const answer = await ask(endpoint, body, schema);
          metrics.graphqlUp.set({ endpoint }, 1);
          preferred = urls.indexOf(endpoint);
          return answer;
        } catch (error) {
          failure = error;
          metrics.graphqlUp.set({ endpoint }, 0);
          log.warn(
            { endpoint, reason: error instanceof Error ? error.message : String(error) },
            "indexer did not answer",
          );
        }
      }
      throw failure;
    },
  };
}
