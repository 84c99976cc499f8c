import type { ReadonlySignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { duration } from "../text/numbers";
import { Prose } from "../text/Prose";
import { Timeline } from "../timeline/Timeline";
import { type Answer, stretchesOf, textOf } from "./answer";
import { answerSeconds } from "./counters";
import { CountersView } from "./CountersView";
import { Troubled } from "./Troubled";

/** An answer as it grows and as it stands: counters, reasoning, answer, timeline. */
export function AnswerView({
  answer,
  largeRate,
  onRetry,
  children,
}: {
  answer: ReadonlySignal<Answer>;
  largeRate?: number | null;
  onRetry?: (() => void) | undefined;
  children?: ComponentChildren;
}) {
  const now = answer.value;
  const reasoning = now.runs.filter((run) => run.channel === "reasoning");
  const content = now.runs.filter((run) => run.channel === "content");
  const writing = now.status === "waiting" || now.status === "writing";
  return (
    <div class={`answer ${now.status}`} aria-busy={writing}>
      <CountersView answer={now} largeRate={largeRate ?? null} />
      {now.extension?.degraded && (
        <p class="notice warning" role="status">
          <strong>Degraded:</strong> the large model failed, and the small one went on alone.
          {now.extension.degraded_because && <span class="reason"> {now.extension.degraded_because}</span>}
        </p>
      )}
      {now.status === "waiting" && <Waiting seconds={now.seconds} />}
      {reasoning.length > 0 && (
        <details class="reasoning" open>
          <summary>{writing && content.length === 0 ? "Reasoning …" : "Reasoning"}</summary>
          <Prose parts={reasoning} label="Reasoning" />
        </details>
      )}
      {content.length > 0 && (
        <section class="content" aria-label="Answer">
          <Prose parts={withoutAnswerTags(content)} label="Answer text" />
        </section>
      )}
      {/* Read out when it is there, and not letter by letter. */}
      <p class="visually-hidden" aria-live="polite">
        {announcement(now)}
      </p>
      <EndNote answer={now} />
      {now.trouble && (
        <Troubled trouble={now.trouble} message={now.message} retryAfterSeconds={now.retryAfterSeconds} onRetry={onRetry} />
      )}
      {now.beats.length + (now.extension?.segments.length ?? 0) > 0 && (
        <Timeline stretches={stretchesOf(now)} seconds={answerSeconds(now)} />
      )}
      {children}
    </div>
  );
}

function Waiting({ seconds }: { seconds: number }) {
  return (
    <p class="waiting">
      <span class="pulse" aria-hidden="true" />
      {seconds < 1 ? "Asking …" : `Waiting for the first token, ${duration(seconds)} …`}
    </p>
  );
}

const ENDS: Record<string, string> = {
  length: "The answer was cut: its tokens are used up.",
  timeout: "The answer was cut: its time is used up.",
  cancelled: "The answer was cancelled.",
};

function EndNote({ answer }: { answer: Answer }) {
  const note = answer.status === "stopped" ? "Stopped." : ENDS[answer.extension?.finish_reason ?? ""];
  return note ? <p class="notice">{note}</p> : null;
}

/** Where a model puts its answer into tags, the heading says so already. */
function withoutAnswerTags(content: Answer["runs"]): Answer["runs"] {
  return content.map((run) => ({ ...run, text: run.text.replace(/^\s*<\/?answer>\s*$/gm, "").replace(/<\/?answer>/g, "") }));
}

function announcement(answer: Answer): string {
  switch (answer.status) {
    case "waiting":
      return "";
    case "writing":
      return "The models are writing.";
    case "stopped":
      return "Stopped.";
    case "failed":
      return "The answer failed.";
    case "done":
      return `Answer: ${textOf(answer.runs, "content").replace(/<\/?answer>/g, "").trim()}`;
  }
}
