import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { type Asking, start } from "../answer/asking";
import { answerSeconds, countersOf } from "../answer/counters";
import { Troubled } from "../answer/Troubled";
import type { Offload } from "../api/documents";
import { finalAnswer } from "../compare/Compare";
import { AS_CONFIGURED } from "../dial/offload";
import { onEscape } from "../shell/keyboard";
import { pair } from "../shell/preferences";
import { duration, percent, signed } from "../text/numbers";
import { pathOf, roundAbove, scale } from "./curve";

type Swept = "bias" | "cap";

const VALUES: Record<Swept, number[]> = {
  bias: [-6, -4, -3, -2, -1, 0, 1, 2, 3, 4, 6],
  cap: [0, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 1],
};

const question = signal("");
const chosen = signal<Swept>("bias");
const swept = signal<Swept>("bias");
const steps = signal<{ value: number; asking: Asking }[]>([]);
const reference = signal<Asking | null>(null);
const running = signal(false);

let round = 0;

function stop(): void {
  round++;
  running.value = false;
  reference.value?.stop();
  for (const { asking } of steps.value) asking.stop();
}

/** One answer after another, so that their times can be compared; first the large model's, which they are held against. */
async function sweep(): Promise<void> {
  const model = pair.value?.id;
  const text = question.value.trim();
  if (!model || text === "") return;
  stop();
  const own = round;
  const ask = (offload: Partial<Offload>) =>
    start({ model, messages: [{ role: "user", content: text }], offload: { ...AS_CONFIGURED, ...offload } });
  swept.value = chosen.value;
  running.value = true;
  steps.value = [];
  reference.value = ask({ policy: "large" });
  let last = await reference.value.ended;
  for (const value of VALUES[swept.value]) {
    if (own !== round || last.status !== "done") break;
    const asking = ask({ policy: "learned", ...(swept.value === "bias" ? { bias: value } : { max_ratio: value }) });
    steps.value = [...steps.value, { value, asking }];
    last = await asking.ended;
  }
  if (own === round) running.value = false;
}

/** The same question all along the dial. */
export function Sweep() {
  useEffect(() => onEscape(stop), []);
  const all = [reference.value, ...steps.value.map((step) => step.asking)];
  const failed = all.find((asking) => asking?.answer.value.trouble)?.answer.value;
  return (
    <div class="page">
      <header>
        <h1>Sweep</h1>
        <p>One question all along the dial: what each setting costs, and from where on the answer is that of the large model alone.</p>
      </header>
      <form
        class="ask-bar"
        onSubmit={(event) => {
          event.preventDefault();
          void sweep();
        }}
      >
        <textarea
          aria-label="Question to sweep"
          rows={2}
          placeholder="Ask along the dial …"
          value={question.value}
          onInput={(event) => (question.value = event.currentTarget.value)}
        />
        <select aria-label="What is swept" value={chosen.value} onChange={(event) => (chosen.value = event.currentTarget.value as Swept)}>
          <option value="bias">offload bias</option>
          <option value="cap">cap</option>
        </select>
        {running.value ? (
          <button type="button" class="primary stop" onClick={stop}>
            Stop
          </button>
        ) : (
          <button type="submit" class="primary" disabled={!pair.value || question.value.trim() === ""}>
            Sweep
          </button>
        )}
      </form>
      {failed?.trouble && <Troubled trouble={failed.trouble} message={failed.message} onRetry={() => void sweep()} />}
      {steps.value.length > 0 && (
        <>
          <Curve />
          <Rows />
        </>
      )}
      {steps.value.length === 0 && !running.value && !failed && (
        <div class="nothing">
          <h2>No sweep yet</h2>
          <p>The curve grows here, an answer a point.</p>
        </div>
      )}
    </div>
  );
}

interface Measured {
  value: number;
  share: number;
  seconds: number;
  answer: string;
  agrees: boolean;
}

function measured(): Measured[] {
  const large = reference.value ? finalAnswer(reference.value.answer.value) : "";
  return steps.value
    .filter(({ asking }) => asking.answer.value.status === "done")
    .map(({ value, asking }) => {
      const answer = finalAnswer(asking.answer.value);
      const share = countersOf(asking.answer.value).offloaded ?? 0;
      return { value, share, seconds: answerSeconds(asking.answer.value), answer, agrees: answer === large };
    });
}

const named = (value: number) => (swept.value === "bias" ? signed(value) : percent(value));

const WIDTH = 720;
const HEIGHT = 300;
const LEFT = 56;
const BOTTOM = 44;

function Curve() {
  const points = measured();
  const values = VALUES[swept.value];
  const top = roundAbove(points.map((point) => point.share));
  const x = scale([0, values.length - 1], [LEFT + 12, WIDTH - 20]);
  const y = scale([0, top], [HEIGHT - BOTTOM, 16]);
  const at = (point: Measured) => ({ x: x(values.indexOf(point.value)), y: y(point.share) });
  return (
    <figure class="panel curve">
      <figcaption class="row between">
        <span>Share offloaded</span>
        <span class="legend" aria-hidden="true">
          <span class="dot agrees">as the large model alone</span>
          <span class="dot">another answer</span>
        </span>
      </figcaption>
      <div class="scroll" tabIndex={0} role="region" aria-label="Curve">
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={points.map((point) => `${named(point.value)}: ${percent(point.share)}`).join(", ")}>
          {[0, 0.25, 0.5, 0.75, 1].map((part) => (
            <g key={part}>
              <line class="grid" x1={LEFT} x2={WIDTH} y1={y(part * top)} y2={y(part * top)} />
              <text x={LEFT - 8} y={y(part * top)} text-anchor="end" dominant-baseline="central">
                {percent(part * top)}
              </text>
            </g>
          ))}
          {values.map((value, i) => (
            <text key={value} x={x(i)} y={HEIGHT - BOTTOM + 20} text-anchor="middle">
              {named(value)}
            </text>
          ))}
          <text x={(LEFT + WIDTH) / 2} y={HEIGHT - 4} text-anchor="middle">
            {swept.value === "bias" ? "offload bias" : "cap on the large model’s share"}
          </text>
          <path d={pathOf(points.map(at))} />
          {points.map((point) => (
            <circle key={point.value} class={point.agrees ? "agrees" : ""} cx={at(point).x} cy={at(point).y} r={5} />
          ))}
        </svg>
      </div>
    </figure>
  );
}

function Rows() {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Answers along the dial">
      <table class="costs">
        <thead>
          <tr>
            {[swept.value === "bias" ? "Bias" : "Cap", "Answer", "Offloaded", "Time"].map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {measured().map((point) => (
            <tr key={point.value}>
              <th scope="row">{named(point.value)}</th>
              <td>{point.agrees ? point.answer : <mark>{point.answer}</mark>}</td>
              <td>{percent(point.share)}</td>
              <td>{duration(point.seconds)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
