import { Ban, Pencil } from "lucide-react";
import type { Message, MessageContent } from "../../api/types";
import { useThread } from "../context";
import { fullTime } from "../timeline/clock";
import classes from "./Content.module.css";

/** The customer, or our own side on the phone, took it back: what it said is not shown any more. */
export function Revoked({ direction }: Pick<Message, "direction">) {
  const { t } = useThread();
  return (
    <p className={classes.revoked}>
      <Ban size={14} /> {t(direction === "in" ? "thread.revoked" : "thread.revokedByUs")}
    </p>
  );
}

/** That it was changed, and what it said before. */
export function Edited({ content }: { content: MessageContent }) {
  const { t, locale, timeZone } = useThread();
  const at = fullTime(content.edited_at ?? "", locale, timeZone);
  const earlier = content.earlier ?? [];
  if (earlier.length === 0) {
    return (
      <span className={classes.small} title={at}>
        <Pencil size={11} /> {t("thread.edited")}
      </span>
    );
  }
  return (
    <details className={classes.edited}>
      <summary className={classes.small} title={at}>
        <Pencil size={11} /> {t("thread.edited")}
      </summary>
      {earlier.map((text, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: what was said before never changes
        <p key={index} className={classes.small} dir="auto">
          {text}
        </p>
      ))}
    </details>
  );
}
