// Where the timeline's bars and ticks go. Pure arithmetic; knows nothing of SVG.

import type { Stretch } from "../answer/answer";

export interface Bar {
  author: Stretch["author"];
  kind: Stretch["kind"];
  x: number;
  width: number;
}

/** Thinner bars would not be seen. */
const THINNEST = 1;

/** Bars of stretches on an axis of so many pixels for so many seconds; those that touch are drawn as one. */
export function barsOf(stretches: Stretch[], seconds: number, pixels: number): Bar[] {
  const scale = seconds > 0 ? pixels / seconds : 0;
  const bars: Bar[] = [];
  const last = new Map<string, Bar>();
  for (const { author, kind, start, end } of stretches) {
    const x = start * scale;
    const width = Math.max(THINNEST, (end - start) * scale);
    const before = last.get(author);
    if (before && before.kind === kind && x <= before.x + before.width + 0.5) {
      before.width = Math.max(before.width, x + width - before.x);
    } else {
      const bar = { author, kind, x, width };
      last.set(author, bar);
      bars.push(bar);
    }
  }
  return bars;
}

/** Round times on the axis: at most so many, 0 among them. */
export function ticksOf(seconds: number, most: number): number[] {
  if (!(seconds > 0)) return [0];
  const rough = seconds / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  const ticks: number[] = [];
  for (let i = 0; i * step <= seconds * (1 + 1e-9); i++) ticks.push(i * step);
  return ticks;
}

/** Seconds in which both worked at once. */
export function overlapOf(stretches: Stretch[]): number {
  const edges = stretches.flatMap(({ author, start, end }) => [
    { at: start, author, step: 1 },
    { at: end, author, step: -1 },
  ]);
  edges.sort((a, b) => a.at - b.at || a.step - b.step);
  const busy = { small: 0, large: 0 };
  let both = 0;
  let before = 0;
  for (const { at, author, step } of edges) {
    if (busy.small > 0 && busy.large > 0) both += at - before;
    busy[author] += step;
    before = at;
  }
  return both;
}
