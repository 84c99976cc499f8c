import { useEffect, useRef } from "preact/hooks";
import { AnswerView } from "../answer/AnswerView";
import { pairs } from "../api/server";
import { Dial } from "../dial/Dial";
import { AS_CONFIGURED, labelOf } from "../dial/offload";
import { onEscape } from "../shell/keyboard";
import { chosenPair, offload, pair } from "../shell/preferences";
import { count } from "../text/numbers";
import { Composer } from "./Composer";
import { canContinue, clear, continues, isWriting, largeRate, retry, stopAll, type Turn, turns, writing } from "./conversation";
import { Welcome } from "./Welcome";
import { Actions } from "./Actions";

/** The conversation, and beside it the dial. */
export function Ask() {
  useEffect(() => onEscape(stopAll), []);
  return (
    <div class="ask">
      <h1 class="visually-hidden">Ask</h1>
      <section class="conversation" aria-label="Conversation">
        {turns.value.length === 0 ? <Welcome /> : turns.value.map((turn) => <TurnView key={turn.id} turn={turn} />)}
        <Composer />
      </section>
      <Side />
    </div>
  );
}

function TurnView({ turn }: { turn: Turn }) {
  const element = useRef<HTMLElement>(null);
  useEffect(() => element.current?.scrollIntoView({ block: "start", behavior: "smooth" }), []);
  const { question, answer } = turn.asking;
  const again = () => retry(turn);
  return (
    <article class="turn" ref={element} aria-label={`Question: ${turn.text}`}>
      <p class="question">{turn.text}</p>
      <p class="asked">
        {question.model} · {labelOf(question.offload)}
      </p>
      <AnswerView answer={answer} largeRate={largeRate(question.model)} onRetry={again}>
        {!isWriting(turn.asking) && <Actions turn={turn} onRetry={again} />}
      </AnswerView>
    </article>
  );
}

function Side() {
  const wide = matchMedia("(min-width: 1000px)").matches;
  return (
    <aside class="side" aria-label="How to answer">
      <details class="panel" open={wide}>
        <summary>
          <span>The dial</span>
          <span class="hint">{labelOf(offload.value)}</span>
        </summary>
        <PairChoice />
        <Dial value={offload.value} onChange={(value) => (offload.value = value)} />
        <div class="row between">
          <button type="button" class="quiet" onClick={() => (offload.value = AS_CONFIGURED)}>
            As configured
          </button>
          {turns.value.length > 0 && (
            <button type="button" class="quiet" onClick={clear}>
              New conversation
            </button>
          )}
        </div>
        {canContinue.value && (
          <label class="check">
            <input
              type="checkbox"
              checked={continues.value}
              disabled={writing.value}
              onChange={(event) => (continues.value = event.currentTarget.checked)}
            />
            Questions go on with the conversation
          </label>
        )}
      </details>
    </aside>
  );
}

function PairChoice() {
  const known = pairs();
  const models = pair.value?.splitreason;
  return (
    <div class="field">
      <label for="pair">Pair</label>
      <select id="pair" value={pair.value?.id ?? ""} disabled={known.length < 2} onChange={(event) => (chosenPair.value = event.currentTarget.value)}>
        {known.length === 0 && <option value="">none yet</option>}
        {known.map((model) => (
          <option key={model.id}>{model.id}</option>
        ))}
      </select>
      {models?.small && models.large && (
        <dl class="models">
          <div class="small">
            <dt>small</dt>
            <dd>
              {models.small.name}
              {models.small.parameters > 0 && <small>{size(models.small.parameters)}</small>}
            </dd>
          </div>
          <div class="large">
            <dt>large</dt>
            <dd>
              {models.large.name}
              {models.large.parameters > 0 && <small>{size(models.large.parameters)}</small>}
            </dd>
          </div>
        </dl>
      )}
    </div>
  );
}

function size(parameters: number): string {
  if (parameters >= 1e9) return `${(parameters / 1e9).toFixed(1)} B weights`;
  if (parameters >= 1e6) return `${(parameters / 1e6).toFixed(0)} M weights`;
  return `${count(parameters)} weights`;
}
