// What this browser remembers between visits: looks and the dial. Never questions, answers or keys.

import { computed, effect, type Signal, signal } from "@preact/signals";
import type { Offload } from "../api/documents";
import { pairs } from "../api/server";
import { AS_CONFIGURED } from "../dial/offload";

function remembered<T>(name: string, usual: T): Signal<T> {
  const key = `splitreason-${name}`;
  let value = usual;
  try {
    const stored = localStorage.getItem(key);
    if (stored !== null) value = JSON.parse(stored) as T;
  } catch {
    // No storage, or another version's: as on the first visit.
  }
  const kept = signal(value);
  effect(() => {
    try {
      localStorage.setItem(key, JSON.stringify(kept.value));
    } catch {
      // It holds for this visit.
    }
  });
  return kept;
}

export type Theme = "system" | "light" | "dark";

export const theme = remembered<Theme>("theme", "system");
export const offload = remembered<Offload>("offload", AS_CONFIGURED);
export const chosenPair = remembered<string>("pair", "");

/** The pair that is asked: the chosen one while the server has it, else its first. */
export const pair = computed(() => {
  const known = pairs();
  return known.find((model) => model.id === chosenPair.value) ?? known[0] ?? null;
});

const dark = matchMedia("(prefers-color-scheme: dark)");

export function applyTheme(): void {
  const apply = () => {
    const chosen = theme.value === "system" ? (dark.matches ? "dark" : "light") : theme.value;
    document.documentElement.dataset.theme = chosen;
  };
  effect(apply);
  dark.addEventListener("change", apply);
}
