import type { Import } from "./queries";

const ORDER = ["created", "updated", "unchanged", "refused", "noted", "consents"];
const UNDONE = ["removed", "restored", "kept"];
type Words = (key: string, values: { n: number }) => string;

/** What became of the lines, in words; of an undone import what became of what it had made. */
export function counted(
  t: Words,
  job: Pick<Import, "state" | "counts" | "undo_counts" | "checked">,
): string {
  const undone = job.state === "undoing" || job.state === "undone";
  const counts: Record<string, number> = undone
    ? job.undo_counts
    : job.state === "draft"
      ? (job.checked ?? {})
      : job.counts;
  return (undone ? UNDONE : ORDER)
    .filter((name) => (counts[name] ?? 0) > 0)
    .map((name) => t(`imports.count.${name}`, { n: counts[name] ?? 0 }))
    .join(" · ");
}
