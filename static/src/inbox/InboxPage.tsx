import { lazy, Suspense, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useConversation, useConversationList } from "../api/queries";
import type { View } from "../api/types";
import { later } from "../components/later";
import { useContactShown } from "../contacts/useContactShown";
import { Banners } from "../session/Banners";
import { useAlerts } from "../session/useAlerts";
import { flatten } from "../stream/lists";
import { ConversationList } from "./ConversationList";
import { ConversationPane, focusComposer, usePreloaded } from "./ConversationPane";
import styles from "./Inbox.module.css";
import { NewMessages } from "./NewMessages";
import { neighbour } from "./neighbour";
import { PageTitle } from "./PageTitle";
import { Rail } from "./Rail";
import { useConversationActions } from "./useConversationActions";
import type { useInboxRoute } from "./useInboxRoute";
import { useShortcuts } from "./useShortcuts";
import { VIEWS } from "./views";

const { Later: ContactSide, ahead: loadContactAhead } = later(
  () => import("../contacts/ContactSide"),
);
const ShortcutsSheet = lazy(() => import("./ShortcutsSheet"));

type Route = NonNullable<ReturnType<typeof useInboxRoute>>;

export function InboxPage({ route }: { route: Route }) {
  const { t } = useTranslation();
  const { view, selectedId, open, go } = route;
  const list = useConversationList(view);
  const rows = useMemo(() => flatten(list.data), [list.data]);
  const conversation = useConversation(selectedId);
  const [sheetOpened, setSheetOpened] = useState(false);
  const contactShown = useContactShown();
  const alerts = useAlerts();
  const move = useMove(rows, selectedId, open);
  usePreloaded(list.isSuccess, loadContactAhead);

  const current = conversation.data ?? null;
  const actions = useConversationActions(current);
  useShortcuts({
    j: () => move(1),
    k: () => move(-1),
    a: actions.assign,
    e: actions.resolveOrReopen,
    r: focusComposer,
    i: () => current && contactShown.toggle(),
    "?": () => setSheetOpened(true),
    Escape: () => selectedId && open(null),
    ...viewKeys(go),
  });

  return (
    <div
      className={styles.inbox}
      data-open={selectedId ? "" : undefined}
      data-contact={current && contactShown.column ? "" : undefined}
    >
      <PageTitle view={view} conversation={current} />
      <Banners />
      <Rail view={view} alerts={alerts} onShortcuts={() => setSheetOpened(true)} />
      <main className={styles.main}>
        <section className={styles.list} aria-label={t(`inbox.view.${view}`)}>
          <h1 className={styles.listTitle}>{t(`inbox.view.${view}`)}</h1>
          <ConversationList
            key={view}
            view={view}
            rows={rows}
            query={list}
            selectedId={selectedId}
            onOpen={open}
            onMove={move}
          />
        </section>
        <div className={styles.pane}>
          <ConversationPane
            query={conversation}
            selectedId={selectedId}
            header={{
              assignOpened: actions.assignOpened,
              onAssignOpened: actions.setAssignOpened,
              onResolveOrReopen: actions.resolveOrReopen,
              onBack: () => open(null),
              contactShown: contactShown.shown,
              onToggleContact: contactShown.toggle,
            }}
          />
        </div>
      </main>
      {current && <ContactSide conversation={current} view={view} shown={contactShown} />}
      <NewMessages openId={selectedId} tell={alerts.tell} onOpen={open} />
      {sheetOpened && (
        <Suspense>
          <ShortcutsSheet onClose={() => setSheetOpened(false)} />
        </Suspense>
      )}
    </div>
  );
}

function viewKeys(go: (view: View) => void): Record<string, () => void> {
  return Object.fromEntries(VIEWS.map(({ view, key }) => [key, () => go(view)]));
}

/** Opens the next or previous row; remembers the place of a selected row that left the list. */
function useMove(
  rows: ReturnType<typeof flatten>,
  selectedId: string | null,
  open: (id: string) => void,
): (step: 1 | -1) => void {
  const lastIndex = useRef(-1);
  useEffect(() => {
    const index = rows.findIndex((row) => row.id === selectedId);
    if (index >= 0 || selectedId === null) lastIndex.current = index;
  }, [rows, selectedId]);
  return (step) => {
    const next = neighbour(rows, selectedId, lastIndex.current, step);
    if (!next) return;
    open(next.id);
    // The focus follows when it was in the list, so that arrows can go on from there.
    if (document.activeElement?.closest('[data-pane="list"]')) {
      requestAnimationFrame(() =>
        document.querySelector<HTMLElement>(`[data-pane="list"] a[data-id="${next.id}"]`)?.focus(),
      );
    }
  };
}
