import { Trash2 } from "lucide-react";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { later } from "../components/later";
import { Notice } from "../components/states";
import { ConversationList } from "./ConversationList";
import styles from "./Inbox.module.css";
import type { InboxList } from "./useInboxList";

const { Later: ListMenu } = later(() => import("./ListMenu"));
const BulkBar = lazy(() => import("./bulk/BulkBar"));

interface ListPaneProps {
  list: InboxList;
  selectedId: string | null;
  onOpen: (id: string) => void;
  onMove: (step: 1 | -1) => void;
}

/** A list under its name; while rows are chosen, what can be done with them stands in the name's place. */
export function ListPane({ list, selectedId, onOpen, onMove }: ListPaneProps) {
  const { t } = useTranslation();
  const { place, title, selection, rows } = list;
  return (
    <section className={styles.list} aria-label={title}>
      <div className={styles.listHead}>
        <h1 className={styles.listTitle}>{title}</h1>
        <ListMenu key={place} list={list} />
        {selection.ids.size > 0 && (
          <Suspense>
            <BulkBar selection={selection} rows={rows} />
          </Suspense>
        )}
      </div>
      {list.gone ? (
        <Notice
          icon={<Trash2 size={28} />}
          title={t("inbox.savedGone.title")}
          hint={t("inbox.savedGone.hint")}
        />
      ) : (
        <ConversationList
          key={place}
          place={place}
          view={list.view}
          title={title}
          rows={rows}
          query={list.query}
          selectedId={selectedId}
          selection={list.maySelect ? selection : null}
          onOpen={onOpen}
          onMove={onMove}
        />
      )}
    </section>
  );
}
