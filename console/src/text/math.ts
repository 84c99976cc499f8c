// Mathematics in text, as models write it: what is TeX, and TeX as elements.

import katex from "katex";

export interface Tex {
  raw: string;
  tex: string;
  display: boolean;
}

const DELIMITED: [RegExp, boolean][] = [
  [/^\$\$([\s\S]+?)\$\$/, true],
  [/^\\\[([\s\S]+?)\\\]/, true],
  [/^\\\(([\s\S]+?)\\\)/, false],
  // As Pandoc has it: prices are no mathematics.
  [/^\$(?![\s$])((?:\\.|[^$\\\n])*?(?:\\.|[^\s$\\]))\$(?!\d)/, false],
];

/** The mathematics that a text begins with, or null. */
export function texAt(text: string): Tex | null {
  for (const [pattern, display] of DELIMITED) {
    const match = pattern.exec(text);
    if (match) return { raw: match[0], tex: match[1] ?? "", display };
  }
  return boxedAt(text);
}

/** Final answers stand in \boxed{…}, often without any dollar around. */
function boxedAt(text: string): Tex | null {
  const command = "\\boxed{";
  if (!text.startsWith(command)) return null;
  let depth = 0;
  for (let i = command.length - 1; i < text.length; i++) {
    if (text[i] === "\\") i++;
    else if (text[i] === "{") depth++;
    else if (text[i] === "}" && --depth === 0) {
      const raw = text.slice(0, i + 1);
      return { raw, tex: raw, display: false };
    }
  }
  return null;
}

/** Where mathematics may begin next, from a place on; -1 for nowhere. */
export function nextTex(text: string): number {
  return text.search(/\$|\\[[(]|\\boxed\{/);
}

/**
 * Draws TeX into an element. As elements and not as HTML: their styles are then set by script, which the page's
 * content security policy allows, and not by attributes.
 */
export function drawTex(element: HTMLElement, tex: string, display: boolean): void {
  try {
    katex.render(tex, element, { displayMode: display, throwOnError: true, strict: "ignore", maxSize: 30, maxExpand: 500 });
  } catch {
    element.textContent = tex;
    element.classList.add("tex-source");
  }
}
