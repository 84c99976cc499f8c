// Drives one answer: asks, lets it grow, and can be stopped. The page reads the signal.

import { type Signal, signal } from "@preact/signals";
import { ask, type Question } from "../api/chat";
import { isAbort, ServerError } from "../api/client";
import { look } from "../api/server";
import { type Answer, empty, grown } from "./answer";

export interface Asking {
  readonly question: Question;
  readonly answer: Signal<Answer>;
  stop(): void;
  /** Resolves when the answer has ended, whatever way. */
  readonly ended: Promise<Answer>;
}

export function start(question: Question): Asking {
  const answer = signal<Answer>(empty());
  const abort = new AbortController();
  return { question, answer, stop: () => abort.abort(), ended: run(question, answer, abort.signal) };
}

async function run(question: Question, shown: Signal<Answer>, aborted: AbortSignal): Promise<Answer> {
  const began = performance.now();
  const at = () => (performance.now() - began) / 1000;
  let answer = shown.value;
  // Tokens may come faster than pictures; a hidden page draws none, and a clock ticks while no token comes.
  let frame = 0;
  const publish = () => {
    frame = 0;
    shown.value = answer;
  };
  const clock = setInterval(() => {
    answer = { ...answer, seconds: at() };
    publish();
  }, 100);
  try {
    for await (const event of ask(question, aborted)) {
      answer = grown(answer, event, at());
      frame ||= requestAnimationFrame(publish);
    }
  } catch (error) {
    answer = { ...answer, seconds: at(), ...endOf(error, aborted) };
    if (answer.trouble) void look();
  }
  clearInterval(clock);
  cancelAnimationFrame(frame);
  publish();
  return answer;
}

function endOf(error: unknown, aborted: AbortSignal): Partial<Answer> {
  if (aborted.aborted || isAbort(error)) return { status: "stopped" };
  const known = error instanceof ServerError ? error : new ServerError("failed", String(error));
  return {
    status: "failed",
    trouble: known.trouble,
    message: known.message,
    retryAfterSeconds: known.retryAfterSeconds,
  };
}
