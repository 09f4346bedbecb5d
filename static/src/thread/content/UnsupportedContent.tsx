import { EyeOff } from "lucide-react";
import type { MessageContent } from "../../api/types";
import { useThread } from "../context";
import classes from "./Notice.module.css";

const known = new Set([
  "poll",
  "event",
  "pin",
  "gif",
  "edit",
  "linked_device",
  "media_placeholder",
]);

/** WhatsApp tells only that something came (a poll, a one-time picture …), not what it was. */
export function UnsupportedContent({ content }: { content: MessageContent }) {
  const { t } = useThread();
  const type = known.has(content.type ?? "") ? t(`thread.unsupported.type.${content.type}`) : null;
  return (
    <div className={classes.unsupported}>
      <EyeOff size={16} />
      <span>
        {type && <strong className={classes.unsupportedType}>{type}</strong>}
        {t("thread.unsupported.words")}
      </span>
    </div>
  );
}
