import type { SegmentSize } from "../api/types";

const EDGE = 3;
const DAY_MS = 86_400_000;

/** The points of an SVG line: days lie as far apart as they do, the largest size is at the top and nought below. */
export function line(sizes: readonly SegmentSize[], width: number, height: number): string {
  const most = Math.max(1, ...sizes.map(({ size }) => size));
  const times = sizes.map(({ day }) => Date.parse(day) / DAY_MS);
  const first = times[0] ?? 0;
  const span = Math.max(1, (times.at(-1) ?? 0) - first);
  return sizes
    .map(({ size }, index) => {
      const x = EDGE + (((times[index] ?? 0) - first) / span) * (width - 2 * EDGE);
      const y = height - EDGE - (size / most) * (height - 2 * EDGE);
      return `${x.toFixed(1)},${y.toFixed(1)}`;
    })
    .join(" ");
}
