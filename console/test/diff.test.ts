import { expect, test } from "vitest";
import { differenceOf } from "../src/compare/diff";

const differing = (first: string, second: string) =>
  differenceOf(first, second)
    .filter((part) => part.differs)
    .map((part) => part.text);

test("the marked text is the second one, whole", () => {
  const second = "37*48=1776\n76+29=05";
  expect(
    differenceOf("37*48=2013\n13+29=42", second)
      .map((part) => part.text)
      .join(""),
  ).toBe(second);
});

test("only words that are not in the first text are marked", () => {
  expect(differing("37*48=2013\n76+29=05", "37*48=1776\n76+29=05")).toEqual(["1776"]);
  expect(differing("a b c d", "a x c d y")).toEqual(["x", " y"]);
  expect(differing("the same", "the same")).toEqual([]);
  expect(differing("", "all of it")).toEqual(["all of it"]);
  expect(differing("a b c", "a c")).toEqual([]);
});

test("texts that have little in common are marked, not pondered for ever", () => {
  const one = Array.from({ length: 4000 }, (_, i) => `a${i}`).join(" ");
  const other = Array.from({ length: 4000 }, (_, i) => `b${i}`).join(" ");
  expect(differing(one, `${other} c`).length).toBeGreaterThan(0);
});
