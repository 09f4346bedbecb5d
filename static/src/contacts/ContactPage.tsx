import { ArrowLeft } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { ApiError } from "../api/client";
import { useContact } from "../api/queries";
import type { Contact } from "../api/types";
import { CardFields, CardRest, CardTop } from "../card/CardSections";
import { useCard } from "../card/queries";
import { Avatar } from "../components/Avatar";
import { Page } from "../components/Page";
import { FailedNotice, Notice } from "../components/states";
import { PrivacyMenu } from "../privacy/PrivacyMenu";
import panel from "./Contact.module.css";
import { ContactFacts } from "./ContactFacts";
import { ContactName } from "./ContactName";
import { Identities } from "./ContactPanel";
import styles from "./Contacts.module.css";
import { Notes } from "./Notes";
import { OtherConversations } from "./OtherConversations";
import "../card/words";
import "../inbox/togetherWords";

/** A contact with all there is of it, as a page of its own. */
export default function ContactPage({ contactId }: { contactId: string }) {
  const { t } = useTranslation();
  const { data: contact, error, isError, isPending, refetch } = useContact(contactId);
  const gone = error instanceof ApiError && error.status === 404;
  return (
    <Page title={contact?.name ?? t("contacts.title")} needs="contact.see">
      <main className={styles.main}>
        <div className={styles.sheet}>
          <Link href="/contacts" className={styles.back}>
            <ArrowLeft size={15} aria-hidden="true" />
            {t("contacts.back")}
          </Link>
          {isPending && <p className={styles.hint}>{t("inbox.loading")}</p>}
          {gone && <Notice title={t("contacts.noMatch")} />}
          {isError && !gone && !contact && <FailedNotice error={error} onRetry={() => refetch()} />}
          {contact && <Whole contact={contact} />}
        </div>
      </main>
    </Page>
  );
}

function Whole({ contact }: { contact: Contact }) {
  const { t } = useTranslation();
  const card = useCard(contact.id);
  return (
    <>
      <div className={panel.head}>
        <Avatar name={contact.name} size={48} />
        <ContactName contactId={contact.id} name={contact.name} />
        <div className={panel.privacy}>
          <PrivacyMenu
            contactId={contact.id}
            shown={contact.name}
            held={Boolean(contact.held_at)}
          />
        </div>
      </div>
      <div className={styles.columns}>
        <div className={styles.column}>
          <CardTop query={card} />
          <ContactFacts brief={contact} contact={contact} />
          <CardFields query={card} />
          {contact.identities.length > 0 && (
            <details className={panel.identities}>
              <summary>{t("contact.identities")}</summary>
              <Identities contact={contact} />
            </details>
          )}
          <Notes contactId={contact.id} />
        </div>
        <div className={styles.column}>
          <OtherConversations
            contactId={contact.id}
            openId=""
            place="all"
            title="contacts.conversations"
          />
          <CardRest query={card} />
        </div>
      </div>
    </>
  );
}
