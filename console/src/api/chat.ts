// One chat completion, streamed.

import type { AnswerExtension, Author, Channel, ChatChunk, Message, Offload, Usage } from "./documents";
import { post, request, ServerError } from "./client";
import { eventsOf } from "./sse";

export interface Question {
  model: string;
  messages: Message[];
  offload: Offload;
  seed?: number | null;
  temperature?: number | null;
  maxTokens?: number | null;
}

export type AnswerEvent =
  | { kind: "piece"; channel: Channel; author: Author; segment: number; text: string }
  | { kind: "end"; finishReason: string; extension: AnswerExtension }
  | { kind: "usage"; usage: Usage };

/** The body of the request; what is null is left to the server. */
export function bodyOf(question: Question): Record<string, unknown> {
  const offload = withoutNulls(question.offload);
  return withoutNulls({
    model: question.model,
    messages: question.messages,
    stream: true,
    stream_options: { include_usage: true },
    offload: Object.keys(offload).length > 0 ? offload : null,
    seed: question.seed,
    temperature: question.temperature,
    max_completion_tokens: question.maxTokens,
  });
}

/**
 * The events of an answer. Throws a ServerError for what the server tells, also where the stream breaks off;
 * ends silently where the signal was aborted.
 */
export async function* ask(question: Question, signal: AbortSignal): AsyncGenerator<AnswerEvent> {
  const response = await request("/v1/chat/completions", post(bodyOf(question), signal));
  if (!response.body) throw new ServerError("failed", "The reply has no body.");
  let complete = false;
  try {
    for await (const data of eventsOf(response.body)) {
      if (data === "[DONE]") complete = true;
      else yield* eventsIn(JSON.parse(data) as ChatChunk);
    }
  } catch (error) {
    if (signal.aborted || error instanceof ServerError) throw error;
    throw new ServerError("unreachable", "The connection was lost before the answer was complete.");
  }
  if (!complete) throw new ServerError("unreachable", "The server ended the answer before it was complete.");
}

export function* eventsIn(chunk: ChatChunk): Generator<AnswerEvent> {
  if (chunk.error) throw new ServerError("failed", chunk.error.message);
  const extension = chunk.splitreason;
  const choice = chunk.choices[0];
  if (choice && extension && "author" in extension) {
    const { content, reasoning } = choice.delta;
    const text = content ?? reasoning;
    if (text) {
      const channel = content === undefined ? "reasoning" : "content";
      yield { kind: "piece", channel, author: extension.author, segment: extension.segment, text };
    }
  }
  if (choice?.finish_reason && extension && "offload_ratio" in extension) {
    yield { kind: "end", finishReason: choice.finish_reason, extension };
  }
  if (chunk.usage) yield { kind: "usage", usage: chunk.usage };
}

function withoutNulls(fields: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined));
}
