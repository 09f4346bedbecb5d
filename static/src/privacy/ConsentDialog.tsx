import { Badge, Modal } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { FailedNotice } from "../components/states";
import { fullTime } from "../components/times";
import { useMay, useMe } from "../session/MeContext";
import { ConsentForm } from "./ConsentForm";
import { ConsentProof } from "./ConsentProof";
import styles from "./Privacy.module.css";
import type { AboutContact } from "./PrivacyMenu";
import { type Consent, useConsents } from "./queries";
import "../mantineLater";
import "./words";

/** What the person agreed to and took back, newest first, and a line to be added. */
export default function ConsentDialog({ contactId, shown, onClose }: AboutContact) {
  const { t } = useTranslation();
  const mayWrite = useMay("contact.edit");
  const { data, error, isError, refetch } = useConsents(contactId);
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("privacy.consent.title", { name: shown })}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <div className={styles.form}>
        {isError && !data && <FailedNotice error={error} onRetry={() => refetch()} />}
        {data?.length === 0 && <p className={styles.hint}>{t("privacy.consent.none")}</p>}
        <ul className={styles.lines}>
          {data?.map((one) => (
            <Line key={one.id} row={one} mayWrite={mayWrite} />
          ))}
        </ul>
        {mayWrite && <ConsentForm contactId={contactId} />}
      </div>
    </Modal>
  );
}

function Line({ row, mayWrite }: { row: Consent; mayWrite: boolean }) {
  const { t, i18n } = useTranslation();
  const { time_zone } = useMe();
  const facts = [
    fullTime(row.at, i18n.language, time_zone),
    t(`privacy.consent.source.${row.source}`),
    row.recorded_by && t("privacy.consent.by", { name: row.recorded_by.name }),
  ];
  return (
    <li>
      <p className={styles.said}>
        {t(`privacy.consent.purpose.${row.purpose}`)}{" "}
        <Badge
          component="span"
          size="sm"
          variant={row.holds ? "light" : "outline"}
          color={row.given ? "teal" : "red"}
        >
          {t(row.given ? "privacy.consent.given" : "privacy.consent.takenBack")}
        </Badge>
      </p>
      {row.evidence && <p className={styles.quoted}>{row.evidence}</p>}
      <p className={styles.faint}>{facts.filter(Boolean).join(" · ")}</p>
      <ConsentProof row={row} mayWrite={mayWrite} />
    </li>
  );
}
