import { look, serverState, type ServerState } from "../api/server";
import { apiKey } from "../api/client";
import { Ask } from "../ask/Ask";
import { Compare } from "../compare/Compare";
import { Reports } from "../reports/Reports";
import { Sweep } from "../sweep/Sweep";
import { Traces } from "../traces/Traces";
import { Dialogs, openHelp, openKeyDialog } from "./dialogs";
import { type Page, pathOf, place } from "./router";
import { type Theme, theme } from "./preferences";

const PAGES: [Page, string][] = [
  ["ask", "Ask"],
  ["compare", "Compare"],
  ["sweep", "Sweep"],
  ["traces", "Traces"],
  ["reports", "Reports"],
];

const STATES: Record<ServerState, string> = {
  connecting: "Connecting",
  ready: "Ready",
  loading: "Loading models",
  unreachable: "No server",
  "no-key": "Key needed",
  failed: "Server failed",
};

const NEXT_THEME: Record<Theme, Theme> = { system: "light", light: "dark", dark: "system" };

export function Shell() {
  const state = serverState.value;
  return (
    <>
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <header class="bar">
        <a class="mark" href="/" aria-label="SplitReason, ask">
          <svg viewBox="0 0 32 32" width="24" height="24" aria-hidden="true">
            <rect class="small" x="3" y="8" width="26" height="6" rx="3" />
            <rect class="large" x="13" y="18" width="11" height="6" rx="3" />
          </svg>
          <span>SplitReason</span>
        </a>
        <nav aria-label="Pages">
          {PAGES.map(([page, name]) => (
            <a key={page} href={pathOf(page)} aria-current={place.value.page === page ? "page" : undefined}>
              {name}
            </a>
          ))}
        </nav>
        <div class="tools">
          <button type="button" class={`state ${state}`} onClick={state === "no-key" ? openKeyDialog : () => void look()}>
            <span class="dot" aria-hidden="true" />
            <span role="status">{STATES[state]}</span>
          </button>
          <button
            type="button"
            class="icon"
            aria-label={`Colours: ${theme.value}`}
            title={`Colours: ${theme.value}`}
            onClick={() => (theme.value = NEXT_THEME[theme.value])}
          >
            {theme.value === "dark" ? "☾" : theme.value === "light" ? "☀" : "◐"}
          </button>
          {(apiKey.value || state === "no-key") && (
            <button type="button" class="icon" aria-label="API key" title="API key" onClick={openKeyDialog}>
              ⚿
            </button>
          )}
          <button type="button" class="icon help" aria-label="Keyboard" title="Keyboard" onClick={openHelp}>
            ?
          </button>
        </div>
      </header>
      <main id="main">
        <Content />
      </main>
      <Dialogs />
    </>
  );
}

function Content() {
  const { page, name } = place.value;
  switch (page) {
    case "ask":
      return <Ask />;
    case "compare":
      return <Compare />;
    case "sweep":
      return <Sweep />;
    case "traces":
      return <Traces id={name} />;
    case "reports":
      return <Reports name={name} />;
  }
}
