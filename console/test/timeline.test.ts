import { expect, test } from "vitest";
import { stretchesOfBeats, type Stretch } from "../src/answer/answer";
import { barsOf, overlapOf, ticksOf } from "../src/timeline/lanes";

const stretch = (author: Stretch["author"], start: number, end: number, kind: Stretch["kind"] = "decode"): Stretch => ({
  author,
  kind,
  start,
  end,
});

test("bars lie on the axis in proportion, are never too thin to see, and touch as one", () => {
  const bars = barsOf([stretch("small", 0, 1), stretch("small", 1, 2), stretch("large", 2, 2), stretch("small", 3, 4)], 4, 400);
  expect(bars).toEqual([
    { author: "small", kind: "decode", x: 0, width: 200 },
    { author: "large", kind: "decode", x: 200, width: 1 },
    { author: "small", kind: "decode", x: 300, width: 100 },
  ]);
});

test("ticks are round, begin at 0, and are not too many", () => {
  expect(ticksOf(0.54, 6)).toEqual([0, 0.1, 0.2, expect.closeTo(0.3), 0.4, 0.5]);
  expect(ticksOf(7, 4)).toEqual([0, 2, 4, 6]);
  expect(ticksOf(0, 4)).toEqual([0]);
});

test("the time in which both work is counted once", () => {
  expect(overlapOf([stretch("small", 0, 3), stretch("small", 2, 4, "score"), stretch("large", 1, 3.5)])).toBe(2.5);
  expect(overlapOf([stretch("small", 0, 1), stretch("large", 1, 2)])).toBe(0);
});

test("beats of one author after another are one stretch from where the other stopped", () => {
  const stretches = stretchesOfBeats([
    { author: "small", at: 1 },
    { author: "small", at: 2 },
    { author: "large", at: 4 },
    { author: "small", at: 5 },
  ]);
  expect(stretches.map(({ author, start, end }) => [author, start, end])).toEqual([
    ["small", 1, 2],
    ["large", 2, 4],
    ["small", 4, 5],
  ]);
});
