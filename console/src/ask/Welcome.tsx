import { serverState } from "../api/server";
import { Troubled } from "../answer/Troubled";
import { pair } from "../shell/preferences";
import { draft } from "./Composer";

const CHAIN = [
  "Start with 37. Multiply by 48. Add 29. Subtract 85. Multiply by 12. Give the last two digits.",
  "Start with 36. Subtract 57. Multiply by 64. Add 60. Multiply by 25. Add 35. Give the last two digits.",
];

const ANY = [
  "How many positive integers below 1000 are divisible by neither 2 nor 5?",
  "A bag has 5 red and 7 blue balls. Two are drawn without replacement. What is the probability that both are red?",
];

/** What there is to see before the first question. */
export function Welcome() {
  const state = serverState.value;
  const examples = pair.value?.id === "chain" ? CHAIN : ANY;
  return (
    <div class="welcome">
      <h2>
        A <em class="small">small model</em> writes. A <em class="large">large one</em> takes the hard spans.
      </h2>
      <p>Ask, and watch both of them work on one answer.</p>
      {state === "unreachable" && <Troubled trouble="unreachable" message="Is it running? This page goes on by itself when it is back." />}
      {state === "loading" && <Troubled trouble="loading" message="This page goes on by itself when they are." />}
      {state === "no-key" && <Troubled trouble="no-key" message="Whoever runs it can give you one." />}
      {state === "failed" && <Troubled trouble="failed" message="Its log says why." />}
      {state === "ready" && (
        <ul class="examples" aria-label="Examples">
          {examples.map((example) => (
            <li key={example}>
              <button
                type="button"
                onClick={() => {
                  draft.value = example;
                  document.getElementById("question")?.focus();
                }}
              >
                {example}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
