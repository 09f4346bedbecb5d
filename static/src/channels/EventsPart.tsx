import { Info, OctagonAlert, TriangleAlert } from "lucide-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { AccountEvent } from "../api/types";
import { FailedNotice } from "../components/states";
import { fullTime } from "../components/times";
import { useMe } from "../session/MeContext";
import styles from "./EventsPart.module.css";
import { eventDetails, eventWords } from "./eventWords";
import { Deed, Part } from "./Part";
import kit from "./Part.module.css";
import { useAccountEvents, useMarkSeen } from "./queries";

const ICONS: Record<string, ReactElement> = {
  info: <Info size={15} />,
  warning: <TriangleAlert size={15} />,
  critical: <OctagonAlert size={15} />,
};

/** What WhatsApp told of the account, in words, newest first. */
export function EventsPart({ channelId, alerts }: { channelId: string; alerts: number }) {
  const { t } = useTranslation();
  const events = useAccountEvents(channelId);
  const seen = useMarkSeen(channelId);
  return (
    <Part
      title={t("channels.events.title")}
      action={
        alerts > 0 && (
          <Deed onClick={() => seen.mutate()} busy={seen.isPending}>
            {t("channels.events.seen", { count: alerts })}
          </Deed>
        )
      }
    >
      {events.isPending && <p className={kit.hint}>{t("channels.loading")}</p>}
      {events.isError && !events.data && (
        <FailedNotice error={events.error} onRetry={() => events.refetch()} />
      )}
      {events.data?.length === 0 && <p className={kit.hint}>{t("channels.events.none")}</p>}
      <ul className={styles.events}>
        {events.data?.map((event) => (
          <EventRow key={event.id} event={event} />
        ))}
      </ul>
      {events.hasNextPage && (
        <Deed onClick={() => events.fetchNextPage()} busy={events.isFetchingNextPage}>
          {t("channels.events.older")}
        </Deed>
      )}
    </Part>
  );
}

function EventRow({ event }: { event: AccountEvent }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const details = eventDetails(event, t, (iso) => fullTime(iso, i18n.language, me.time_zone));
  return (
    <li
      className={styles.event}
      data-severity={event.severity}
      data-unseen={!event.seen || undefined}
    >
      <span
        className={styles.eventIcon}
        role="img"
        aria-label={t(`channels.severity.${event.severity}`)}
      >
        {ICONS[event.severity]}
      </span>
      <div>
        <p>{eventWords(event, t)}</p>
        {details && <p className={kit.hint}>{details}</p>}
      </div>
      <time dateTime={event.at} className={kit.hint}>
        {fullTime(event.at, i18n.language, me.time_zone)}
      </time>
    </li>
  );
}
