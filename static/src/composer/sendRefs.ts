// The references under which what stands in a draft is sent where it waits for the server's word. The same words keep
// theirs until the server has them, also after a reload: whoever presses again makes no second one.

const PREFIX = "kefu.draft";
const KEPT = 40;

function keyOf(userId: number, place: string): string {
  return `${PREFIX}.${userId}.${place}#refs`;
}

function refsOf(key: string): [what: string, ref: string][] {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "[]");
  } catch {
    return [];
  }
}

function keep(key: string, refs: [string, string][]): void {
  try {
    if (refs.length > 0) localStorage.setItem(key, JSON.stringify(refs.slice(-KEPT)));
    else localStorage.removeItem(key);
  } catch {
    // Without storage a second press is a second one.
  }
}

/** `what`: all that is sent, as one string. */
export function sendRef(userId: number, place: string, what: string): string {
  const key = keyOf(userId, place);
  const refs = refsOf(key);
  const known = refs.find(([sent]) => sent === what);
  if (known) return known[1];
  const ref = crypto.randomUUID();
  keep(key, [...refs, [what, ref]]);
  return ref;
}

/** The server has it: the same words again would be another one. */
export function endSendRefs(userId: number, place: string, whats: readonly string[]): void {
  const key = keyOf(userId, place);
  keep(
    key,
    refsOf(key).filter(([sent]) => !whats.includes(sent)),
  );
}
