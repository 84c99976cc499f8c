// Cuts a text into blocks that Markdown can render one by one, so that a growing text renders its last block only.

/** A piece of a text, and the parts of it that the large model wrote, as [start, end) within the piece. */
export interface Block {
  text: string;
  large: [number, number][];
}

export interface AuthoredPart {
  author: "small" | "large";
  text: string;
}

const FENCE = /^ {0,3}(```+|~~~+)/;

export function blocksOf(parts: AuthoredPart[]): Block[] {
  const text = parts.map((part) => part.text).join("");
  const large: [number, number][] = [];
  let at = 0;
  for (const part of parts) {
    const end = at + part.text.length;
    if (part.author === "large" && end > at) large.push([at, end]);
    at = end;
  }
  let first = 0;
  return cuts(text).map(([start, end]) => {
    while (first < large.length && large[first]![1] <= start) first++;
    const own: [number, number][] = [];
    for (let i = first; i < large.length && large[i]![0] < end; i++) {
      own.push([Math.max(large[i]![0], start) - start, Math.min(large[i]![1], end) - start]);
    }
    return { text: text.slice(start, end), large: own };
  });
}

/** Blocks end at empty lines, but not within fenced code or display mathematics. */
function cuts(text: string): [number, number][] {
  const blocks: [number, number][] = [];
  let start = 0;
  let fence: string | null = null;
  let display = false;
  for (let line = 0; line < text.length; ) {
    const newline = text.indexOf("\n", line);
    const end = newline < 0 ? text.length : newline + 1;
    const content = text.slice(line, end);
    const mark = FENCE.exec(content)?.[1];
    if (fence) {
      if (mark?.startsWith(fence)) fence = null;
    } else if (mark) {
      fence = mark;
    } else {
      display = withinDisplay(content, display);
    }
    if (!fence && !display && content.trim() === "") {
      if (line > start) blocks.push([start, end]);
      start = end;
    }
    line = end;
  }
  if (start < text.length) blocks.push([start, text.length]);
  return blocks;
}

function withinDisplay(line: string, within: boolean): boolean {
  for (const [mark] of line.matchAll(/\$\$|\\\[|\\\]/g)) {
    within = mark === "$$" ? !within : mark === "\\[";
  }
  return within;
}
