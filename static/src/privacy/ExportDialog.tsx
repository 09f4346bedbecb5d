import { Button, Modal, Progress } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { FailedNotice } from "../components/states";
import { fullTime } from "../components/times";
import { useMe } from "../session/MeContext";
import styles from "./Privacy.module.css";
import type { AboutContact } from "./PrivacyMenu";
import { type ContactExport, useAskForExport, useDownloadExport, useExports } from "./queries";
import "../mantineLater";
import "./words";

/** Asks for an export, shows how far it is, and hands it over for as long as it is there. */
export default function ExportDialog({ contactId, shown, onClose }: AboutContact) {
  const { t } = useTranslation();
  const exports = useExports(contactId);
  const ask = useAskForExport(contactId);
  const making = exports.data?.some((one) => one.state === "making") ?? false;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("privacy.export.title", { name: shown })}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <div className={styles.form}>
        <p className={styles.hint}>{t("privacy.export.hint")}</p>
        {exports.isError && !exports.data ? (
          <FailedNotice error={exports.error} onRetry={() => exports.refetch()} />
        ) : (
          <ul className={styles.lines}>
            {exports.data?.map((one) => (
              <Line key={one.id} row={one} />
            ))}
          </ul>
        )}
        <div className={styles.deeds}>
          <Button variant="default" onClick={onClose}>
            {t("action.close")}
          </Button>
          <Button disabled={making} loading={ask.isPending} onClick={() => ask.mutate()}>
            {t("privacy.export.submit")}
          </Button>
        </div>
      </div>
    </Modal>
  );
}

function Line({ row }: { row: ContactExport }) {
  const { t, i18n } = useTranslation();
  const { time_zone } = useMe();
  const download = useDownloadExport();
  const at = (iso: string) => fullTime(iso, i18n.language, time_zone);
  const share = row.total > 0 ? Math.min(100, Math.round((row.done / row.total) * 100)) : 0;
  return (
    <li className={styles.line}>
      <div className={styles.words}>
        <p className={styles.said}>{t(`privacy.export.state.${row.state}`)}</p>
        <p className={styles.faint}>
          {at(row.asked_at)}
          {row.expires_at && ` · ${t("privacy.export.until", { at: at(row.expires_at) })}`}
          {row.size !== null && row.state === "ready" && ` · ${size(row.size, i18n.language)}`}
        </p>
        {row.state === "making" && (
          <Progress
            value={share}
            animated
            aria-label={t("privacy.export.progress", { done: row.done, count: row.total })}
          />
        )}
      </div>
      {row.state === "ready" && (
        <Button
          size="compact-sm"
          variant="light"
          loading={download.isPending}
          onClick={() => download.mutate(row)}
        >
          {t("privacy.export.download")}
        </Button>
      )}
    </li>
  );
}

/** In the largest unit that leaves at least one of it. */
function size(bytes: number, locale: string): string {
  const [unit, divisor] =
    bytes >= 1_000_000 ? (["megabyte", 1_000_000] as const) : (["kilobyte", 1000] as const);
  const style = { style: "unit", unit, maximumFractionDigits: 1 } as const;
  return new Intl.NumberFormat(locale, style).format(bytes / divisor);
}
