import { ActionIcon, Button } from "@mantine/core";
import { CalendarClock, ChevronLeft, ChevronRight } from "lucide-react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Grant } from "../api/types";
import { FailedNotice, Notice } from "../components/states";
import { useMay, useMe } from "../session/MeContext";
import styles from "./Access.module.css";
import { barOf, byPerson, dayNames, weekFrom } from "./calendar";
import { GiveDialog } from "./GiveDialog";
import { GrantDialog } from "./GrantDialog";
import { useGrants } from "./queries";
import { rightName } from "./rightWords";

/** Who may do what when: two weeks, a line for each person. */
export function GrantCalendar() {
  const { t, i18n } = useTranslation();
  const { time_zone } = useMe();
  const mayGive = useMay("grant.give");
  const [offset, setOffset] = useState(0);
  const [giving, setGiving] = useState(false);
  const span = useMemo(() => weekFrom(new Date(), offset), [offset]);
  const query = useGrants(span.since, span.until);
  const names = dayNames(span.since, i18n.language, time_zone);
  return (
    <section aria-label={t("access.tab.grants")}>
      <div className={styles.bar}>
        <ActionIcon
          variant="default"
          aria-label={t("access.earlier")}
          onClick={() => setOffset(offset - 1)}
        >
          <ChevronLeft size={16} />
        </ActionIcon>
        <Button variant="default" size="compact-sm" onClick={() => setOffset(0)}>
          {t("access.today")}
        </Button>
        <ActionIcon
          variant="default"
          aria-label={t("access.later")}
          onClick={() => setOffset(offset + 1)}
        >
          <ChevronRight size={16} />
        </ActionIcon>
        <span className={styles.grow}>{`${names[0]} – ${names.at(-1)}`}</span>
        {mayGive && (
          <Button size="compact-sm" onClick={() => setGiving(true)}>
            {t("access.give.open")}
          </Button>
        )}
      </div>
      {query.isError && <FailedNotice error={query.error} onRetry={() => query.refetch()} />}
      {query.isPending && <p className={styles.hint}>{t("access.loading")}</p>}
      {query.data?.length === 0 && (
        <Notice icon={<CalendarClock size={28} />} title={t("access.empty.grants")} />
      )}
      {query.data && query.data.length > 0 && (
        <Lines grants={query.data} names={names} since={span.since} until={span.until} />
      )}
      {giving && <GiveDialog onClose={() => setGiving(false)} />}
    </section>
  );
}

interface LinesProps {
  grants: Grant[];
  names: string[];
  since: string;
  until: string;
}

function Lines({ grants, names, since, until }: LinesProps) {
  const { t } = useTranslation();
  const [shown, setShown] = useState<Grant | null>(null);
  return (
    <div className={styles.calendar}>
      <div className={styles.days} aria-hidden="true">
        {names.map((name) => (
          <span key={name}>{name}</span>
        ))}
      </div>
      {byPerson(grants).map(({ person, grants: theirs }) => (
        <div key={person.id} className={styles.person}>
          <h3>{person.name}</h3>
          <div className={styles.bars}>
            {theirs.map((grant) => (
              <button
                key={grant.id}
                type="button"
                className={styles.grant}
                data-state={grant.state}
                style={barOf(grant, since, until)}
                title={rightName(grant.right, t)}
                onClick={() => setShown(grant)}
              >
                {rightName(grant.right, t)}
              </button>
            ))}
          </div>
        </div>
      ))}
      {shown && <GrantDialog grant={shown} onClose={() => setShown(null)} />}
    </div>
  );
}
