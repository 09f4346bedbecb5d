/** Runs `task` once things are quiet for `quietMs`, and never more often than every `leastMs`. */
export class Throttle {
  private readonly task: () => void;
  private readonly quietMs: number;
  private readonly leastMs: number;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private askedAt: number | null = null;
  private ranAt = Number.NEGATIVE_INFINITY;

  constructor(task: () => void, quietMs: number, leastMs: number) {
    this.task = task;
    this.quietMs = quietMs;
    this.leastMs = leastMs;
  }

  ask(): void {
    const now = Date.now();
    this.askedAt ??= now;
    const earliest = Math.max(now + this.quietMs, this.ranAt + this.leastMs);
    // Under a steady rain of events quiet never comes: then run when the longest wait is over.
    const latest = Math.max(this.askedAt + this.leastMs, this.ranAt + this.leastMs);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.run(), Math.max(0, Math.min(earliest, latest) - now));
  }

  cancel(): void {
    clearTimeout(this.timer);
    this.askedAt = null;
  }

  private run(): void {
    this.ranAt = Date.now();
    this.askedAt = null;
    this.task();
  }
}
