import { X } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Message } from "../api/types";
import { authorOf, summary, wordsOf } from "../thread/message/describe";
import classes from "./Composer.module.css";

interface ReplyBarProps {
  message: Message;
  contactName: string;
  onCancel(): void;
}

/** The message the next one will quote. */
export function ReplyBar({ message, contactName, onCancel }: ReplyBarProps) {
  const { t } = useTranslation();
  return (
    <div className={classes.replyBar}>
      <div className={classes.replyWords}>
        <span className={classes.replyWho}>
          {t("composer.replyTo", { name: authorOf(message, contactName, t) })}
        </span>
        <bdi className={classes.replyText}>
          {summary(message.kind, wordsOf(message.content), t)}
        </bdi>
      </div>
      <button
        type="button"
        className={classes.tool}
        onClick={onCancel}
        aria-label={t("composer.cancelReply")}
      >
        <X size={17} />
      </button>
    </div>
  );
}
