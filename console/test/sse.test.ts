import { expect, test } from "vitest";
import { EventParser } from "../src/api/sse";

const bytes = new TextEncoder();

function eventsOf(...cuts: Uint8Array[]): string[] {
  const parser = new EventParser();
  return cuts.flatMap((cut) => parser.feed(cut));
}

test("events end at an empty line, whatever ends the lines", () => {
  expect(eventsOf(bytes.encode("data: a\n\ndata:b\r\n\r\n: comment\nevent: x\ndata: c\ndata: d\n\n"))).toEqual(["a", "b", "c\nd"]);
});

test("events are whole however the stream is cut, within a character, too", () => {
  const whole = bytes.encode('data: {"é": "⟦"}\r\n\r\n');
  for (let cut = 1; cut < whole.length; cut++) {
    expect(eventsOf(whole.slice(0, cut), whole.slice(cut))).toEqual(['{"é": "⟦"}']);
  }
});

test("what the stream breaks off within is no event", () => {
  expect(eventsOf(bytes.encode("data: a\n\ndata: b\n"))).toEqual(["a"]);
});
