import {
  type FocusEvent,
  type Ref,
  type RefObject,
  useEffect,
  useImperativeHandle,
  useRef,
  useState,
} from "react";
import { useThread } from "../context";
import { threadCommands } from "../shortcuts";
import type { Row } from "../timeline/rows";
import { JumpDown } from "./JumpDown";
import classes from "./MessageList.module.css";
import { ThreadRow } from "./ThreadRow";
import { useArrowKeys } from "./useArrowKeys";
import { type ThreadVirtualizer, useThreadVirtualizer } from "./useThreadVirtualizer";

export interface ListHandle {
  toEnd(): void;
  /** Scrolls to a loaded message (or, by its key, another row) and marks it for a moment; false: not loaded. */
  toMessage(messageId: string): boolean;
  focusLast(): void;
}

export interface OlderPages {
  has: boolean;
  loading: boolean;
  failed: boolean;
  load(): void;
}

interface MessageListProps {
  ref: Ref<ListHandle>;
  conversationId: string;
  rows: readonly Row[];
  older: OlderPages;
  onAtEnd(atEnd: boolean): void;
}

const highlightMs = 1900;
const loadWithin = 12;

function indexOfMessage(rows: readonly Row[], id: string): number {
  return rows.findIndex(
    (row) => row.key === id || (row.type === "message" && row.message.id === id),
  );
}

function useHighlight() {
  const [id, setId] = useState<string | null>(null);
  useEffect(() => {
    if (!id) return;
    const timer = setTimeout(() => setId(null), highlightMs);
    return () => clearTimeout(timer);
  }, [id]);
  return [id, setId] as const;
}

function useOlderPages(virtualizer: ThreadVirtualizer, older: OlderPages, settled: boolean) {
  const firstIndex = virtualizer.getVirtualItems()[0]?.index ?? Number.POSITIVE_INFINITY;
  const due = settled && firstIndex < loadWithin && older.has && !older.loading && !older.failed;
  useEffect(() => {
    if (due) older.load();
  }, [due, older]);
}

function useHandle(
  ref: Ref<ListHandle>,
  virtualizer: ThreadVirtualizer,
  rows: RefObject<readonly Row[]>,
  focusLast: () => void,
  goesTo: (atEnd: boolean) => void,
  highlight: (id: string) => void,
) {
  useImperativeHandle(ref, () => ({
    toEnd: () => {
      goesTo(true);
      virtualizer.scrollToEnd();
    },
    focusLast,
    toMessage: (id) => {
      const index = indexOfMessage(rows.current, id);
      if (index < 0) return false;
      goesTo(false);
      virtualizer.scrollToIndex(index, { align: "center" });
      highlight(id);
      return true;
    },
  }));
}

export function MessageList({ ref, conversationId, rows, older, onAtEnd }: MessageListProps) {
  const { t, contactName } = useThread();
  const scroller = useRef<HTMLDivElement>(null);
  const latestRows = useRef(rows);
  latestRows.current = rows;
  const { virtualizer, atEnd, settled, goesTo } = useThreadVirtualizer(
    conversationId,
    rows,
    scroller,
  );
  const [highlighted, highlight] = useHighlight();
  const { onKeyDown, focusLast } = useArrowKeys(virtualizer, latestRows, scroller);
  useHandle(ref, virtualizer, latestRows, focusLast, goesTo, highlight);
  useOlderPages(virtualizer, older, settled);
  // Before it has settled, a thread opening at its unread part seems to stand at its end.
  useEffect(() => onAtEnd(atEnd && settled), [onAtEnd, atEnd, settled]);
  return (
    <div className={classes.list}>
      <OlderState older={older} />
      <div
        ref={scroller}
        className={classes.scroller}
        role="log"
        aria-live="off"
        aria-label={t("thread.log", { name: contactName })}
        aria-description={threadCommands
          .map(({ shown, words }) => `${shown?.join(" ")}: ${t(words)}`)
          .join("; ")}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard
        tabIndex={0}
        onFocus={ringWhenTabbed}
        onBlur={dropRing}
        onKeyDown={onKeyDown}
      >
        <Rows virtualizer={virtualizer} rows={rows} highlighted={highlighted} />
      </div>
      <JumpDown rows={rows} atEnd={atEnd} onPress={() => virtualizer.scrollToEnd()} />
    </div>
  );
}

/**
 * The ring round the list is for those who came by Tab. `:focus-visible` alone also draws it after a
 * click, as soon as any shortcut key is pressed.
 */
function ringWhenTabbed({ target, currentTarget }: FocusEvent<HTMLElement>) {
  if (target === currentTarget && target.matches(":focus-visible")) target.dataset.ring = "";
}

function dropRing({ currentTarget }: FocusEvent<HTMLElement>) {
  delete currentTarget.dataset.ring;
}

interface RowsProps {
  virtualizer: ThreadVirtualizer;
  rows: readonly Row[];
  highlighted: string | null;
}

function Rows({ virtualizer, rows, highlighted }: RowsProps) {
  return (
    <div className={classes.room} style={{ height: virtualizer.getTotalSize() }}>
      {virtualizer.getVirtualItems().map((item) => {
        const row = rows[item.index];
        if (!row) return null;
        return (
          <div
            key={item.key}
            ref={virtualizer.measureElement}
            data-index={item.index}
            className={classes.row}
            style={{ transform: `translateY(${item.start}px)` }}
          >
            <ThreadRow
              row={row}
              highlighted={(row.type === "message" ? row.message.id : row.key) === highlighted}
            />
          </div>
        );
      })}
    </div>
  );
}

function OlderState({ older }: { older: OlderPages }) {
  const { t } = useThread();
  if (older.failed) {
    return (
      <div className={classes.older}>
        {t("thread.older.failed")}{" "}
        <button type="button" onClick={older.load}>
          {t("thread.older.again")}
        </button>
      </div>
    );
  }
  return older.loading ? <div className={classes.older}>{t("thread.older.loading")}</div> : null;
}
