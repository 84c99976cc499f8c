import { useEffect, useRef } from "preact/hooks";
import { signal } from "@preact/signals";
import { pair } from "../shell/preferences";
import { askNext, stopAll, writing } from "./conversation";

export const draft = signal("");

/** Where a question is written; while an answer is under way, where it is stopped. */
export function Composer() {
  const area = useRef<HTMLTextAreaElement>(null);
  const ready = pair.value !== null;
  useEffect(() => area.current?.focus({ preventScroll: true }), []);
  useEffect(() => {
    const element = area.current;
    if (!element) return;
    element.style.height = "auto";
    element.style.height = `${Math.min(element.scrollHeight + 2, innerHeight / 3)}px`;
  }, [draft.value]);
  const send = () => {
    const text = draft.value.trim();
    if (text === "" || !ready || writing.value) return;
    draft.value = "";
    askNext(text);
  };
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <label class="visually-hidden" for="question">
        Question
      </label>
      <textarea
        id="question"
        ref={area}
        rows={1}
        placeholder={ready ? "Ask the pair …" : "Waiting for the server …"}
        value={draft.value}
        onInput={(event) => (draft.value = event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
            event.preventDefault();
            send();
          }
        }}
      />
      {writing.value ? (
        <button type="button" class="primary stop" onClick={stopAll}>
          Stop
        </button>
      ) : (
        <button type="submit" class="primary" disabled={!ready || draft.value.trim() === ""}>
          Ask
        </button>
      )}
    </form>
  );
}
