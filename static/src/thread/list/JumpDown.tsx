import { ArrowDown } from "lucide-react";
import { useRef } from "react";
import { useThread } from "../context";
import type { Row } from "../timeline/rows";
import classes from "./MessageList.module.css";

/** How many of the customer's messages came after the given row. */
export function arrivedSince(rows: readonly Row[], key: string | null): number {
  if (key === null) return 0;
  let count = 0;
  for (let index = rows.length - 1; index >= 0; index -= 1) {
    const row = rows[index] as Row;
    if (row.key === key) return count;
    if (row.type === "message" && row.message.direction === "in") count += 1;
  }
  return 0;
}

interface JumpDownProps {
  rows: readonly Row[];
  atEnd: boolean;
  onPress(): void;
}

/** Leads back to the end; tells what has come while the agent read further up. */
export function JumpDown({ rows, atEnd, onPress }: JumpDownProps) {
  const { t } = useThread();
  const unread = rows.find((row) => row.type === "unread");
  const seen = useRef(unread?.key ?? null);
  if (atEnd || seen.current === null) seen.current = rows[rows.length - 1]?.key ?? null;
  if (atEnd) return null;
  const count = arrivedSince(rows, seen.current);
  return (
    <button
      type="button"
      className={classes.jump}
      data-new={count > 0 || undefined}
      aria-label={t("thread.jumpDown")}
      onClick={onPress}
    >
      {count > 0 && <span aria-live="polite">{t("thread.arrived", { count })}</span>}
      <ArrowDown size={16} />
    </button>
  );
}
