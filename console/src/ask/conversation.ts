// The conversation of the page: its turns, in their order. It lives as long as the page does.

import { batch, computed, signal } from "@preact/signals";
import { type Asking, start } from "../answer/asking";
import { textOf } from "../answer/answer";
import { countersOf } from "../answer/counters";
import type { Message } from "../api/documents";
import { offload, pair } from "../shell/preferences";

export interface Turn {
  readonly id: number;
  readonly text: string;
  readonly asking: Asking;
}

export const turns = signal<Turn[]>([]);

/** Whether the next question goes on with the conversation, where the pair's template has a place for one. */
export const continues = signal(true);

export const canContinue = computed(() => pair.value?.splitreason?.conversation !== false);

export const writing = computed(() => turns.value.some(({ asking }) => isWriting(asking)));

/** Tokens a second that each pair's large model was last seen to write. */
const largeRates = signal<Record<string, number>>({});

let turnCount = 0;

export function isWriting({ answer }: Asking): boolean {
  return answer.value.status === "waiting" || answer.value.status === "writing";
}

export function largeRate(model: string): number | null {
  return largeRates.value[model] ?? null;
}

export function askNext(text: string): void {
  const before = canContinue.value && continues.value ? turns.value : [];
  append(text, before.flatMap(messagesOf));
}

/** Asks a turn's question again, as the dial is now; what came after it is gone, for it went on from another answer. */
export function retry(turn: Turn): void {
  turn.asking.stop();
  const at = turns.value.indexOf(turn);
  batch(() => {
    turns.value = turns.value.slice(0, at);
    append(turn.text, turn.asking.question.messages.slice(0, -1));
  });
}

export function stopAll(): void {
  for (const { asking } of turns.value) if (isWriting(asking)) asking.stop();
}

export function clear(): void {
  stopAll();
  turns.value = [];
}

function append(text: string, before: Message[]): void {
  const model = pair.value?.id;
  if (!model) return;
  const asking = start({
    model,
    messages: [...before, { role: "user", content: text }],
    offload: offload.value,
  });
  turns.value = [...turns.value, { id: ++turnCount, text, asking }];
  void asking.ended.then((answer) => {
    const rate = countersOf(answer).rate.large;
    if (rate !== null) largeRates.value = { ...largeRates.value, [model]: rate };
  });
}

/** A turn as the next one's prompt has it: without reasoning, as chat templates want it. */
function messagesOf({ text, asking }: Turn): Message[] {
  const content = textOf(asking.answer.value.runs, "content").trim();
  if (content === "") return [];
  return [
    { role: "user", content: text },
    { role: "assistant", content },
  ];
}
