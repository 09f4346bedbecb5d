import { ActionIcon } from "@mantine/core";
import { FileText } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { useShortTime } from "../components/useShortTime";
import styles from "../contacts/Contact.module.css";
import type { Consent, Purpose } from "../privacy/queries";
import "../privacy/words";
import cardStyles from "./Card.module.css";
import type { Card } from "./queries";

const ConsentDialog = lazy(() => import("../privacy/ConsentDialog"));

const PURPOSES: readonly Purpose[] = ["marketing", "storage", "sharing"];

/** What they agree to now, and from where that is known; the register behind it is one step away. */
export function ConsentSection({ card }: { card: Card }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const { contact, consents } = card;
  const now = inForce(consents);
  return (
    <section className={styles.section} aria-label={t("card.consent")}>
      <div className={styles.sectionHead}>
        <h3 className={styles.sectionTitle}>{t("card.consent")}</h3>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          aria-label={t("card.consentRegister")}
          title={t("card.consentRegister")}
          onClick={() => setOpen(true)}
        >
          <FileText size={15} />
        </ActionIcon>
      </div>
      {now.length === 0 && <p className={styles.empty}>{t("card.noConsent")}</p>}
      {now.length > 0 && (
        <ul className={cardStyles.rows}>
          {now.map((row) => (
            <Line key={row.id} row={row} />
          ))}
        </ul>
      )}
      {open && (
        <Suspense>
          <ConsentDialog
            contactId={contact.id}
            shown={contact.name}
            held={contact.held_at !== null}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      )}
    </section>
  );
}

function Line({ row }: { row: Consent }) {
  const { t } = useTranslation();
  const time = useShortTime();
  const facts = [
    t(`privacy.consent.source.${row.source}`),
    time(row.at),
    row.recorded_by?.name,
    row.proof && t("card.withProof"),
  ];
  return (
    <li className={cardStyles.row}>
      <span className={cardStyles.rowTop}>
        <span>{t(`privacy.consent.purpose.${row.purpose}`)}</span>
        <span className={cardStyles.said} data-given={row.given || undefined}>
          {t(row.given ? "privacy.consent.given" : "privacy.consent.takenBack")}
        </span>
      </span>
      <span className={cardStyles.rowHint}>{facts.filter(Boolean).join(" · ")}</span>
    </li>
  );
}

/** The line of each purpose that holds, in one order. */
export function inForce(consents: readonly Consent[]): Consent[] {
  const holding = consents.filter(({ holds }) => holds);
  return PURPOSES.flatMap((purpose) => holding.find((one) => one.purpose === purpose) ?? []);
}
