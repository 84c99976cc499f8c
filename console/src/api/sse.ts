// Server-sent events (HTML standard, section 9.2.6) out of a body that comes in arbitrary cuts.

/** Gives the data of each event; what the stream breaks off within is dropped, as the standard says. */
export class EventParser {
  private readonly decoder = new TextDecoder();
  private rest = "";
  private data: string[] = [];

  feed(bytes: Uint8Array): string[] {
    this.rest += this.decoder.decode(bytes, { stream: true });
    const events: string[] = [];
    for (;;) {
      const line = /^([^\r\n]*)(\r\n|\n|\r(?!$))/.exec(this.rest);
      if (!line) return events;
      this.rest = this.rest.slice(line[0].length);
      const text = line[1] ?? "";
      if (text === "") {
        if (this.data.length > 0) events.push(this.data.join("\n"));
        this.data = [];
      } else if (text.startsWith("data:")) {
        this.data.push(text.slice(text.startsWith("data: ") ? 6 : 5));
      }
    }
  }
}

export async function* eventsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader();
  const parser = new EventParser();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield* parser.feed(value);
    }
  } finally {
    // Whoever stops reading stops the answer: the server sees the connection go.
    void reader.cancel().catch(() => undefined);
  }
}
