import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { FailedNotice } from "../components/states";
import { fullTime, listTime, useMinute } from "../components/times";
import { notifyDone, notifyError } from "../components/toasts";
import { useMe } from "../session/MeContext";
import { countryName } from "./country";
import { type OwnSession, useEndOthers, useEndSession, useOwnSessions } from "./queries";
import styles from "./Sessions.module.css";
import "./words";

/** Where one is signed in right now, and how to end that elsewhere. */
export function SessionsPart() {
  const { t } = useTranslation();
  const { data, isError, error, refetch } = useOwnSessions();
  const others = useEndOthers();
  const endOthers = () => {
    if (!window.confirm(t("sessions.endOthersSure"))) return;
    others.mutate(undefined, {
      onSuccess: () => notifyDone(t("sessions.othersEnded")),
      onError: notifyError,
    });
  };
  return (
    <section className={styles.part} aria-labelledby="own-sessions">
      <h2 id="own-sessions">{t("sessions.title")}</h2>
      <p className={styles.hint}>{t("sessions.hint")}</p>
      {isError && !data && <FailedNotice error={error} onRetry={() => refetch()} />}
      {!data && !isError && <p className={styles.hint}>{t("inbox.loading")}</p>}
      {data && (
        <ul className={styles.rows}>
          {data.map((row) => (
            <Row key={row.id} row={row} />
          ))}
        </ul>
      )}
      {data && data.length === 1 && <p className={styles.hint}>{t("sessions.onlyHere")}</p>}
      {data && data.length > 1 && (
        <Button variant="default" color="red" loading={others.isPending} onClick={endOthers}>
          {t("sessions.endOthers")}
        </Button>
      )}
    </section>
  );
}

function Row({ row }: { row: OwnSession }) {
  const { t, i18n } = useTranslation();
  const { time_zone } = useMe();
  const now = useMinute();
  const end = useEndSession();
  const device = row.device_name || row.device || t("sessions.unknownDevice");
  const place = countryName(row.country, i18n.language);
  const drop = () => {
    if (!window.confirm(t("sessions.endSure", { device }))) return;
    end.mutate(row.id, {
      onSuccess: () => notifyDone(t("sessions.ended")),
      onError: notifyError,
    });
  };
  const begun = fullTime(row.begun_at, i18n.language, time_zone);
  const active = listTime(row.last_active_at, {
    now,
    locale: i18n.language,
    timeZone: time_zone,
    t,
  });
  return (
    <li className={styles.row}>
      <div className={styles.what}>
        <span className={styles.name}>
          {device}
          {row.is_this && <span className={styles.here}>{t("sessions.thisBrowser")}</span>}
        </span>
        <span className={styles.facts}>{[place, row.ip].filter(Boolean).join(" · ")}</span>
        <span className={styles.facts}>
          {t("sessions.begun", { at: begun })}
          {row.how && ` · ${t(`sessions.how.${row.how}`)}`}
        </span>
        {!row.is_this && (
          <span className={styles.facts}>{t("sessions.active", { at: active })}</span>
        )}
      </div>
      {!row.is_this && (
        <Button
          variant="default"
          size="xs"
          aria-label={t("sessions.endOf", { device })}
          loading={end.isPending}
          onClick={drop}
        >
          {t("sessions.end")}
        </Button>
      )}
    </li>
  );
}
