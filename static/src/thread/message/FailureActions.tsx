import type { ReactElement } from "react";
import { Link } from "wouter";
import type { Message } from "../../api/types";
import { useMinute } from "../../components/times";
import { askForContact } from "../../contacts/askForContact";
import { useMay } from "../../session/MeContext";
import { useThread } from "../context";
import { fullTime } from "../timeline/clock";
import { isWaiting } from "../waiting";
import classes from "./Failure.module.css";

/** What can be done about a message that did not go. */
export function FailureActions({ message }: { message: Message }) {
  return (
    <div className={classes.actions}>
      {isWaiting(message) ? <Unsent message={message} /> : <Refused message={message} />}
    </div>
  );
}

/** It never left this browser. */
function Unsent({ message }: { message: Message }) {
  const { t, canReply, actions } = useThread();
  return (
    <>
      {message.error?.retryable && canReply && (
        <button type="button" onClick={() => actions.retry(message)}>
          {t("thread.failure.retry")}
        </button>
      )}
      {canReply && message.kind === "text" && (
        <button type="button" onClick={() => actions.edit(message)}>
          {t("thread.failure.edit")}
        </button>
      )}
      <button type="button" onClick={() => actions.discard(message)}>
        {t("thread.failure.discard")}
      </button>
    </>
  );
}

/** WhatsApp refused it, or would; the server says what helps. */
function Refused({ message }: { message: Message }) {
  const { t, canReply } = useThread();
  const mayReply = useMay("conversation.reply");
  const mayTemplate = useMay("template.send");
  const mayManage = useMay("channel.manage");
  const action = message.error?.action;
  // Only a template may leave when the window has closed.
  const maySend = message.kind === "template" ? mayReply && mayTemplate : canReply;
  return (
    <>
      {message.error?.retryable && maySend && <Retry message={message} />}
      {action === "template" && mayTemplate && <OtherTemplate />}
      {action === "edit" && canReply && message.kind === "text" && <Rewrite message={message} />}
      {action === "number" && (
        <button type="button" onClick={askForContact}>
          {t("thread.failure.contact")}
        </button>
      )}
      {action === "channel" && mayManage && (
        <Link href="/channels" className={classes.link}>
          {t("thread.failure.channel")}
        </Link>
      )}
    </>
  );
}

function Retry({ message }: { message: Message }): ReactElement {
  const { t, locale, timeZone, actions } = useThread();
  const now = useMinute();
  const from = message.error?.retry_at;
  const tooEarly = from != null && Date.parse(from) > now;
  return (
    <button type="button" disabled={tooEarly} onClick={() => actions.retry(message)}>
      {tooEarly
        ? t("thread.failure.retryAt", { time: fullTime(from, locale, timeZone) })
        : t("thread.failure.retry")}
    </button>
  );
}

function Rewrite({ message }: { message: Message }) {
  const { t, actions } = useThread();
  return (
    <button type="button" onClick={() => actions.edit(message)}>
      {t("thread.failure.rewrite")}
    </button>
  );
}

function OtherTemplate() {
  const { t, actions } = useThread();
  return (
    <button type="button" aria-haspopup="dialog" onClick={actions.openTemplates}>
      {t("thread.failure.template")}
    </button>
  );
}
