import { Button } from "@mantine/core";
import { SearchX } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { FailedNotice, Notice } from "../components/states";
import { type Asked, answers, type Group } from "./address";
import { ContactHit, MessageHit, NoteHit } from "./Hits";
import { type FoundContact, type FoundMessage, type FoundNote, useHits } from "./queries";
import styles from "./Search.module.css";

/** So many of each group while all are shown. */
const A_FEW = 5;

interface GroupProps {
  asked: Asked;
  /** The only group that is shown: all of it, page by page. */
  alone: boolean;
  onMore: () => void;
}

export function MessageHits(props: GroupProps) {
  const query = useHits<FoundMessage>("messages", props.asked, true);
  return (
    <Shown {...props} group="messages" query={query}>
      {(row) => <MessageHit key={row.id} hit={row} asked={props.asked} />}
    </Shown>
  );
}

export function NoteHits(props: GroupProps) {
  const query = useHits<FoundNote>("notes", props.asked, true);
  return (
    <Shown {...props} group="notes" query={query}>
      {(row) => <NoteHit key={row.id} hit={row} asked={props.asked} />}
    </Shown>
  );
}

export function ContactHits(props: GroupProps) {
  const query = useHits<FoundContact>("contacts", props.asked, true);
  return (
    <Shown {...props} group="contacts" query={query}>
      {(row) => <ContactHit key={row.contact.id} hit={row} asked={props.asked} />}
    </Shown>
  );
}

interface ShownProps<T> extends GroupProps {
  group: Group;
  query: ReturnType<typeof useHits<T>>;
  children: (row: T) => ReactNode;
}

/** A group under its name: what was found, that nothing was, that it takes a moment, or why it failed. */
function Shown<T>({ group, asked, alone, onMore, query, children }: ShownProps<T>) {
  const { t } = useTranslation();
  const name = t(`searchPage.group.${group}`);
  if (!answers(group, asked)) {
    return alone ? <Notice title={t("searchPage.unfit")} /> : null;
  }
  const rows = query.data?.rows ?? [];
  const shown = alone ? rows : rows.slice(0, A_FEW);
  const more = rows.length > shown.length || query.hasNextPage;
  return (
    <section className={styles.group} aria-label={name} aria-busy={query.isFetching}>
      {!alone && <h2 className={styles.groupName}>{name}</h2>}
      {query.isPending && (
        <p className={styles.hint} role="status">
          {t("searchPage.looking")}
        </p>
      )}
      {query.isError && !query.data && (
        <FailedNotice error={query.error} onRetry={() => query.refetch()} />
      )}
      {query.data && rows.length === 0 && <Nothing alone={alone} partial={query.data.partial} />}
      {shown.length > 0 && <ul className={styles.hits}>{shown.map(children)}</ul>}
      {query.data && more && (
        <Button
          variant={alone ? "default" : "subtle"}
          size="compact-md"
          loading={query.isFetchingNextPage}
          onClick={() => (alone || rows.length === 0 ? query.fetchNextPage() : onMore())}
        >
          {t(moreWords(alone || rows.length === 0, query.data.partial), { group: name })}
        </Button>
      )}
    </section>
  );
}

function moreWords(going: boolean, partial: boolean): string {
  if (!going) return "searchPage.all";
  return partial ? "searchPage.further" : "searchPage.more";
}

function Nothing({ alone, partial }: { alone: boolean; partial: boolean }) {
  const { t } = useTranslation();
  const title = t(partial ? "searchPage.noneYet.title" : "searchPage.none.title");
  const hint = t(partial ? "searchPage.noneYet.hint" : "searchPage.none.hint");
  if (!alone) return <p className={styles.hint}>{title}</p>;
  return <Notice icon={<SearchX size={28} strokeWidth={1.5} />} title={title} hint={hint} />;
}
