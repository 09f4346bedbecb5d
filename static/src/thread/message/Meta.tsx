import type { Message } from "../../api/types";
import { useThread } from "../context";
import { fullTime, timeOf } from "../timeline/clock";
import classes from "./Message.module.css";
import { Ticks } from "./Ticks";

/** When, and how far it got. */
export function Meta({ message }: { message: Message }) {
  const { locale, timeZone } = useThread();
  return (
    <span className={classes.meta}>
      <time dateTime={message.at} title={fullTime(message.at, locale, timeZone)}>
        {timeOf(message.at, locale, timeZone)}
      </time>
      <Ticks message={message} />
    </span>
  );
}
