// A recorded answer (docs/json.md) as the answer that the page shows.

import { type Answer, empty, extend } from "../answer/answer";
import type { Author, Channel, Message } from "../api/documents";

export interface TraceDocument {
  id: string;
  model?: string;
  question?: string;
  messages?: Message[];
  segments: { author: Author; text: string; tokens: number; start: number; end: number }[];
  usage: { small_tokens: number; large_tokens: number; discarded_tokens: number; offload_ratio: number };
  finish_reason: string;
  degraded: boolean;
  degraded_because: string | null;
  seconds: number;
  pair?: { tags?: { open: string; close: string } };
}

export interface TraceRow {
  id: string;
  created: string;
  model: string;
  question: string;
  answer: string | null;
  offload_ratio: number;
  seconds: number;
  small_tokens: number;
  large_tokens: number;
  degraded: boolean;
}

const END_OF_THINKING = "</think>";

export function questionOf(trace: TraceDocument): string {
  return trace.messages?.filter((message) => message.role === "user").at(-1)?.content ?? trace.question ?? "";
}

export function answerOf(trace: TraceDocument): Answer {
  const { usage, seconds } = trace;
  const answer = empty();
  const tags = [trace.pair?.tags?.open ?? "", trace.pair?.tags?.close ?? "", "<think>"].filter((tag) => tag !== "");
  let channel: Channel = trace.segments.some(({ text }) => text.includes(END_OF_THINKING)) ? "reasoning" : "content";
  trace.segments.forEach(({ author, text }, segment) => {
    let rest = tags.reduce((left, tag) => left.replaceAll(tag, ""), text);
    const end = rest.indexOf(END_OF_THINKING);
    if (channel === "reasoning" && end >= 0) {
      if (end > 0) extend(answer.runs, { channel, author, segment, text: rest.slice(0, end) });
      rest = rest.slice(end + END_OF_THINKING.length);
      channel = "content";
    }
    if (rest !== "") extend(answer.runs, { channel, author, segment, text: rest });
  });
  return {
    ...answer,
    status: "done",
    seconds,
    finishReason: trace.finish_reason,
    extension: {
      offload_ratio: usage.offload_ratio,
      finish_reason: trace.finish_reason,
      degraded: trace.degraded,
      ...(trace.degraded_because ? { degraded_because: trace.degraded_because } : {}),
      segments: trace.segments.map(({ author, text, tokens, start, end }) => ({
        author,
        text,
        tokens,
        start_ms: start * 1000,
        end_ms: end * 1000,
      })),
      timings: { queued_ms: 0, first_token_ms: null, total_ms: seconds * 1000 },
    },
    usage: {
      prompt_tokens: 0,
      completion_tokens: usage.small_tokens + usage.large_tokens,
      prompt_tokens_details: { cached_tokens: 0 },
      completion_tokens_details: { reasoning_tokens: 0, ...usage },
    },
  };
}
