// Where two texts differ, word by word (Myers, "An O(ND) difference algorithm", 1986).

export interface Marked {
  text: string;
  differs: boolean;
}

/** Beyond so many differing words, everything between what begins and ends alike counts as different. */
const MOST = 1500;

export function wordsOf(text: string): string[] {
  return text.match(/\s+|[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]/gu) ?? [];
}

/** The second text, with what is not in the first one marked. */
export function differenceOf(first: string, second: string): Marked[] {
  const a = wordsOf(first);
  const b = wordsOf(second);
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const kept = common(a.slice(start, a.length - end), b.slice(start, b.length - end));
  const marked: Marked[] = [];
  b.forEach((word, i) => {
    const differs = i >= start && i < b.length - end && !kept.has(i - start);
    const last = marked.at(-1);
    if (last?.differs === differs) last.text += word;
    else marked.push({ text: word, differs });
  });
  return marked;
}

/** The places in the second list that are common to both. */
function common(a: string[], b: string[]): Set<number> {
  const kept = new Set<number>();
  const rounds: Map<number, number>[] = [];
  let reach = new Map<number, number>([[1, 0]]);
  const from = (k: number, d: number, at: Map<number, number>) =>
    k === -d || (k !== d && (at.get(k - 1) ?? -1) < (at.get(k + 1) ?? -1)) ? k + 1 : k - 1;
  for (let d = 0; d <= Math.min(a.length + b.length, MOST); d++) {
    rounds.push(reach);
    const next = new Map(reach);
    for (let k = -d; k <= d; k += 2) {
      const before = from(k, d, reach);
      let x = (reach.get(before) ?? 0) + (before < k ? 1 : 0);
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      next.set(k, x);
      if (x >= a.length && x - k >= b.length) {
        back(d);
        return kept;
      }
    }
    reach = next;
  }
  return kept;

  function back(edits: number): void {
    let x = a.length;
    let y = b.length;
    for (let d = edits; d >= 0; d--) {
      const at = rounds[d]!;
      const before = from(x - y, d, at);
      const startX = d === 0 ? 0 : (at.get(before) ?? 0);
      const startY = d === 0 ? 0 : startX - before;
      while (x > startX && y > startY) {
        x--;
        y--;
        kept.add(y);
      }
      x = startX;
      y = startY;
    }
  }
}
