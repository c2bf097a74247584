/** A subscription over server-sent events. */
export interface Stream<T> {
  /** The next `data` of the subscription, or an error after `timeout` ms. */
  readonly next: (timeout?: number) => Promise<T>;
  readonly close: () => void;
}

/** Opens a subscription at a graphql-yoga endpoint. */
export async function subscribe<T>(url: string, query: string): Promise<Stream<T>> {
  const controller = new AbortController();
  const response = await fetch(`${url}?query=${encodeURIComponent(query)}`, {
    headers: { accept: "text/event-stream" },
    signal: controller.signal,
  });
  if (response.body === null || response.status !== 200) throw new Error(`Subscription refused: ${response.status}`);
  const events = readEvents<T>(response.body);
  return {
    next: async (timeout = 10_000) => {
      const timer = setTimeout(() => controller.abort(), timeout);
      const { value, done } = await events.next();
      clearTimeout(timer);
      if (done === true) throw new Error("The stream ended");
      return value;
    },
    close: () => controller.abort(),
  };
}

async function* readEvents<T>(body: ReadableStream<Uint8Array>): AsyncGenerator<T, void, void> {
  let text = "";
  const decoder = new TextDecoder();
  const reader = body.getReader();
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    text += decoder.decode(chunk.value, { stream: true });
    const events = text.split("\n\n");
    text = events.pop() ?? "";
    for (const event of events) {
      const data = /^data: ?(.*)$/m.exec(event)?.[1];
      if (!/^event: ?next$/m.test(event) || data === undefined) continue;
      const { data: answer, errors } = JSON.parse(data) as { data: T; errors?: unknown };
      if (errors !== undefined) throw new Error(JSON.stringify(errors));
      yield answer;
    }
  }
}
