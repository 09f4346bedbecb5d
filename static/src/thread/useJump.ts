import { type RefObject, useCallback, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { notifyDone } from "../components/toasts";
import type { ListHandle } from "./list/MessageList";
import type { useThreadMessages } from "./useThreadMessages";

/** So far back a quoted message is looked for; at 50 a page that is 1,000 messages. */
const pagesSearched = 20;

type Query = ReturnType<typeof useThreadMessages>["query"];

/** Goes to a message by id, loading older pages until it is there. */
export function useJump(
  query: Query,
  rows: readonly unknown[],
  list: RefObject<ListHandle | null>,
) {
  const { t } = useTranslation();
  const target = useRef<string | null>(null);
  const latest = useRef(query);
  latest.current = query;

  // The pages arrive first and become rows with the next drawing.
  // biome-ignore lint/correctness/useExhaustiveDependencies: with each new set of rows
  useEffect(() => {
    if (target.current && list.current?.toMessage(target.current)) target.current = null;
  }, [rows]);

  return useCallback(
    async (id: string) => {
      if (list.current?.toMessage(id)) return;
      target.current = id;
      for (let page = 0; page < pagesSearched && latest.current.hasNextPage; page += 1) {
        const result = await latest.current.fetchNextPage();
        // Another jump, or another thread, took over.
        if (target.current !== id || !list.current) return;
        if (result.data?.pages.some((p) => p.results.some((message) => message.id === id))) return;
        if (result.isError || !result.hasNextPage) break;
      }
      target.current = null;
      notifyDone(t("thread.quote.notFound"));
    },
    [list, t],
  );
}
