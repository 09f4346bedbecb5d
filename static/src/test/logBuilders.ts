import type { Operation, Seal } from "../api/types";

export function anOperation(change: Partial<Operation> = {}): Operation {
  return {
    id: 41,
    at: "2026-03-01T08:00:00Z",
    actor: { kind: "person", id: 9, name: "Fay" },
    action: "conversation.assigned",
    subject: {
      kind: "inbox.conversation",
      id: "c1",
      name: "王小明",
      opens: "conversation",
      opens_id: "c1",
    },
    region_id: 1,
    ip: "10.1.2.3",
    device: "Firefox · Windows",
    facts: [{ name: "change", label: "", before: null, after: "Ben", changed: true, words: false }],
    covered: false,
    erased: false,
    sealed: false,
    ...change,
  };
}

export function aSeal(change: Partial<Seal> = {}): Seal {
  return { number: 7, last_id: 40, digest: "ab12", sealed_at: "2026-03-01T08:01:00Z", ...change };
}
