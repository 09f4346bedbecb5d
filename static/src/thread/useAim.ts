import { type RefObject, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { notifyDone } from "../components/toasts";
import type { ListHandle } from "./list/MessageList";
import type { useThreadMessages } from "./useThreadMessages";

const AIM = /^#(note|m)-([0-9a-f-]{36})$/;
const MOVED = ["popstate", "pushState", "replaceState", "hashchange"] as const;

function aimOf(hash: string): { kind: string; id: string } | null {
  const found = AIM.exec(hash);
  return found ? { kind: found[1] as string, id: found[2] as string } : null;
}

/** So far back a note is looked for; at 50 messages a page that is 1,000 of them. */
const PAGES_SEARCHED = 20;

interface AimParts {
  rows: readonly unknown[];
  list: RefObject<ListHandle | null>;
  jumpTo: (id: string) => void;
  query: ReturnType<typeof useThreadMessages>["query"];
  /** Whether all notes beside the loaded messages are here. */
  settled: boolean;
}

/**
 * A notification leads to one message (`#m-…`) or one note (`#note-…`) of the thread, however old; once there, or once
 * it is known not to be there, the address is plain.
 */
export function useAim({ rows, list, jumpTo, query, settled }: AimParts): void {
  const { t } = useTranslation();
  const hash = useHash();
  const pages = useRef({ hash: "", count: 0 });
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = query;
  // biome-ignore lint/correctness/useExhaustiveDependencies: tried again with each new set of rows
  useEffect(() => {
    const aim = aimOf(hash);
    if (!aim) return;
    const there = () => history.replaceState(history.state, "", location.pathname);
    if (pages.current.hash !== hash) pages.current = { hash, count: 0 };
    if (aim.kind === "m") {
      jumpTo(aim.id);
      there();
    } else if (list.current?.toMessage(`note:${aim.id}`)) there();
    else if (settled && !isFetchingNextPage) {
      if (hasNextPage && !isFetchNextPageError && pages.current.count < PAGES_SEARCHED) {
        pages.current.count += 1;
        void fetchNextPage();
        return;
      }
      there();
      notifyDone(t("notes.notFound"));
    }
  }, [hash, rows, settled, hasNextPage, isFetchingNextPage, isFetchNextPageError]);
}

function useHash(): string {
  const [hash, setHash] = useState(() => location.hash);
  useEffect(() => {
    const moved = () => setHash(location.hash);
    for (const name of MOVED) window.addEventListener(name, moved);
    return () => {
      for (const name of MOVED) window.removeEventListener(name, moved);
    };
  }, []);
  return hash;
}
