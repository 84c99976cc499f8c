import { expect, test } from "vitest";
import { textOf } from "../src/answer/answer";
import { countersOf } from "../src/answer/counters";
import { answerOf, type TraceDocument } from "../src/traces/trace";

const TRACE: TraceDocument = {
  id: "t",
  question: "37*48?",
  segments: [
    { author: "small", text: "37*48=1<bigmodel>", tokens: 8, start: 0.1, end: 0.2 },
    { author: "large", text: "77", tokens: 2, start: 0.2, end: 0.3 },
    { author: "small", text: "</bigmodel>6\n</think>\n40", tokens: 10, start: 0.3, end: 0.4 },
  ],
  usage: { small_tokens: 18, large_tokens: 2, discarded_tokens: 1, offload_ratio: 0.1 },
  finish_reason: "stop",
  degraded: false,
  degraded_because: null,
  seconds: 0.5,
  pair: { tags: { open: "<bigmodel>", close: "</bigmodel>" } },
};

test("a recorded answer is shown without tags, its reasoning apart, each run with its author", () => {
  const answer = answerOf(TRACE);
  expect(textOf(answer.runs, "reasoning")).toBe("37*48=1776\n");
  expect(textOf(answer.runs, "content")).toBe("\n40");
  expect(answer.runs.map((run) => run.author)).toEqual(["small", "large", "small", "small"]);
});

test("its counters are those that were recorded", () => {
  const counters = countersOf(answerOf(TRACE));
  expect(counters).toMatchObject({ tokens: { small: 18, large: 2 }, discarded: 1, offloaded: 0.1, savedTokens: 17 });
  // At 3 tokens in 0.1 s, the large model would have taken 20 / 30 s for all of it.
  expect(counters.savedSeconds).toBeCloseTo(20 / 30 - 0.5);
});
