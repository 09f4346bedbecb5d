import type { Message } from "../../api/types";
import { useThread } from "../context";
import { isWaiting } from "../waiting";
import classes from "./Failure.module.css";

/** Why a message did not go, what helps, and what can be done about it. */
export function Failure({ message }: { message: Message }) {
  const { t, locale, canReply, actions } = useThread();
  if (message.status === "unconfirmed") {
    return <p className={classes.unconfirmed}>{t("thread.failure.unconfirmed")}</p>;
  }
  if (message.status !== "failed") return null;
  const mine = isWaiting(message);
  const { error } = message;
  // The full stop of Chinese brings its own space.
  const between = locale === "en" ? " " : "";
  return (
    <div className={classes.failure} role={mine ? "alert" : undefined}>
      <p>
        <strong>{t(mine ? "thread.failure.notSent" : "thread.failure.failed")}</strong>
        {error && between + error.message}
      </p>
      {error?.remedy && <p>{error.remedy}</p>}
      <div className={classes.actions}>
        {error?.retryable && canReply && (
          <button type="button" onClick={() => actions.retry(message)}>
            {t("thread.failure.retry")}
          </button>
        )}
        {mine && canReply && message.kind === "text" && (
          <button type="button" onClick={() => actions.edit(message)}>
            {t("thread.failure.edit")}
          </button>
        )}
        {mine && (
          <button type="button" onClick={() => actions.discard(message)}>
            {t("thread.failure.discard")}
          </button>
        )}
      </div>
    </div>
  );
}
