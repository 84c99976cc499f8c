// Which page is shown: the address's path, which the server answers with the console whatever page it names.

import { signal } from "@preact/signals";

export type Page = "ask" | "compare" | "sweep" | "traces" | "reports";

export interface Place {
  page: Page;
  /** The trace or the report. */
  name: string | null;
}

export const place = signal<Place>(placeOf(location.pathname));

export function placeOf(path: string): Place {
  const [, page = "", name = ""] = /^\/(compare|sweep|traces|reports)(?:\/([^/]+))?\/?$/.exec(path) ?? [];
  if (page === "") return { page: "ask", name: null };
  const named = (page === "traces" || page === "reports") && name !== "";
  return { page: page as Page, name: named ? decodeURIComponent(name) : null };
}

export function pathOf(page: Page, name: string | null = null): string {
  return page === "ask" ? "/" : `/${page}${name === null ? "" : `/${encodeURIComponent(name)}`}`;
}

export function go(path: string): void {
  history.pushState(null, "", path);
  place.value = placeOf(path);
  scrollTo(0, 0);
}

export function followLinks(): void {
  addEventListener("popstate", () => {
    place.value = placeOf(location.pathname);
  });
  document.addEventListener("click", (event) => {
    const link = (event.target as Element).closest?.("a");
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!link || !plain || link.target || link.hasAttribute("download") || link.origin !== location.origin) return;
    if (link.hash && link.pathname === location.pathname) return;
    event.preventDefault();
    go(link.pathname);
  });
}
