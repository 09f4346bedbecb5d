import type { Message } from "../../api/types";
import { useThread } from "../context";
import { fullTime, timeOf } from "../timeline/clock";
import classes from "./Notice.module.css";

const known = new Set([
  "user_changed_number",
  "user_changed_user_id",
  "customer_identity_changed",
  "call_missed",
  "call_ended",
  "call_out",
  "call_out_missed",
]);
// Meta's older name for the same thing.
const sameEvent: Record<string, string> = { customer_changed_number: "user_changed_number" };

/** A line between the bubbles: something happened that nobody wrote. */
export function SystemNotice({ message }: { message: Message }) {
  const { t, locale, timeZone } = useThread();
  const { text } = message.content;
  const event = sameEvent[message.content.event ?? ""] ?? message.content.event;
  const words =
    event && known.has(event) ? t(`thread.system.${event}`) : text || t("thread.kind.system");
  return (
    <p className={classes.notice} title={fullTime(message.at, locale, timeZone)}>
      <span>{words}</span> <time dateTime={message.at}>{timeOf(message.at, locale, timeZone)}</time>
    </p>
  );
}
