import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { type Answer, textOf } from "../answer/answer";
import { AnswerView } from "../answer/AnswerView";
import { type Asking, start } from "../answer/asking";
import { answerSeconds, countersOf } from "../answer/counters";
import type { Offload } from "../api/documents";
import { Dial } from "../dial/Dial";
import { AS_CONFIGURED, labelOf } from "../dial/offload";
import { onEscape } from "../shell/keyboard";
import { pair } from "../shell/preferences";
import { count, duration, percent } from "../text/numbers";
import { differenceOf } from "./diff";

const MOST = 4;

const columns = signal<Offload[]>(["small", "learned", "large"].map((policy) => ({ ...AS_CONFIGURED, policy })));
const question = signal("");
const askings = signal<Asking[]>([]);

function isWriting({ answer }: Asking): boolean {
  return answer.value.status === "waiting" || answer.value.status === "writing";
}

function stop(): void {
  for (const asking of askings.value) asking.stop();
}

function compare(): void {
  const model = pair.value?.id;
  const text = question.value.trim();
  if (!model || text === "") return;
  stop();
  askings.value = columns.value.map((offload) => start({ model, messages: [{ role: "user", content: text }], offload }));
}

/** One question under several policies, side by side. */
export function Compare() {
  useEffect(() => onEscape(stop), []);
  return (
    <div class="page">
      <header>
        <h1>Compare</h1>
        <p>One question under up to four policies. Words that the first answer does not have are marked in the others.</p>
      </header>
      <form
        class="ask-bar"
        onSubmit={(event) => {
          event.preventDefault();
          compare();
        }}
      >
        <textarea
          aria-label="Question to compare"
          rows={2}
          placeholder="Ask all of them …"
          value={question.value}
          onInput={(event) => (question.value = event.currentTarget.value)}
        />
        {askings.value.some(isWriting) ? (
          <button type="button" class="primary stop" onClick={stop}>
            Stop
          </button>
        ) : (
          <button type="submit" class="primary" disabled={!pair.value || question.value.trim() === ""}>
            Compare
          </button>
        )}
      </form>
      {askings.value.length > 0 && <Costs askings={askings.value} />}
      <div class="columns">
        {columns.value.map((offload, i) => (
          <Column key={i} index={i} offload={offload} asking={askings.value[i]} first={askings.value[0]} />
        ))}
        {columns.value.length < MOST && (
          <button type="button" class="add" onClick={() => (columns.value = [...columns.value, AS_CONFIGURED])}>
            Add a policy
          </button>
        )}
      </div>
    </div>
  );
}

interface ColumnProps {
  index: number;
  offload: Offload;
  asking: Asking | undefined;
  first: Asking | undefined;
}

function Column({ index, offload, asking, first }: ColumnProps) {
  const change = (value: Offload) => (columns.value = columns.value.map((old, i) => (i === index ? value : old)));
  const remove = () => {
    askings.value[index]?.stop();
    askings.value = askings.value.filter((_, i) => i !== index);
    columns.value = columns.value.filter((_, i) => i !== index);
  };
  return (
    <section class="panel column" aria-label={`Policy ${index + 1}: ${labelOf(offload)}`}>
      <div class="row between">
        <h2>{labelOf(offload)}</h2>
        {columns.value.length > 1 && (
          <button type="button" class="icon" aria-label={`Take away ${labelOf(offload)}`} onClick={remove}>
            ×
          </button>
        )}
      </div>
      <details>
        <summary>Change</summary>
        <Dial value={offload} onChange={change} />
      </details>
      {asking && (
        <AnswerView answer={asking.answer}>
          {first && first !== asking && <Difference one={first.answer.value} other={asking.answer.value} />}
        </AnswerView>
      )}
    </section>
  );
}

const wholeText = (answer: Answer) => textOf(answer.runs, "reasoning") + textOf(answer.runs, "content");

function Difference({ one, other }: { one: Answer; other: Answer }) {
  if (one.status !== "done" || other.status !== "done") return null;
  const parts = differenceOf(wholeText(one), wholeText(other));
  return (
    <details class="difference" open>
      <summary>{parts.some((part) => part.differs) ? "Against the first" : "The same as the first"}</summary>
      <p class="diff">{parts.map((part, i) => (part.differs ? <mark key={i}>{part.text}</mark> : part.text))}</p>
    </details>
  );
}

function Costs({ askings }: { askings: Asking[] }) {
  const first = askings[0]?.answer.value;
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Costs">
      <table class="costs">
        <thead>
          <tr>
            {["Policy", "Answer", "Offloaded", "Small tokens", "Large tokens", "Time"].map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {askings.map(({ question: asked, answer }, i) => {
            const now = answer.value;
            const { tokens, offloaded, discarded } = countersOf(now);
            const final = finalAnswer(now);
            const differs = now.status === "done" && first?.status === "done" && final !== finalAnswer(first);
            return (
              <tr key={i}>
                <th scope="row">{labelOf(asked.offload)}</th>
                <td>{differs ? <mark>{final}</mark> : final}</td>
                <td>{offloaded === null ? "—" : percent(offloaded)}</td>
                <td>{count(tokens.small)}</td>
                <td>{count(tokens.large + (discarded ?? 0))}</td>
                <td>{duration(answerSeconds(now))}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** What stands in the last box, or else the end of the text. */
export function finalAnswer(answer: Answer): string {
  const text = textOf(answer.runs, "content").replace(/<\/?answer>/g, "").trim();
  const boxed = [...text.matchAll(/\\boxed\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}/g)].at(-1)?.[1];
  const shown = boxed ?? text.split("\n").at(-1) ?? "";
  return shown.length > 60 ? `${shown.slice(0, 59)}…` : shown || "—";
}
