// What this browser knows of the server's version of each draft; beside the draft itself, and gone with it.

export interface KeptFile {
  upload: string;
  caption: string;
}

export interface Known {
  revision: number;
  /** As it was when both sides agreed. */
  text: string;
  files: readonly KeptFile[];
}

export const UNKNOWN: Known = { revision: 0, text: "", files: [] };

function keyOf(userId: number, place: string): string {
  return `kefu.draft.${userId}.${place}#known`;
}

export function knownOf(userId: number, place: string): Known {
  try {
    const kept = localStorage.getItem(keyOf(userId, place));
    return kept ? { ...UNKNOWN, ...(JSON.parse(kept) as Known) } : UNKNOWN;
  } catch {
    return UNKNOWN;
  }
}

export function keepKnown(userId: number, place: string, known: Known): void {
  try {
    if (known.text === "" && known.files.length === 0)
      localStorage.removeItem(keyOf(userId, place));
    else localStorage.setItem(keyOf(userId, place), JSON.stringify(known));
  } catch {
    // Then the next change meets the server's version and both are kept.
  }
}

/** The places of this person that have a draft here, or had one that the server knows. */
export function placesOf(userId: number): string[] {
  const prefix = `kefu.draft.${userId}.`;
  const found = Object.keys(localStorage).filter((key) => key.startsWith(prefix));
  return [...new Set(found.map((key) => key.slice(prefix.length).replace(/#.*$/, "")))];
}
