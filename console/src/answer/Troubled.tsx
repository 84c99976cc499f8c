import { useEffect, useState } from "preact/hooks";
import type { Trouble } from "../api/client";
import { openKeyDialog } from "../shell/dialogs";

const TITLES: Record<Trouble, string> = {
  unreachable: "No server",
  loading: "The models are not there yet",
  "no-key": "This server wants a key",
  busy: "The queue is full",
  missing: "Not found",
  refused: "The server refused this",
  failed: "The server failed",
};

interface Props {
  trouble: Trouble;
  message: string | null;
  retryAfterSeconds?: number | null;
  onRetry?: (() => void) | undefined;
}

/** What went wrong, in words, and the way out of it. */
export function Troubled({ trouble, message, retryAfterSeconds = null, onRetry }: Props) {
  const [wait, setWait] = useState(retryAfterSeconds ?? 0);
  useEffect(() => {
    if (wait <= 0) return;
    const timer = setTimeout(() => setWait(wait - 1), 1000);
    return () => clearTimeout(timer);
  }, [wait]);
  return (
    <div class="notice trouble" role="alert" data-trouble={trouble}>
      <p>
        <strong>{TITLES[trouble]}.</strong> {message}
      </p>
      <div class="row">
        {trouble === "no-key" && (
          <button type="button" onClick={openKeyDialog}>
            Enter a key
          </button>
        )}
        {onRetry && (
          <button type="button" disabled={wait > 0} onClick={onRetry}>
            {wait > 0 ? `Try again in ${wait} s` : "Try again"}
          </button>
        )}
      </div>
    </div>
  );
}
