import { useEffect, useRef, useState } from "preact/hooks";
import type { Stretch } from "../answer/answer";
import { duration, percent } from "../text/numbers";
import { barsOf, overlapOf, ticksOf } from "./lanes";

const LANE = 18;
const GAP = 6;
const AXIS = 22;
const LABELS = 44;
const TICK_WIDTH = 80;

const AUTHORS = ["small", "large"] as const;

/** Who worked when: a lane for each model, on one axis of time. */
export function Timeline({ stretches, seconds }: { stretches: Stretch[]; seconds: number }) {
  const holder = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(600);
  useEffect(() => {
    const element = holder.current;
    if (!element) return;
    const watch = new ResizeObserver(([entry]) => setWidth(Math.max(160, entry?.contentRect.width ?? 600)));
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  const pixels = width - LABELS - 8;
  const span = Math.max(seconds, 0.001, ...stretches.slice(-4).map((stretch) => stretch.end));
  const height = 2 * LANE + GAP + AXIS;
  const kinds = new Set(stretches.map((stretch) => stretch.kind));
  return (
    <figure class="timeline">
      <figcaption class="row between">
        <span>Who worked when</span>
        <span class="legend" aria-hidden="true">
          {kinds.has("decode") && <span class="key decode">writing</span>}
          {kinds.has("score") && <span class="key score">reading along</span>}
          {kinds.has("prefill") && <span class="key prefill">prefilling</span>}
        </span>
      </figcaption>
      <div ref={holder}>
        <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={description(stretches, seconds)}>
          {AUTHORS.map((author, lane) => (
            <g key={author} transform={`translate(0 ${lane * (LANE + GAP)})`}>
              <text class="lane" x={0} y={LANE / 2} dominant-baseline="central">
                {author}
              </text>
              <rect class="bed" x={LABELS} width={pixels} height={LANE} rx={3} />
              {barsOf(
                stretches.filter((stretch) => stretch.author === author),
                span,
                pixels,
              ).map((bar, i) => (
                <rect
                  key={i}
                  class={`bar ${bar.author} ${bar.kind}`}
                  x={LABELS + bar.x}
                  width={Math.max(0, Math.min(bar.width, pixels - bar.x))}
                  height={LANE}
                />
              ))}
            </g>
          ))}
          {ticksOf(span, Math.max(1, Math.floor(pixels / TICK_WIDTH))).map((tick) => {
            const x = LABELS + (tick / span) * pixels;
            return (
              <g key={tick}>
                <line class="tick" x1={x} x2={x} y1={2 * LANE + GAP} y2={2 * LANE + GAP + 4} />
                <text class="time" x={x} y={height - 4} text-anchor={tick === 0 ? "start" : x > width - 24 ? "end" : "middle"}>
                  {tick === 0 ? "0" : duration(tick)}
                </text>
              </g>
            );
          })}
        </svg>
      </div>
    </figure>
  );
}

function description(stretches: Stretch[], seconds: number): string {
  const busy = (author: Stretch["author"]) =>
    stretches.filter((stretch) => stretch.author === author).reduce((sum, { start, end }) => sum + end - start, 0);
  const both = overlapOf(stretches);
  return (
    `In ${duration(seconds)}, the small model worked ${duration(busy("small"))} and the large one ${duration(busy("large"))}` +
    (both > 0.0005 ? `, ${percent(both / seconds)} of the time both at once.` : ".")
  );
}
