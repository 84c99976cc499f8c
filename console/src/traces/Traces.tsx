import { signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { type Answer, empty } from "../answer/answer";
import { AnswerView } from "../answer/AnswerView";
import { Troubled } from "../answer/Troubled";
import { apiKey, json, request, ServerError } from "../api/client";
import { pairs, serverState } from "../api/server";
import { Exports } from "../picture/Exports";
import { go } from "../shell/router";
import { count, duration, percent } from "../text/numbers";
import { answerOf, questionOf, type TraceDocument, type TraceRow } from "./trace";

const A_PAGE = 50;

/** What the server keeps of earlier answers, if it was told to. */
export function Traces({ id }: { id: string | null }) {
  return id === null ? <List /> : <One key={id} id={id} />;
}

function List() {
  const [query, setQuery] = useState("");
  const [model, setModel] = useState("");
  const [rows, setRows] = useState<TraceRow[] | null>(null);
  const [next, setNext] = useState<string | null>(null);
  const [error, setError] = useState<ServerError | null>(null);
  const read = async (before: string | null, current: () => boolean) => {
    const parameters = new URLSearchParams({ limit: String(A_PAGE) });
    if (query) parameters.set("query", query);
    if (model) parameters.set("model", model);
    if (before !== null) parameters.set("before", before);
    try {
      const page = await json<{ traces: TraceRow[]; next: string | null }>(`/api/traces?${parameters}`);
      if (!current()) return;
      setRows((old) => (before === null ? page.traces : [...(old ?? []), ...page.traces]));
      setNext(page.next);
      setError(null);
    } catch (caught) {
      if (current()) setError(asServerError(caught));
    }
  };
  useEffect(() => {
    let current = true;
    const timer = setTimeout(() => void read(null, () => current), query ? 200 : 0);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [query, model, apiKey.value, serverState.value]);
  const off = error?.trouble === "missing";
  return (
    <div class="page">
      <header>
        <h1>Traces</h1>
        <p>Earlier answers, as the server kept them.</p>
      </header>
      {off && (
        <div class="nothing">
          <h2>No history is kept</h2>
          <p>This server was not told to keep its answers. They can be exported where they stand, on the page Ask.</p>
        </div>
      )}
      {!off && (
        <form class="filters row" role="search" onSubmit={(event) => event.preventDefault()}>
          <input
            type="search"
            aria-label="Search questions and answers"
            placeholder="Search questions and answers …"
            value={query}
            onInput={(event) => setQuery(event.currentTarget.value)}
          />
          <select aria-label="Pair" value={model} onChange={(event) => setModel(event.currentTarget.value)}>
            <option value="">All pairs</option>
            {pairs().map((pair) => (
              <option key={pair.id}>{pair.id}</option>
            ))}
          </select>
        </form>
      )}
      {error && !off && <Troubled trouble={error.trouble} message={error.message} onRetry={() => void read(null, () => true)} />}
      {!off && rows?.length === 0 && (
        <div class="nothing">
          <h2>{query || model ? "Nothing found" : "No answers yet"}</h2>
          <p>{query || model ? "No answer that is kept has this." : "The next one will be here."}</p>
        </div>
      )}
      {!off && rows && rows.length > 0 && <Rows rows={rows} />}
      {!off && next !== null && (
        <button type="button" onClick={() => void read(next, () => true)}>
          Show older ones
        </button>
      )}
    </div>
  );
}

function Rows({ rows }: { rows: TraceRow[] }) {
  return (
    <ul class="traces">
      {rows.map((row) => (
        <li key={row.id}>
          <a href={`/traces/${encodeURIComponent(row.id)}`}>
            <span class="asked-for">{row.question}</span>
            <span class="answered">{row.answer ?? "—"}</span>
            <span class="facts">
              {row.model} · {percent(row.offload_ratio)} offloaded · {count(row.small_tokens + row.large_tokens)} tokens · {duration(row.seconds)}
              {row.degraded && <strong>degraded</strong>}
              <time dateTime={row.created}>{new Date(row.created).toLocaleString()}</time>
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}

function One({ id }: { id: string }) {
  const [trace, setTrace] = useState<TraceDocument | null>(null);
  const [error, setError] = useState<ServerError | null>(null);
  const [answer] = useState(() => signal<Answer>(empty()));
  const path = `/api/traces/${encodeURIComponent(id)}`;
  const read = async () => {
    try {
      const found = await json<TraceDocument>(path);
      answer.value = answerOf(found);
      setTrace(found);
      setError(null);
    } catch (caught) {
      setError(asServerError(caught));
    }
  };
  useEffect(() => void read(), [apiKey.value, serverState.value]);
  const remove = async () => {
    if (!confirm("Delete this answer from the server?")) return;
    try {
      await request(path, { method: "DELETE" });
      go("/traces");
    } catch (caught) {
      setError(asServerError(caught));
    }
  };
  return (
    <div class="page narrow">
      <h1 class="visually-hidden">Trace</h1>
      <a class="back" href="/traces">
        ← Traces
      </a>
      {error && <Troubled trouble={error.trouble} message={error.message} onRetry={() => void read()} />}
      {trace && (
        <article class="turn">
          <p class="question">{questionOf(trace)}</p>
          {trace.model && <p class="asked">{trace.model}</p>}
          <AnswerView answer={answer}>
            <div class="actions row">
              <Exports name={`trace-${id}`} question={questionOf(trace)} answer={answer.value} document={trace} />
              <button type="button" class="quiet" onClick={() => void navigator.clipboard?.writeText(location.href)}>
                Copy link
              </button>
              <button type="button" class="quiet" onClick={() => void remove()}>
                Delete
              </button>
            </div>
          </AnswerView>
        </article>
      )}
    </div>
  );
}

export function asServerError(error: unknown): ServerError {
  return error instanceof ServerError ? error : new ServerError("failed", String(error));
}
