const KEY = "kefu.recent";
const MOST = 8;

/** Ids of what was run lately, the newest first; per person, in this browser. */
export function recentOf(userId: number): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(`${KEY}.${userId}`) ?? "[]");
    return Array.isArray(kept) ? kept.filter((one): one is string => typeof one === "string") : [];
  } catch {
    return [];
  }
}

export function noteRecent(userId: number, id: string): void {
  const next = [id, ...recentOf(userId).filter((one) => one !== id)].slice(0, MOST);
  try {
    localStorage.setItem(`${KEY}.${userId}`, JSON.stringify(next));
  } catch {
    // Not remembered.
  }
}
