import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { useContact } from "../api/queries";
import type { Contact, Conversation } from "../api/types";
import { CardFields, CardRest, CardTop } from "../card/CardSections";
import { useCard } from "../card/queries";
import { Avatar } from "../components/Avatar";
import { FailedNotice } from "../components/states";
import type { Place } from "../inbox/views";
import { PrivacyMenu } from "../privacy/PrivacyMenu";
import styles from "./Contact.module.css";
import { ContactFacts } from "./ContactFacts";
import { ContactName } from "./ContactName";
import { Notes } from "./Notes";
import { OtherConversations } from "./OtherConversations";

/** What the list already knows shows at once; the rest follows in place. */
export function ContactPanel({
  conversation,
  place,
}: {
  conversation: Conversation;
  place: Place;
}) {
  const { t } = useTranslation();
  const brief = conversation.contact;
  const { data: contact, error, isError, refetch } = useContact(brief.id);
  // A new case, or one that is over, is told of the conversation only.
  const card = useCard(brief.id, `${conversation.case_number}${conversation.state}`);
  return (
    <div className={styles.panel}>
      <div className={styles.head}>
        <Avatar name={contact?.name ?? brief.name} size={48} />
        <ContactName contactId={brief.id} name={contact?.name ?? brief.name} />
        <div className={styles.privacy}>
          <PrivacyMenu
            contactId={brief.id}
            shown={contact?.name ?? brief.name}
            held={Boolean(contact?.held_at)}
          />
        </div>
      </div>
      {isError && !contact ? (
        <FailedNotice error={error} onRetry={() => refetch()} />
      ) : (
        <>
          <CardTop query={card} conversationId={conversation.id} />
          <ContactFacts brief={brief} contact={contact} />
          <CardFields query={card} />
          <Notes contactId={brief.id} />
          <CardRest query={card} />
          <OtherConversations contactId={brief.id} openId={conversation.id} place={place} />
          <Link href={`/contacts/${brief.id}`} className={styles.wholePage}>
            {t("card.wholePage")}
          </Link>
          {contact && contact.identities.length > 0 && (
            <details className={styles.identities}>
              <summary>{t("contact.identities")}</summary>
              <Identities contact={contact} />
            </details>
          )}
        </>
      )}
    </div>
  );
}

export function Identities({ contact }: { contact: Contact }) {
  const { t } = useTranslation();
  return (
    <ul className={styles.identityList}>
      {contact.identities.map(({ kind, value, current }) => (
        <li key={`${kind}:${value}`} data-current={current || undefined}>
          <span className={styles.identityKind}>
            {t(`contact.identity.${kind}`)}
            {!current && t("contact.formerIdentity")}
          </span>
          <span className={styles.identityValue}>{value}</span>
        </li>
      ))}
    </ul>
  );
}
