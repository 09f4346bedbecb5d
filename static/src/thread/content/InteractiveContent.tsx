import { CornerDownRight } from "lucide-react";
import type { Message } from "../../api/types";
import { useThread } from "../context";
import { RichText } from "../text/RichText";
import classes from "./Content.module.css";

/** What a customer chose from buttons or a list; or what we offered to choose from. */
export function InteractiveContent({ message }: { message: Message }) {
  const { t } = useThread();
  const { header, text, title, description, footer, buttons } = message.content;
  if (message.direction === "in") {
    return (
      <>
        <span className={classes.label}>
          <CornerDownRight size={12} /> {t("thread.interactive.chose")}
        </span>
        <RichText text={title || text || t("thread.kind.interactive")} />
        {description && <p className={classes.small}>{description}</p>}
      </>
    );
  }
  return (
    <>
      {header && <p className={classes.header}>{header}</p>}
      <RichText text={text || title || t("thread.kind.interactive")} />
      {footer && <p className={classes.small}>{footer}</p>}
      <Buttons
        titles={(buttons ?? []).map((button) =>
          typeof button === "string" ? button : button.title,
        )}
      />
    </>
  );
}

/** Buttons as the customer sees them; nothing happens when an agent presses them. */
export function Buttons({ titles }: { titles: string[] }) {
  if (titles.length === 0) return null;
  return (
    <ul className={classes.buttons}>
      {titles.map((title) => (
        <li key={title}>{title}</li>
      ))}
    </ul>
  );
}
