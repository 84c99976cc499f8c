// Keys that work on every page.

import { openHelp } from "./dialogs";
import { go, type Page, pathOf } from "./router";

const PAGES: Page[] = ["ask", "compare", "sweep", "traces", "reports"];

const stoppers = new Set<() => void>();

/** Has Escape stop something; gives back how to take that away. */
export function onEscape(stop: () => void): () => void {
  stoppers.add(stop);
  return () => stoppers.delete(stop);
}

export function listenToKeys(): void {
  document.addEventListener("keydown", (event) => {
    const dialog = document.querySelector("dialog[open]");
    if (dialog || event.isComposing) return;
    const page = event.altKey && /^Digit[1-5]$/.test(event.code) ? PAGES[Number(event.code.slice(5)) - 1] : undefined;
    if (page) {
      go(pathOf(page));
      event.preventDefault();
    } else if (event.key === "Escape") {
      for (const stop of stoppers) stop();
    } else if (!isTyping(event.target) && !event.ctrlKey && !event.metaKey && !event.altKey) {
      if (event.key === "?") openHelp();
      if (event.key === "/") {
        document.querySelector<HTMLElement>("textarea")?.focus();
        event.preventDefault();
      }
    }
  });
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input:not([type=range]):not([type=checkbox]), textarea, select");
}
