import { UserRound } from "lucide-react";
import type { MessageContent } from "../../api/types";
import { useThread } from "../context";
import classes from "./Cards.module.css";
import kit from "./Content.module.css";

export function ContactsContent({ content }: { content: MessageContent }) {
  const { t } = useThread();
  const cards = content.contacts ?? [];
  if (cards.length === 0) return <p>{t("thread.kind.contacts")}</p>;
  return (
    <ul className={classes.people}>
      {cards.map((card, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: cards have no id and never change order
        <li key={index} className={classes.place}>
          <span className={classes.pin}>
            <UserRound size={20} />
          </span>
          <div className={classes.cardWords}>
            <bdi className={classes.cardTitle}>{card.name}</bdi>
            {card.company && <bdi className={kit.small}>{card.company}</bdi>}
            {[...card.phones, ...card.emails].map((line) => (
              <bdi key={line} className={kit.small}>
                {line}
              </bdi>
            ))}
          </div>
        </li>
      ))}
    </ul>
  );
}
