import { Button } from "@mantine/core";
import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useVirtualizer } from "@tanstack/react-virtual";
import {
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  useEffect,
  useMemo,
  useRef,
} from "react";
import { useTranslation } from "react-i18next";
import { messagesQuery, useChannels, type useConversationList } from "../api/queries";
import type { Conversation, View } from "../api/types";
import { useMinute } from "../components/times";
import { useMe } from "../session/MeContext";
import { ConversationRow, ROW_HEIGHT, type RowSurroundings } from "./ConversationRow";
import styles from "./List.module.css";
import { useLongPress } from "./useLongPress";
import type { Selection } from "./useSelection";
import type { Place } from "./views";

const LOAD_AHEAD = 8;

export interface ListProps {
  place: Place;
  view: View;
  title: string;
  /** Null for whoever may not change many at once. */
  selection: Selection | null;
  rows: Conversation[];
  query: ReturnType<typeof useConversationList>;
  selectedId: string | null;
  onOpen: (id: string) => void;
  onMove: (step: 1 | -1) => void;
}

function useSurroundings(place: Place, view: View): RowSurroundings {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const now = useMinute();
  const { data: channels = [] } = useChannels();
  const showChannel = channels.length > 1;
  return useMemo(
    () => ({
      place,
      view,
      now,
      locale: i18n.language,
      timeZone: me.time_zone,
      myName: me.name,
      myId: me.id,
      showChannel,
      t,
    }),
    [place, view, now, i18n.language, me.time_zone, me.name, me.id, showChannel, t],
  );
}

export function ConversationRows(props: ListProps) {
  const { title, rows, query, selectedId, selection, onOpen, onMove } = props;
  const { t } = useTranslation();
  const client = useQueryClient();
  const scroller = useRef<HTMLDivElement>(null);
  const surroundings = useSurroundings(props.place, props.view);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 6,
  });
  const items = virtual.getVirtualItems();
  useLoadAhead(query, rows.length, items.at(-1)?.index ?? 0);
  useSelectionInSight(selectedId, rows, (index) => virtual.scrollToIndex(index, { align: "auto" }));

  const press = useLongPress((id) => selection?.toggle(id));
  const tabStop = rows.some((row) => row.id === selectedId) ? selectedId : rows[0]?.id;

  return (
    <div ref={scroller} className={styles.scroller} data-pane="list">
      <ul
        className={styles.rows}
        style={{ height: virtual.getTotalSize() }}
        aria-label={t("inbox.listLabel", { view: title })}
        {...press}
        onPointerDown={(event) => {
          loadThread(client, event);
          press.onPointerDown(event);
        }}
        onClick={(event) => openRow(event, onOpen)}
        onKeyDown={(event) => {
          stepWithArrows(event, onMove);
          if (selection) selectAll(event, selection);
        }}
        data-selecting={selection && selection.ids.size > 0 ? "" : undefined}
      >
        {items.map((item) => {
          const conversation = rows[item.index];
          return conversation ? (
            <li
              key={item.key}
              className={styles.item}
              style={{ transform: `translateY(${item.start}px)` }}
              aria-setsize={query.hasNextPage ? -1 : rows.length}
              aria-posinset={item.index + 1}
            >
              {selection && (
                <RowPick
                  name={conversation.contact.name}
                  picked={selection.ids.has(conversation.id)}
                  onPick={(range) => selection.toggle(conversation.id, range)}
                />
              )}
              <ConversationRow
                {...surroundings}
                conversation={conversation}
                selected={conversation.id === selectedId}
                picked={selection?.ids.has(conversation.id) ?? false}
                tabStop={conversation.id === tabStop}
              />
            </li>
          ) : null;
        })}
      </ul>
      <More query={query} />
    </div>
  );
}

/** Scrolls to the selected row when the selection moves, not when the list reorders around it. */
function useSelectionInSight(
  selectedId: string | null,
  rows: Conversation[],
  scrollTo: (index: number) => void,
): void {
  const shown = useRef<string | null>(null);
  useEffect(() => {
    if (selectedId === shown.current) return;
    const index = rows.findIndex((row) => row.id === selectedId);
    if (index < 0) return;
    shown.current = selectedId;
    scrollTo(index);
  });
}

/** The next page is on its way before the end is reached. */
function useLoadAhead(query: ListProps["query"], count: number, lastShown: number): void {
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = query;
  const wanted = lastShown >= count - LOAD_AHEAD && hasNextPage && !isFetchingNextPage;
  useEffect(() => {
    // After a failure only the button tries again.
    if (wanted && !isFetchNextPageError) fetchNextPage();
  }, [wanted, isFetchNextPageError, fetchNextPage]);
}

function More({ query }: { query: ListProps["query"] }) {
  const { t } = useTranslation();
  if (query.isFetchingNextPage) return <p className={styles.more}>{t("inbox.loadingMore")}</p>;
  if (!query.isFetchNextPageError) return null;
  return (
    <p className={styles.more}>
      <Button variant="default" size="compact-sm" onClick={() => query.fetchNextPage()}>
        {t("action.retry")}
      </Button>
    </p>
  );
}

/** A press takes its time until it is a click: the messages are asked for meanwhile, before all else. */
function loadThread(client: QueryClient, event: PointerEvent): void {
  const id = (event.target as Element).closest<HTMLElement>("a[data-id]")?.dataset.id;
  if (id && event.button === 0) client.prefetchInfiniteQuery(messagesQuery(id));
}

/** One listener for all rows; a click meant for a new tab or window is left to the browser. */
function openRow(event: MouseEvent, onOpen: (id: string) => void): void {
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
  const row = (event.target as Element).closest<HTMLElement>("a[data-id]");
  if (!row?.dataset.id) return;
  event.preventDefault();
  onOpen(row.dataset.id);
}

interface PickProps {
  name: string;
  picked: boolean;
  onPick: (range: boolean) => void;
}

/** Lies on the face of a row; seen while the pointer or the focus is there, or any row is chosen. */
function RowPick({ name, picked, onPick }: PickProps) {
  const { t } = useTranslation();
  return (
    <label className={styles.pick} title={t("inbox.select", { name })}>
      <input
        type="checkbox"
        tabIndex={-1}
        checked={picked}
        aria-label={t("inbox.select", { name })}
        // The keys that were held are told by the click, not by the change.
        onClick={(event) => onPick(event.shiftKey)}
        onChange={() => undefined}
      />
    </label>
  );
}

function selectAll(event: KeyboardEvent, selection: Selection): void {
  if (event.key !== "a" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  selection.all();
}

function stepWithArrows(event: KeyboardEvent, onMove: (step: 1 | -1) => void): void {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  event.preventDefault();
  onMove(event.key === "ArrowDown" ? 1 : -1);
}
