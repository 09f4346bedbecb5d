import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { SegmentPerson } from "../api/types";
import { readablePhone } from "../components/phone";
import { FailedNotice } from "../components/states";
import { fullTime } from "../components/times";
import { useMe } from "../session/MeContext";
import { usePeople } from "./queries";
import styles from "./Segments.module.css";

/** Who is in a segment right now. */
export function People({ id }: { id: string }) {
  const { t } = useTranslation();
  const query = usePeople(id);
  const people = query.data?.pages.flatMap(({ results }) => results) ?? [];
  return (
    <section aria-label={t("segments.people")}>
      <h3 className={styles.part}>{t("segments.people")}</h3>
      {query.isPending && <p className={styles.faint}>{t("segments.loading")}</p>}
      {query.isError && !query.data && (
        <FailedNotice error={query.error} onRetry={() => query.refetch()} />
      )}
      {query.data && people.length === 0 && <p className={styles.faint}>{t("segments.nobody")}</p>}
      <PersonList people={people} />
      {query.hasNextPage && (
        <Button
          size="compact-sm"
          variant="default"
          loading={query.isFetchingNextPage}
          onClick={() => query.fetchNextPage()}
        >
          {t("segments.more")}
        </Button>
      )}
    </section>
  );
}

export function PersonList({ people }: { people: readonly SegmentPerson[] }) {
  const { t, i18n } = useTranslation();
  const { time_zone } = useMe();
  return (
    <ul className={styles.people}>
      {people.map(({ contact, last_seen_at }) => (
        <li key={contact.id}>
          <Link href={`/contacts/${contact.id}`} className={styles.person}>
            <bdi>{contact.name}</bdi>
          </Link>
          <span className={styles.faint}>{contact.phone && readablePhone(contact.phone)}</span>
          <span className={styles.faint}>
            {last_seen_at
              ? t("segments.seen", { at: fullTime(last_seen_at, i18n.language, time_zone) })
              : t("segments.neverSeen")}
          </span>
        </li>
      ))}
    </ul>
  );
}
