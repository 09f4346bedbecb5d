interface Placed {
  id: string;
}

/**
 * Compares two UTC times of the wire, exactly. Whole seconds come without a fraction, so plain text would put
 * "05Z" after "05.3Z"; without the "Z" the shorter text is the earlier time, down to the microseconds that
 * the browser's own clock cannot tell apart.
 */
export function compareTimes(a: string, b: string): number {
  if (a === b) return 0;
  // Nearly all are of one length, and a thread compares thousands.
  if (a.length === b.length) return a < b ? -1 : 1;
  return a.slice(0, -1) < b.slice(0, -1) ? -1 : 1;
}

/** Newest first; ids break ties so that the order is total, as on the server. */
export function newestFirst<T extends Placed>(timeOf: (item: T) => string) {
  return (a: T, b: T): number => {
    const byTime = compareTimes(timeOf(b), timeOf(a));
    if (byTime !== 0) return byTime;
    return a.id < b.id ? 1 : a.id > b.id ? -1 : 0;
  };
}

/** The same order read from the other end. */
export function oldestFirst<T extends Placed>(timeOf: (item: T) => string) {
  const newest = newestFirst(timeOf);
  return (a: T, b: T): number => newest(b, a);
}
