import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { useConversationsOf } from "../api/queries";
import type { Conversation } from "../api/types";
import { listTime, useMinute } from "../components/times";
import { noPreview, previewText } from "../inbox/preview";
import { type Place, pathTo } from "../inbox/views";
import { useMe } from "../session/MeContext";
import styles from "./Contact.module.css";

const MOST_SHOWN = 5;

interface OthersProps {
  contactId: string;
  openId: string;
  place: Place;
  title?: string;
}

/** The same customer on other channels; nothing at all when there is none. */
export function OtherConversations({
  contactId,
  openId,
  place,
  title = "contact.others",
}: OthersProps) {
  const { t } = useTranslation();
  const { data = [] } = useConversationsOf(contactId);
  const others = data.filter(({ id }) => id !== openId).slice(0, MOST_SHOWN);
  if (others.length === 0) return null;
  return (
    <section className={styles.section} aria-label={t(title)}>
      <h3 className={styles.sectionTitle}>{t(title)}</h3>
      <ul className={styles.others}>
        {others.map((conversation) => (
          <Other key={conversation.id} conversation={conversation} place={place} />
        ))}
      </ul>
    </section>
  );
}

function Other({ conversation, place }: { conversation: Conversation; place: Place }) {
  const { t, i18n } = useTranslation();
  const { time_zone: timeZone } = useMe();
  const now = useMinute();
  const { id, channel, state, last_activity_at, last_message } = conversation;
  return (
    <li>
      <Link href={pathTo(place, id)} className={styles.other}>
        <span className={styles.otherTop}>
          <span>
            {channel.name}
            {state === "resolved" && ` · ${t("inbox.view.resolved")}`}
          </span>
          <span>{listTime(last_activity_at, { now, locale: i18n.language, timeZone, t })}</span>
        </span>
        <span className={styles.otherText}>
          {last_message ? previewText(last_message, t) : noPreview(conversation, t)}
        </span>
      </Link>
    </li>
  );
}
