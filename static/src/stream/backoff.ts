const FIRST_MS = 500;
const LONGEST_MS = 15_000;

/** Wait before attempt `n` (0, 1, …) in ms: doubling to 15 s, the upper half of it at random. */
export function backoff(attempt: number, random: () => number = Math.random): number {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt);
  return Math.round(ceiling / 2 + (ceiling / 2) * random());
}
