import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSession } from "../api/queries";
import { FailedNotice } from "../components/states";
import { fullTime } from "../components/times";
import { notifyDone, notifyError } from "../components/toasts";
import { useMe } from "../session/MeContext";
import { countryName } from "./country";
import { type KnownDevice, useDevices, useForget, useUntrust } from "./queries";
import { RenameDialog } from "./RenameDialog";
import styles from "./Sessions.module.css";
import "./words";

/** The browsers that are recognised: a sign-in anywhere else is told by mail. */
export function DevicesPart() {
  const { t } = useTranslation();
  const { data, isError, error, refetch } = useDevices();
  const mail = useSession().data?.mail ?? true;
  const [renamed, setRenamed] = useState<KnownDevice | null>(null);
  return (
    <section className={styles.part} aria-labelledby="own-devices">
      <h2 id="own-devices">{t("sessions.devices.title")}</h2>
      <p className={styles.hint}>
        {t(mail ? "sessions.devices.hint" : "sessions.devices.hintNoMail")}
      </p>
      {isError && !data && <FailedNotice error={error} onRetry={() => refetch()} />}
      {!data && !isError && <p className={styles.hint}>{t("inbox.loading")}</p>}
      {data?.length === 0 && <p className={styles.hint}>{t("sessions.devices.none")}</p>}
      {data && data.length > 0 && (
        <ul className={styles.rows}>
          {data.map((row) => (
            <Row key={row.id} row={row} onRename={() => setRenamed(row)} />
          ))}
        </ul>
      )}
      {renamed && <RenameDialog device={renamed} onClose={() => setRenamed(null)} />}
    </section>
  );
}

function Row({ row, onRename }: { row: KnownDevice; onRename: () => void }) {
  const { t, i18n } = useTranslation();
  const { time_zone } = useMe();
  const forget = useForget();
  const device = row.name || row.kind || t("sessions.unknownDevice");
  const at = (iso: string) => fullTime(iso, i18n.language, time_zone);
  const place = countryName(row.country, i18n.language);
  const drop = () => {
    if (!window.confirm(t("sessions.devices.forgetSure", { device }))) return;
    forget.mutate(row.id, {
      onSuccess: () => notifyDone(t("sessions.devices.forgotten")),
      onError: notifyError,
    });
  };
  return (
    <li className={styles.row}>
      <div className={styles.what}>
        <span className={styles.name}>
          {device}
          {row.is_this && <span className={styles.here}>{t("sessions.thisBrowser")}</span>}
        </span>
        <span className={styles.facts}>
          {[row.name ? row.kind : null, place, row.ip].filter(Boolean).join(" · ")}
        </span>
        <span className={styles.facts}>
          {t("sessions.devices.seen", { first: at(row.first_seen_at), last: at(row.last_seen_at) })}
        </span>
        {row.trusted_until && (
          <span className={styles.facts}>
            {t("sessions.devices.trusted", { at: at(row.trusted_until) })}
          </span>
        )}
      </div>
      <div className={styles.deeds}>
        {row.trusted_until && <Untrust id={row.id} device={device} />}
        <Button
          variant="default"
          size="xs"
          aria-label={t("sessions.devices.renameOf", { device })}
          onClick={onRename}
        >
          {t("sessions.devices.rename")}
        </Button>
        <Button
          variant="default"
          size="xs"
          aria-label={t("sessions.devices.forgetOf", { device })}
          loading={forget.isPending}
          onClick={drop}
        >
          {t("sessions.devices.forget")}
        </Button>
      </div>
    </li>
  );
}

/** The next sign-in there asks for the second factor again; it stays a device that is known. */
function Untrust({ id, device }: { id: string; device: string }) {
  const { t } = useTranslation();
  const untrust = useUntrust();
  const stop = () =>
    untrust.mutate(id, {
      onSuccess: () => notifyDone(t("sessions.devices.untrusted")),
      onError: notifyError,
    });
  return (
    <Button
      variant="default"
      size="xs"
      aria-label={t("sessions.devices.untrustOf", { device })}
      loading={untrust.isPending}
      onClick={stop}
    >
      {t("sessions.devices.untrust")}
    </Button>
  );
}
