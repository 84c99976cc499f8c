import { useId } from "preact/hooks";
import type { Offload } from "../api/documents";
import { percent, signed } from "../text/numbers";
import { type PolicyName, POLICIES, policyOf, takesBias, takesCap, withPolicy } from "./offload";

const MOST_BIAS = 6;

/** Policy, bias and cap of an answer. */
export function Dial({ value, onChange }: { value: Offload; onChange: (value: Offload) => void }) {
  const id = useId();
  const { name, parameter } = policyOf(value);
  const policy = POLICIES.find((known) => known.name === name);
  return (
    <div class="dial">
      <div class="field">
        <label for={`${id}policy`}>Policy</label>
        <div class="row">
          <select
            id={`${id}policy`}
            value={name}
            onChange={(event) => onChange(withPolicy(value, event.currentTarget.value as PolicyName))}
          >
            {POLICIES.map((known) => (
              <option key={known.name} value={known.name}>
                {known.label}
              </option>
            ))}
          </select>
          {policy?.parameter && (
            <input
              class="parameter"
              type="number"
              aria-label={name === "random" ? "Probability of a token by the large model" : "Entropy in nats"}
              min={0}
              max={policy.parameter.most}
              step={policy.parameter.step}
              value={parameter ?? policy.parameter.usual}
              onChange={(event) => {
                const number = event.currentTarget.valueAsNumber;
                if (Number.isFinite(number)) onChange(withPolicy(value, name, number));
              }}
            />
          )}
        </div>
      </div>
      <Slider
        id={`${id}bias`}
        label="Offload bias"
        disabled={!takesBias(name)}
        value={value.bias ?? 0}
        min={-MOST_BIAS}
        max={MOST_BIAS}
        step={0.5}
        shown={value.bias === null ? "as configured" : signed(value.bias)}
        ends={["cheaper", "more accurate"]}
        onChange={(bias) => onChange({ ...value, bias })}
      />
      <Slider
        id={`${id}cap`}
        label="Cap on its share"
        disabled={!takesCap(name)}
        value={value.max_ratio ?? 1}
        min={0}
        max={1}
        step={0.01}
        shown={value.max_ratio === null ? "as configured" : percent(value.max_ratio)}
        ends={["none", "all"]}
        onChange={(max_ratio) => onChange({ ...value, max_ratio })}
      />
      <label class="check">
        <input
          type="checkbox"
          checked={value.mode !== "sequential"}
          onChange={(event) => onChange({ ...value, mode: event.currentTarget.checked ? null : "sequential" })}
        />
        Pipelined: both work at once
      </label>
    </div>
  );
}

interface SliderProps {
  id: string;
  label: string;
  disabled: boolean;
  value: number;
  min: number;
  max: number;
  step: number;
  shown: string;
  ends: [string, string];
  onChange: (value: number) => void;
}

function Slider({ id, label, disabled, value, min, max, step, shown, ends, onChange }: SliderProps) {
  return (
    <div class="field">
      <div class="row between">
        <label for={id}>{label}</label>
        <output for={id}>{disabled ? "—" : shown}</output>
      </div>
      <input
        id={id}
        type="range"
        min={min}
        max={max}
        step={step}
        value={value}
        disabled={disabled}
        aria-valuetext={shown}
        onInput={(event) => onChange(event.currentTarget.valueAsNumber)}
      />
      <div class="row between ends" aria-hidden="true">
        <span>{ends[0]}</span>
        <span>{ends[1]}</span>
      </div>
    </div>
  );
}
