// Numbers as people read them.

export function percent(share: number): string {
  return `${(100 * share).toFixed(share > 0 && share < 0.0995 ? 1 : 0)} %`;
}

export function duration(seconds: number): string {
  const size = Math.abs(seconds);
  if (size < 0.0995) return `${Math.round(seconds * 1000)} ms`;
  if (size < 9.95) return `${seconds.toFixed(2)} s`;
  if (size < 99.5) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(size);
  return `${seconds < 0 ? "−" : ""}${Math.floor(whole / 60)} min ${whole % 60} s`;
}

export function rate(tokensPerSecond: number): string {
  return tokensPerSecond < 9.95 ? tokensPerSecond.toFixed(1) : count(Math.round(tokensPerSecond));
}

export function count(number: number): string {
  return Math.round(number)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, "\u202F");
}

export function signed(number: number): string {
  return number > 0 ? `+${number}` : number < 0 ? `−${-number}` : "0";
}
