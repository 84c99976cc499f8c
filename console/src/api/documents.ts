// The server's documents, as far as the console reads them (docs/serve.md, docs/json.md).

export type Author = "small" | "large";
export type Channel = "reasoning" | "content";

export interface Segment {
  author: Author;
  text: string;
  tokens: number;
  start_ms: number;
  end_ms: number;
}

/** A time in which a model computed, and what for. */
export interface Work {
  author: Author;
  kind: "prefill" | "score" | "decode";
  start_ms: number;
  end_ms: number;
}

export interface AnswerExtension {
  offload_ratio: number;
  finish_reason: string;
  degraded: boolean;
  degraded_because?: string;
  segments: Segment[];
  work?: Work[];
  timings: { queued_ms: number; first_token_ms: number | null; total_ms: number };
  trace_id?: string;
}

export interface PieceExtension {
  author: Author;
  segment: number;
}

export interface Usage {
  prompt_tokens: number;
  completion_tokens: number;
  prompt_tokens_details: { cached_tokens: number };
  completion_tokens_details: {
    reasoning_tokens: number;
    small_tokens: number;
    large_tokens: number;
    discarded_tokens: number;
  };
}

export interface ChatChunk {
  choices: {
    delta: { content?: string; reasoning?: string };
    finish_reason: string | null;
  }[];
  usage?: Usage;
  splitreason?: PieceExtension | AnswerExtension;
  error?: ErrorBody;
}

export interface ErrorBody {
  message: string;
  type?: string;
  code?: string | null;
}

export interface ModelFields {
  name: string;
  parameters: number;
}

export interface Model {
  id: string;
  splitreason?: {
    ready: boolean;
    conversation?: boolean;
    small?: ModelFields;
    large?: ModelFields;
    offload?: { policy: string; bias: number; max_ratio: number };
  };
}

export interface Message {
  role: "system" | "user" | "assistant";
  content: string;
}

/** How an answer is wanted: the dial. Null leaves what the server's configuration says. */
export interface Offload {
  policy: string | null;
  bias: number | null;
  max_ratio: number | null;
  mode: "pipelined" | "sequential" | null;
}
