import type { Conversation } from "../api/types";

/**
 * The row one step from the selected one. When the selected row has left the list (resolved, handed
 * on), `lastIndex` is where it was: the row that moved into its place is next.
 */
export function neighbour(
  rows: Conversation[],
  selectedId: string | null,
  lastIndex: number,
  step: 1 | -1,
): Conversation | undefined {
  if (rows.length === 0) return undefined;
  const at = rows.findIndex((row) => row.id === selectedId);
  if (at >= 0) return rows[at + step];
  if (selectedId === null || lastIndex < 0) return step === 1 ? rows[0] : undefined;
  return step === 1 ? rows[Math.min(lastIndex, rows.length - 1)] : rows[lastIndex - 1];
}
