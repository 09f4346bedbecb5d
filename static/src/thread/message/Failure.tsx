import type { Message } from "../../api/types";
import { useThread } from "../context";
import { isWaiting } from "../waiting";
import classes from "./Failure.module.css";
import { FailureActions } from "./FailureActions";

/** Why a message did not go, whose fault that is, what helps, and a button that does it. */
export function Failure({ message }: { message: Message }) {
  const { t, locale } = useThread();
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
      {error?.fault && <p className={classes.fault}>{t(`thread.failure.fault.${error.fault}`)}</p>}
      <FailureActions message={message} />
    </div>
  );
}
