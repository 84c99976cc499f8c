// A block of Markdown as elements, with marks around what the large model wrote. Model output is nobody's friend:
// its HTML is shown as text, and what Markdown makes of the rest goes through a sanitiser.

import DOMPurify from "dompurify";
import { Marked, type Tokens } from "marked";
import type { Block } from "./blocks";
import { drawTex, nextTex, texAt } from "./math";

// Private-use characters stand for the ends of what the large model wrote while Markdown is read.
const OPEN = "\uE000";
const CLOSE = "\uE001";
const MARKS = /[\uE000\uE001]/g;

/** What begins a line and must not come behind a mark, or Markdown would not see it. */
const LINE_START = /^(?:[ \t]*(?:[-*+]|\d{1,9}[.)]|#{1,6}|>)[ \t]+)+/;

const ALLOWED = {
  ALLOWED_TAGS: [
    ..."p br hr strong em del code pre ul ol li blockquote h1 h2 h3 h4 h5 h6 a span".split(" "),
    ..."table thead tbody tr th td input".split(" "),
  ],
  ALLOWED_ATTR: ["href", "start", "align", "data-tex", "data-display", "type", "checked", "disabled"],
  ALLOWED_URI_REGEXP: /^https?:/i,
  RETURN_DOM_FRAGMENT: true as const,
};

interface MathToken extends Tokens.Generic {
  tex: string;
  display: boolean;
}

const mathematics = {
  name: "mathematics",
  level: "inline" as const,
  start: (text: string) => {
    const at = nextTex(text);
    return at < 0 ? undefined : at;
  },
  tokenizer(text: string): MathToken | undefined {
    const found = texAt(text);
    return found ? { type: "mathematics", ...found } : undefined;
  },
  renderer: (token: Tokens.Generic) => {
    const { tex, display } = token as MathToken;
    return `<span data-tex="${escape(tex)}" data-display="${display}"></span>`;
  },
};

const markdown = new Marked({
  gfm: true,
  breaks: true,
  extensions: [mathematics],
  tokenizer: {
    // 12*34 is a product, and not the beginning of an emphasis.
    emStrong(text: string, _masked: string, before = "") {
      if (text.startsWith("*") && /[\d)\]]$/.test(before)) {
        const stars = /^\*+/.exec(text)![0];
        return { type: "text", raw: stars, text: stars } as unknown as Tokens.Em;
      }
      return false;
    },
    // Indented text is seldom code where models reason, and four blanks are no reason for a box.
    code: () => undefined,
  },
  renderer: {
    html: ({ text }) => escape(text),
    image: ({ href, text }) => `<a href="${escape(href)}">${escape(text || href)}</a>`,
  },
});

export function elementsOf(block: Block): DocumentFragment {
  const html = markdown.parse(marked(block), { async: false });
  const fragment = DOMPurify.sanitize(html, ALLOWED) as unknown as DocumentFragment;
  colour(fragment);
  for (const element of fragment.querySelectorAll<HTMLElement>("[data-tex]")) {
    drawTex(element, element.dataset.tex ?? "", element.dataset.display === "true");
  }
  for (const link of fragment.querySelectorAll("a")) {
    link.target = "_blank";
    link.rel = "noopener noreferrer";
  }
  for (const table of fragment.querySelectorAll("table")) {
    const scroll = document.createElement("div");
    scroll.className = "scroll";
    scroll.tabIndex = 0;
    table.replaceWith(scroll);
    scroll.append(table);
  }
  return fragment;
}

function marked({ text, large }: Block): string {
  let source = "";
  let at = 0;
  const plain = (from: number, to: number) => text.slice(from, to).replace(MARKS, "");
  for (const [start, end] of large) {
    const atLineStart = start === 0 || text[start - 1] === "\n";
    const lead = atLineStart ? (LINE_START.exec(text.slice(start, end))?.[0].length ?? 0) : 0;
    source += plain(at, start + lead) + OPEN + plain(start + lead, end) + CLOSE;
    at = end;
  }
  return source + plain(at, text.length);
}

/** Puts what stands between marks into elements, and takes the marks away. */
function colour(root: DocumentFragment): void {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  const nodes: Node[] = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  let large = false;
  for (const node of nodes) {
    if (node instanceof HTMLElement) {
      const tex = node.dataset.tex;
      if (tex === undefined) continue;
      if (large || tex.includes(OPEN)) node.classList.add("by-large");
      large = stateAfter(tex, large);
      node.dataset.tex = tex.replace(MARKS, "");
      continue;
    }
    const text = node.textContent ?? "";
    if (!large && !text.includes(OPEN)) continue;
    const parts = document.createDocumentFragment();
    for (const part of text.split(/([\uE000\uE001])/)) {
      if (part === OPEN) large = true;
      else if (part === CLOSE) large = false;
      else if (part !== "") parts.append(large && part.trim() !== "" ? byLarge(part) : part);
    }
    node.parentNode?.replaceChild(parts, node);
  }
}

function stateAfter(text: string, before: boolean): boolean {
  const last = text.match(MARKS)?.at(-1);
  return last === undefined ? before : last === OPEN;
}

function byLarge(text: string): HTMLElement {
  const mark = document.createElement("span");
  mark.className = "by-large";
  mark.textContent = text;
  return mark;
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
