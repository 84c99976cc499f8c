import type { Answer } from "./answer";
import { answerSeconds, countersOf } from "./counters";
import { count, duration, percent, rate } from "../text/numbers";

/** What the answer cost so far, and what it spares against the large model alone. */
export function CountersView({ answer, largeRate }: { answer: Answer; largeRate: number | null }) {
  const { tokens, offloaded, rate: rates, savedTokens, savedSeconds, discarded } = countersOf(answer, largeRate);
  const queued = answer.extension?.timings.queued_ms ?? 0;
  const saves = savedSeconds !== null && savedSeconds >= 0;
  return (
    <dl class="counters" aria-label="Counters">
      <Counter name="offloaded" title="Share of the tokens that the large model wrote">
        {offloaded === null ? "—" : percent(offloaded)}
      </Counter>
      <Counter name="small model" kind="small" title="Tokens a second while it writes" note={`${count(tokens.small)} tokens`}>
        {rates.small === null ? "—" : `${rate(rates.small)} tok/s`}
      </Counter>
      <Counter
        name="large model"
        kind="large"
        title="Tokens a second while it writes"
        note={`${count(tokens.large)} tokens${discarded ? `, ${count(discarded)} discarded` : ""}`}
      >
        {rates.large === null ? "—" : `${rate(rates.large)} tok/s`}
      </Counter>
      <Counter name="large tokens saved" title="Against the large model alone, which would have written all of them">
        {tokens.small + tokens.large === 0 ? "—" : count(savedTokens)}
      </Counter>
      <Counter
        name={saves || savedSeconds === null ? "time saved" : "time lost"}
        title="Against the large model alone at the rate that it writes with here: an estimate"
      >
        {savedSeconds === null ? "—" : `≈ ${duration(Math.abs(savedSeconds))}`}
      </Counter>
      <Counter name="time" title="From the request" note={queued >= 50 ? `${duration(queued / 1000)} queued` : ""}>
        {duration(answerSeconds(answer))}
      </Counter>
    </dl>
  );
}

interface CounterProps {
  name: string;
  kind?: string;
  title: string;
  note?: string;
  children: string;
}

function Counter({ name, kind = "", title, note = "", children }: CounterProps) {
  return (
    <div class={`counter ${kind}`} title={title}>
      <dt>{name}</dt>
      <dd>
        {children}
        {note && <small>{note}</small>}
      </dd>
    </div>
  );
}
