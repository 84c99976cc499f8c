import { signal } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import type { ComponentChildren } from "preact";
import { apiKey, keepKey } from "../api/client";

const open = signal<"key" | "help" | null>(null);

export const openKeyDialog = () => {
  open.value = "key";
};
export const openHelp = () => {
  open.value = "help";
};

/** The dialogs of the page, of which one may be open. */
export function Dialogs() {
  switch (open.value) {
    case "key":
      return <KeyDialog />;
    case "help":
      return <HelpDialog />;
    case null:
      return null;
  }
}

function Dialog({ title, children }: { title: string; children: ComponentChildren }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} aria-label={title} onClose={() => (open.value = null)}>
      <h2>{title}</h2>
      {children}
    </dialog>
  );
}

function KeyDialog() {
  const [key, setKey] = useState(apiKey.value);
  const keep = (value: string) => {
    keepKey(value);
    open.value = null;
  };
  return (
    <Dialog title="API key">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          keep(key);
        }}
      >
        <p class="hint">Kept until this tab is closed, sent to this server only.</p>
        <label class="field">
          <span>Key</span>
          <input type="password" autocomplete="off" value={key} onInput={(event) => setKey(event.currentTarget.value)} />
        </label>
        <div class="row end">
          {apiKey.value && (
            <button type="button" class="quiet" onClick={() => keep("")}>
              Forget it
            </button>
          )}
          <button type="button" class="quiet" onClick={() => (open.value = null)}>
            Cancel
          </button>
          <button type="submit" class="primary">
            Use this key
          </button>
        </div>
      </form>
    </Dialog>
  );
}

const KEYS: [string, string][] = [
  ["Enter", "send the question"],
  ["Shift Enter", "begin a new line"],
  ["Esc", "stop the answer"],
  ["/", "go to the question"],
  ["Alt 1 … 5", "Ask, Compare, Sweep, Traces, Reports"],
  ["?", "show this"],
];

function HelpDialog() {
  return (
    <Dialog title="Keyboard">
      <dl class="keys">
        {KEYS.map(([key, does]) => (
          <div key={key}>
            <dt>
              {key.split(" ").map((part) => (
                <kbd key={part}>{part}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <div class="row end">
        <button type="button" class="primary" onClick={() => (open.value = null)}>
          Close
        </button>
      </div>
    </Dialog>
  );
}
