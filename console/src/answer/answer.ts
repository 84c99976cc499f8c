// A growing answer as plain data, and the one function by which it grows. Knows nothing of requests or of the page.

import type { AnswerEvent } from "../api/chat";
import type { AnswerExtension, Author, Channel, Usage, Work } from "../api/documents";
import type { Trouble } from "../api/client";

/** Text by one author in one channel, without a break. */
export interface Run {
  channel: Channel;
  author: Author;
  segment: number;
  text: string;
}

/** Seconds from the request at which a piece came, which is a token but for those that end within a character. */
export interface Beat {
  author: Author;
  at: number;
}

export type Status = "waiting" | "writing" | "done" | "stopped" | "failed";

export interface Answer {
  status: Status;
  runs: Run[];
  beats: Beat[];
  /** Seconds from the request to now, or to the end. */
  seconds: number;
  finishReason: string | null;
  extension: AnswerExtension | null;
  usage: Usage | null;
  trouble: Trouble | null;
  message: string | null;
  retryAfterSeconds: number | null;
}

const NOTHING: Answer = {
  status: "waiting",
  runs: [],
  beats: [],
  seconds: 0,
  finishReason: null,
  extension: null,
  usage: null,
  trouble: null,
  message: null,
  retryAfterSeconds: null,
};

export function empty(): Answer {
  return { ...NOTHING, runs: [], beats: [] };
}

/** The answer after an event. Runs and beats are added to in place: answers have tens of thousands of them. */
export function grown(answer: Answer, event: AnswerEvent, at: number): Answer {
  switch (event.kind) {
    case "piece": {
      const { author, channel, segment, text } = event;
      extend(answer.runs, { author, channel, segment, text });
      answer.beats.push({ author, at });
      return { ...answer, status: "writing", seconds: at };
    }
    case "end":
      return { ...answer, status: "done", finishReason: event.finishReason, extension: event.extension, seconds: at };
    case "usage":
      return { ...answer, usage: event.usage };
  }
}

export function extend(runs: Run[], run: Run): void {
  const last = runs.at(-1);
  if (last && last.segment === run.segment && last.channel === run.channel && last.author === run.author) {
    runs[runs.length - 1] = { ...last, text: last.text + run.text };
  } else {
    runs.push(run);
  }
}

export function textOf(runs: Run[], channel: Channel): string {
  return runs
    .filter((run) => run.channel === channel)
    .map((run) => run.text)
    .join("");
}

/** Times in which each model worked, in seconds: as the server measured them, or else as the pieces came. */
export interface Stretch {
  author: Author;
  kind: Work["kind"];
  start: number;
  end: number;
}

export function stretchesOf(answer: Answer): Stretch[] {
  const { extension } = answer;
  if (extension?.work?.length) {
    return extension.work.map(({ author, kind, start_ms, end_ms }) => ({
      author,
      kind,
      start: start_ms / 1000,
      end: end_ms / 1000,
    }));
  }
  if (extension) {
    return extension.segments
      .filter((segment) => segment.tokens > 0)
      .map(({ author, start_ms, end_ms }) => ({ author, kind: "decode", start: start_ms / 1000, end: end_ms / 1000 }));
  }
  return stretchesOfBeats(answer.beats);
}

/** Beats of one author after another are one stretch, which begins where the other's last one ended. */
export function stretchesOfBeats(beats: Beat[]): Stretch[] {
  const stretches: Stretch[] = [];
  let before = beats[0]?.at ?? 0;
  for (const { author, at } of beats) {
    const last = stretches.at(-1);
    if (last?.author === author) last.end = at;
    else stretches.push({ author, kind: "decode", start: before, end: at });
    before = at;
  }
  return stretches;
}
