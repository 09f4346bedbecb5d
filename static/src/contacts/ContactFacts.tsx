import { useTranslation } from "react-i18next";
import type { Contact, ContactBrief } from "../api/types";
import { readablePhone } from "../components/phone";
import { clockTime, dayIn, formatIn, fullTime, useMinute } from "../components/times";
import { useMe } from "../session/MeContext";
import styles from "./Contact.module.css";
import { ContactLanguage } from "./ContactLanguage";
import { nameOf } from "./names";

interface FactsProps {
  brief: ContactBrief;
  contact: Contact | undefined;
}

/** Every line is there from the start, so that nothing moves when the contact has loaded. */
export function ContactFacts({ brief, contact }: FactsProps) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const none = contact ? t("contact.none") : "…";
  const seen = (iso: string | null | undefined) =>
    iso ? fullTime(iso, i18n.language, me.time_zone) : none;
  return (
    <dl className={styles.facts}>
      <Fact label={t("contact.phone")}>
        {brief.phone ? <span className={styles.number}>{readablePhone(brief.phone)}</span> : none}
      </Fact>
      <Fact label={t("contact.username")}>{contact?.username ?? none}</Fact>
      <Fact label={t("contact.language")}>
        {contact ? (
          <ContactLanguage contact={contact} />
        ) : (
          (nameOf("language", brief.language, i18n.language) ?? none)
        )}
      </Fact>
      <Fact label={t("contact.country")}>
        {nameOf("region", contact?.country, i18n.language) ?? none}
      </Fact>
      <Fact label={t("contact.localTime")}>
        {contact?.time_zone ? <LocalTime timeZone={contact.time_zone} /> : none}
      </Fact>
      <Fact label={t("contact.firstSeen")}>{seen(contact?.first_seen_at)}</Fact>
      <Fact label={t("contact.lastSeen")}>{seen(contact?.last_seen_at)}</Fact>
      {contact?.held_at && (
        <Fact label={t("contact.held")}>
          {t("contact.heldSince", { time: seen(contact.held_at) })}
        </Fact>
      )}
      {contact?.marketing_stopped_at && (
        <Fact label={t("contact.marketing")}>
          {t("contact.marketingStopped", { time: seen(contact.marketing_stopped_at) })}
        </Fact>
      )}
    </dl>
  );
}

function Fact({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** The customer's clock, with the weekday where it is another day for them. */
function LocalTime({ timeZone }: { timeZone: string }) {
  const { i18n } = useTranslation();
  const me = useMe();
  const now = new Date(useMinute());
  const otherDay = dayIn(now, timeZone) !== dayIn(now, me.time_zone);
  const weekday = formatIn(i18n.language, timeZone, { weekday: "short" }).format(now);
  const clock = clockTime(now, i18n.language, timeZone);
  return <span className={styles.number}>{otherDay ? `${weekday} ${clock}` : clock}</span>;
}
