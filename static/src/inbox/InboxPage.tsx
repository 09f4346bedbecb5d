import { useEffect, useRef } from "react";
import { useConversation } from "../api/queries";
import type { Conversation } from "../api/types";
import { openHelp } from "../commands/panels";
import { useInboxCommands } from "../commands/useInboxCommands";
import { later } from "../components/later";
import { askToAnswer } from "../composer/answerHere";
import { useContactShown } from "../contacts/useContactShown";
import { Banners } from "../session/Banners";
import { useAlerts } from "../session/useAlerts";
import { ConversationPane, usePreloaded } from "./ConversationPane";
import styles from "./Inbox.module.css";
import { ListPane } from "./ListPane";
import { neighbour } from "./neighbour";
import { PageTitle } from "./PageTitle";
import { Rail } from "./Rail";
import { useConversationActions } from "./useConversationActions";
import { useInboxList } from "./useInboxList";
import type { useInboxRoute } from "./useInboxRoute";

const { Later: ContactSide, ahead: loadContactAhead } = later(
  () => import("../contacts/ContactSide"),
);

type Route = NonNullable<ReturnType<typeof useInboxRoute>>;

export function InboxPage({ route }: { route: Route }) {
  const { place, selectedId, open } = route;
  const list = useInboxList(place);
  const conversation = useConversation(selectedId);
  const contactShown = useContactShown();
  const alerts = useAlerts();
  const move = useMove(list.rows, selectedId, open);
  usePreloaded(list.query.isSuccess, loadContactAhead);

  const current = conversation.data ?? null;
  const actions = useConversationActions(current);
  const { selection } = list;
  useInboxCommands({
    list,
    selectedId,
    current: current !== null,
    actions,
    move,
    reply: askToAnswer,
    toggleContact: contactShown.toggle,
    leave: () => (selection.ids.size > 0 ? selection.clear() : selectedId && open(null)),
  });

  return (
    <div
      className={styles.inbox}
      data-open={selectedId ? "" : undefined}
      data-contact={current && contactShown.column ? "" : undefined}
    >
      <PageTitle title={list.title} conversation={current} />
      <Banners />
      <Rail place={place} alerts={alerts} onShortcuts={openHelp} />
      <main className={styles.main}>
        <ListPane list={list} selectedId={selectedId} onOpen={open} onMove={move} />
        <div className={styles.pane}>
          <ConversationPane
            query={conversation}
            selectedId={selectedId}
            header={{
              ...actions.header,
              onResolveOrReopen: actions.resolveOrReopen,
              onBack: () => open(null),
              contactShown: contactShown.shown,
              onToggleContact: contactShown.toggle,
            }}
          />
        </div>
      </main>
      {current && <ContactSide conversation={current} place={place} shown={contactShown} />}
    </div>
  );
}

/** Opens the next or previous row; remembers the place of a selected row that left the list. */
function useMove(
  rows: Conversation[],
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
