// Requests to the server that served this page, with the key of this browser session, and what goes wrong with them.

import { signal } from "@preact/signals";
import type { ErrorBody } from "./documents";

export type Trouble =
  | "unreachable" // nobody answers
  | "loading" // 503: the models are not there yet, or not any more
  | "no-key" // 401
  | "busy" // 429: the queue is full, or the key has had its share
  | "missing" // 404
  | "refused" // any other 4xx: the message says why
  | "failed"; // 5xx, or an error within a stream

export class ServerError extends Error {
  constructor(
    readonly trouble: Trouble,
    message: string,
    readonly retryAfterSeconds: number | null = null,
  ) {
    super(message);
  }
}

const KEY = "splitreason-key";

/** The API key, or "". In the session's storage: it goes with the tab, and no other page sees it. */
export const apiKey = signal(sessionStorage.getItem(KEY) ?? "");

export function keepKey(key: string): void {
  apiKey.value = key.trim();
  if (apiKey.value) sessionStorage.setItem(KEY, apiKey.value);
  else sessionStorage.removeItem(KEY);
}

export async function request(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  if (apiKey.value) headers.set("Authorization", `Bearer ${apiKey.value}`);
  let response: Response;
  try {
    response = await fetch(path, { ...init, headers });
  } catch (error) {
    if (isAbort(error)) throw error;
    throw new ServerError("unreachable", "The server does not answer.");
  }
  if (response.ok) return response;
  throw errorOf(response, await response.text().catch(() => ""));
}

export async function json<T>(path: string, init: RequestInit = {}): Promise<T> {
  return (await (await request(path, init)).json()) as T;
}

export function post(body: unknown, signal: AbortSignal): RequestInit {
  return { method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json" }, signal };
}

export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}

/** What an error reply means. Its body is OpenAI's, or Ollama's, whose error is a string. */
export function errorOf(response: { status: number; headers: Headers }, body: string): ServerError {
  const wait = Number(response.headers.get("Retry-After"));
  return new ServerError(troubleOf(response.status), messageOf(body) ?? `HTTP status ${response.status}`, wait > 0 ? wait : null);
}

function troubleOf(status: number): Trouble {
  switch (status) {
    case 401:
      return "no-key";
    case 404:
      return "missing";
    case 429:
      return "busy";
    case 503:
      return "loading";
    default:
      return status < 500 ? "refused" : "failed";
  }
}

function messageOf(body: string): string | null {
  try {
    const { error } = JSON.parse(body) as { error?: ErrorBody | string };
    return (typeof error === "string" ? error : error?.message) ?? null;
  } catch {
    return null;
  }
}
