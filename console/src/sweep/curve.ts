// A curve on a plane. Pure arithmetic; knows nothing of SVG.

export function scale([from, to]: [number, number], [start, end]: [number, number]): (value: number) => number {
  const factor = to === from ? 0 : (end - start) / (to - from);
  return (value) => start + (value - from) * factor;
}

/** The path through points, in their order. */
export function pathOf(points: { x: number; y: number }[]): string {
  return points.map(({ x, y }, i) => `${i === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
}

/** A round number that is not below any of these. */
export function roundAbove(values: number[]): number {
  const most = Math.max(...values, 0);
  if (most === 0) return 1;
  const power = 10 ** Math.floor(Math.log10(most));
  return power * ([1, 2, 4, 5, 10].find((factor) => factor * power >= most * (1 - 1e-9)) ?? 10);
}
