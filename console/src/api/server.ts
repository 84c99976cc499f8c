// Whether the server is there, and which models it has: asked for now and then, oftener while something is amiss.

import { effect, signal } from "@preact/signals";
import type { Model } from "./documents";
import { apiKey, json, ServerError, type Trouble } from "./client";

export type ServerState = "connecting" | "ready" | Extract<Trouble, "unreachable" | "loading" | "no-key" | "failed">;

export const serverState = signal<ServerState>("connecting");
export const models = signal<Model[]>([]);

const WELL = 10_000;
const AMISS = 1_500;

let timer: ReturnType<typeof setTimeout> | undefined;
let round = 0;

/** Looks at once. Of looks that overlap, the one begun last counts. */
export async function look(): Promise<void> {
  clearTimeout(timer);
  const own = ++round;
  const state = await seen();
  if (own !== round) return;
  serverState.value = state;
  timer = setTimeout(() => void look(), state === "ready" ? WELL : AMISS);
}

async function seen(): Promise<ServerState> {
  try {
    const list = await json<{ data: Model[] }>("/v1/models");
    models.value = list.data;
    const pairs = list.data.filter((model) => model.splitreason);
    return pairs.length > 0 && pairs.every((model) => !model.splitreason?.ready) ? "loading" : "ready";
  } catch (error) {
    const trouble = error instanceof ServerError ? error.trouble : "failed";
    return trouble === "unreachable" || trouble === "loading" || trouble === "no-key" ? trouble : "failed";
  }
}

export function watchServer(): void {
  // A new key is tried at once.
  effect(() => {
    void apiKey.value;
    void look();
  });
  addEventListener("online", () => void look());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") void look();
  });
}

/** The pairs, without the variants of their names. */
export function pairs(): Model[] {
  const extended = models.value.filter((model) => model.splitreason);
  return extended.length > 0 ? extended : models.value.filter((model) => !model.id.includes(":"));
}
