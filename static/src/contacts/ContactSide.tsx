import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import type { Conversation } from "../api/types";
import type { Place } from "../inbox/views";
import styles from "./Contact.module.css";
import { ContactPanel } from "./ContactPanel";
import type { ContactShown } from "./useContactShown";

const ContactDrawer = lazy(() => import("./ContactDrawer"));

interface SideProps {
  conversation: Conversation;
  place: Place;
  shown: ContactShown;
}

/** A code chunk of its own, beside the conversation's. */
export default function ContactSide({ conversation, place, shown }: SideProps) {
  const { t } = useTranslation();
  const panel = (
    <ContactPanel key={conversation.contact.id} conversation={conversation} place={place} />
  );
  if (shown.column) {
    return (
      <aside className={styles.column} aria-label={t("contact.title")}>
        {panel}
      </aside>
    );
  }
  if (!shown.drawer) return null;
  return (
    <Suspense>
      <ContactDrawer onClose={shown.closeDrawer}>{panel}</ContactDrawer>
    </Suspense>
  );
}
