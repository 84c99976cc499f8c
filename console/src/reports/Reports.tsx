import { useEffect, useRef, useState } from "preact/hooks";
import { Troubled } from "../answer/Troubled";
import { apiKey, json, request, type ServerError } from "../api/client";
import { serverState } from "../api/server";
import { asServerError } from "../traces/Traces";

interface ReportRow {
  name: string;
  title: string;
  created: string;
}

/** Reports of eval runs, opened in place. */
export function Reports({ name }: { name: string | null }) {
  return name === null ? <List /> : <One key={name} name={name} />;
}

function List() {
  const [rows, setRows] = useState<ReportRow[] | null>(null);
  const [error, setError] = useState<ServerError | null>(null);
  const read = async () => {
    try {
      setRows((await json<{ reports: ReportRow[] }>("/api/reports")).reports);
      setError(null);
    } catch (caught) {
      setError(asServerError(caught));
    }
  };
  useEffect(() => void read(), [apiKey.value, serverState.value]);
  const none = error?.trouble === "missing" || rows?.length === 0;
  return (
    <div class="page">
      <header>
        <h1>Reports</h1>
        <p>Runs of splitreason eval: accuracy against cost.</p>
      </header>
      {none && (
        <div class="nothing">
          <h2>No reports</h2>
          <p>This server shows none. A run makes one:</p>
          <pre>./splitreason eval --policies small,learned,large --output runs/chain</pre>
        </div>
      )}
      {error && !none && <Troubled trouble={error.trouble} message={error.message} onRetry={() => void read()} />}
      {rows && rows.length > 0 && (
        <ul class="traces">
          {rows.map((row) => (
            <li key={row.name}>
              <a href={`/reports/${encodeURIComponent(row.name)}`}>
                <span class="asked-for">{row.title}</span>
                <span class="facts">
                  {row.name}
                  <time dateTime={row.created}>{new Date(row.created).toLocaleString()}</time>
                </span>
              </a>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/**
 * A report in a frame of its own. It is read with the key, which a frame could not send, and put into an empty page
 * whose policy allows the report's own styles; the frame's sandbox runs no script.
 */
function One({ name }: { name: string }) {
  const frame = useRef<HTMLIFrameElement>(null);
  const [html, setHtml] = useState<string | null>(null);
  const [error, setError] = useState<ServerError | null>(null);
  const read = async () => {
    try {
      setHtml(await (await request(`/api/reports/${encodeURIComponent(name)}`)).text());
      setError(null);
    } catch (caught) {
      setError(asServerError(caught));
    }
  };
  useEffect(() => void read(), [apiKey.value]);
  const show = () => {
    const page = frame.current?.contentDocument;
    if (!page || html === null) return;
    const report = new DOMParser().parseFromString(html, "text/html");
    page.replaceChild(page.adoptNode(report.documentElement), page.documentElement);
  };
  return (
    <div class="page">
      <h1 class="visually-hidden">Report {name}</h1>
      <a class="back" href="/reports">
        ← Reports
      </a>
      {error && <Troubled trouble={error.trouble} message={error.message} onRetry={() => void read()} />}
      {html !== null && <iframe class="report" title={`Report ${name}`} sandbox="allow-same-origin" src="/report.html" ref={frame} onLoad={show} />}
    </div>
  );
}
