// An answer as a picture: question, text with its authors, timeline, figures. Drawn on a canvas, in the page's colours.

import { type Answer, stretchesOf } from "../answer/answer";
import { answerSeconds, countersOf } from "../answer/counters";
import { duration, percent } from "../text/numbers";
import { barsOf } from "../timeline/lanes";

const WIDTH = 1000;
const MARGIN = 48;
const INNER = WIDTH - 2 * MARGIN;
const SCALE = 2;
/** Longer answers are cut: a picture is to be looked at. */
const MOST_LINES = 60;
const ALPHA = { decode: 1, score: 0.55, prefill: 0.28 };

interface Word {
  text: string;
  large: boolean;
  x: number;
}

export async function pictureOf(question: string, answer: Answer): Promise<Blob | null> {
  await document.fonts.ready;
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(`--${name}`).trim();
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d");
  if (!context) return null;
  const font = (size: number, weight: number) => `${weight} ${size}px "Inter Variable", sans-serif`;
  context.font = font(24, 650);
  const title = wrapped(context, [{ text: question, large: false }]);
  context.font = font(18, 400);
  const lines = wrapped(
    context,
    answer.runs.map((run) => ({ text: run.text.replace(/<\/?answer>/g, ""), large: run.author === "large" })),
  );
  if (lines.length > MOST_LINES) lines.splice(MOST_LINES, lines.length, [{ text: "…", large: false, x: 0 }]);
  const height = 2 * MARGIN + title.length * 34 + 20 + lines.length * 28 + 140;
  canvas.width = WIDTH * SCALE;
  canvas.height = height * SCALE;
  context.scale(SCALE, SCALE);
  context.textBaseline = "middle";
  context.fillStyle = colour("paper");
  context.fillRect(0, 0, WIDTH, height);

  let y = MARGIN;
  const write = (rows: Word[][], step: number) => {
    for (const { text, large, x, row } of rows.flatMap((words, row) => words.map((word) => ({ ...word, row })))) {
      const top = y + row * step;
      if (large) {
        const width = context.measureText(text).width;
        context.fillStyle = colour("large-soft");
        context.fillRect(MARGIN + x, top + 2, width, step - 4);
        context.fillStyle = colour("large-line");
        context.fillRect(MARGIN + x, top + step - 4, width, 2);
      }
      context.fillStyle = colour(large ? "large" : "ink");
      context.fillText(text, MARGIN + x, top + step / 2);
    }
    y += rows.length * step;
  };
  context.font = font(24, 650);
  write(title, 34);
  y += 20;
  context.font = font(18, 400);
  write(lines, 28);
  y += 40;
  const seconds = answerSeconds(answer);
  for (const author of ["small", "large"] as const) {
    context.fillStyle = colour("sunken");
    context.fillRect(MARGIN, y, INNER, 20);
    context.fillStyle = colour(author);
    const own = stretchesOf(answer).filter((stretch) => stretch.author === author);
    for (const bar of barsOf(own, seconds, INNER)) {
      context.globalAlpha = ALPHA[bar.kind];
      context.fillRect(MARGIN + bar.x, y, Math.max(0, Math.min(bar.width, INNER - bar.x)), 20);
    }
    context.globalAlpha = 1;
    y += 26;
  }
  const { offloaded, tokens } = countersOf(answer);
  context.font = font(15, 500);
  context.fillStyle = colour("muted");
  const figures = `${percent(offloaded ?? 0)} offloaded · ${tokens.small + tokens.large} tokens, ${tokens.large} by the large model · ${duration(seconds)}`;
  context.fillText(figures, MARGIN, y + 24);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}

/** Text in lines that are no wider than the picture; empty lines are left out. */
function wrapped(context: CanvasRenderingContext2D, runs: { text: string; large: boolean }[]): Word[][] {
  const lines: Word[][] = [[]];
  let x = 0;
  for (const { text, large } of runs) {
    for (const word of text.match(/\n|[^\S\n]+|\S{1,60}/g) ?? []) {
      const wide = word === "\n" ? Infinity : context.measureText(word).width;
      if (x > 0 && x + wide > INNER) {
        lines.push([]);
        x = 0;
      }
      if (word.trim() === "" && x === 0) continue;
      lines.at(-1)!.push({ text: word, large, x });
      x += wide;
    }
  }
  return lines.filter((line) => line.length > 0);
}
