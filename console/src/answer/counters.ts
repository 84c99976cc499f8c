// What an answer cost and what it spared, from what is known of it so far.

import type { Answer } from "./answer";
import { stretchesOf } from "./answer";
import type { Author } from "../api/documents";

export interface Counters {
  tokens: Record<Author, number>;
  /** Written by the large model in vain; null until it is known. */
  discarded: number | null;
  /** The large model's share, 0 … 1; null before the first token. */
  offloaded: number | null;
  /** Tokens a second of each while it writes; null where it has not written enough to tell. */
  rate: Record<Author, number | null>;
  /** Against the large model alone, which would have written all of it: large-model tokens, … */
  savedTokens: number;
  /** … and seconds at the rate that it writes with here; null where that is not known. */
  savedSeconds: number | null;
}

export function countersOf(answer: Answer, largeRate: number | null = null): Counters {
  const details = answer.usage?.completion_tokens_details;
  const tokens = details
    ? { small: details.small_tokens, large: details.large_tokens }
    : { small: beatsOf(answer, "small"), large: beatsOf(answer, "large") };
  const discarded = details?.discarded_tokens ?? null;
  const total = tokens.small + tokens.large;
  const rate = { small: rateOf(answer, "small", tokens.small), large: rateOf(answer, "large", tokens.large + (discarded ?? 0)) };
  const known = rate.large ?? largeRate;
  return {
    tokens,
    discarded,
    offloaded: total === 0 ? null : tokens.large / total,
    rate,
    savedTokens: Math.max(0, total - tokens.large - (discarded ?? 0)),
    savedSeconds: known && total > 0 ? total / known - answerSeconds(answer) : null,
  };
}

/** Seconds from the answer's beginning, without the time it waited in the queue. */
export function answerSeconds(answer: Answer): number {
  return answer.extension ? answer.extension.timings.total_ms / 1000 : answer.seconds;
}

function beatsOf(answer: Answer, author: Author): number {
  return answer.beats.reduce((count, beat) => count + (beat.author === author ? 1 : 0), 0);
}

function rateOf(answer: Answer, author: Author, tokens: number): number | null {
  const writing = stretchesOf(answer).filter((stretch) => stretch.author === author && stretch.kind === "decode");
  const seconds = writing.reduce((sum, { start, end }) => sum + end - start, 0);
  return tokens >= 2 && seconds > 0 ? tokens / seconds : null;
}
