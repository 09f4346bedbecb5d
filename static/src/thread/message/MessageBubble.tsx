import { type KeyboardEvent, memo, useState } from "react";
import type { Message } from "../../api/types";
import { Coached } from "../../coaching/Coached";
import { Content } from "../content/Content";
import { useThread } from "../context";
import { emojiCount } from "../text/script";
import { timeOf } from "../timeline/clock";
import { isWaiting } from "../waiting";
import { authorOf, summary, wordsOf } from "./describe";
import { Failure } from "./Failure";
import classes from "./Message.module.css";
import { Meta } from "./Meta";
import { Quote } from "./Quote";
import { Reactions } from "./Reactions";
import { Toolbar } from "./Toolbar";

interface BubbleProps {
  message: Message;
  first: boolean;
  last: boolean;
  highlighted: boolean;
}

/** Stickers and a few lone emoji stand without a bubble around them. */
function isBare(message: Message): boolean {
  if (message.quoted) return false;
  if (message.kind === "sticker") return true;
  const count = message.kind === "text" ? emojiCount(message.content.text ?? "") : 0;
  return count > 0 && count <= 3;
}

/** The customer has not got it: it waits for a mentor, or never leaves. */
function isUnsaid({ status }: Message): boolean {
  return status === "held" || status === "rejected" || status === "withdrawn";
}

function useBubbleKeys(message: Message, pick: (open: boolean) => void) {
  const { canReply, canReact, actions } = useThread();
  return (event: KeyboardEvent<HTMLElement>) => {
    if (event.target !== event.currentTarget) return;
    if (event.ctrlKey || event.metaKey || event.altKey || isWaiting(message)) return;
    const key = event.key.toLowerCase();
    if ((key === "r" || key === "enter") && canReply) actions.reply(message);
    else if (key === "+" && canReact) pick(true);
    else if (key === "c") actions.copy(message);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
}

/** Made of plain elements and remembered: the list scrolls through thousands of these. */
export const MessageBubble = memo(function MessageBubble(props: BubbleProps) {
  const { message, first, last, highlighted } = props;
  const { t, contactName, locale, timeZone } = useThread();
  const [picking, setPicking] = useState(false);
  const onKeyDown = useBubbleKeys(message, setPicking);
  // Within a group the time is told beside the tools, on hover; trouble is always shown.
  const shown = last || message.status === "failed" || isUnsaid(message) || isWaiting(message);
  const author = authorOf(message, contactName, t);
  const label = `${author}, ${timeOf(message.at, locale, timeZone)}: ${summary(message.kind, wordsOf(message.content), t)}`;
  return (
    <article
      className={classes.message}
      data-direction={message.direction}
      data-first={first || undefined}
      data-last={last || undefined}
      data-highlighted={highlighted || undefined}
      data-message={message.id}
      aria-label={label}
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      {first && message.direction === "out" && <bdi className={classes.author}>{author}</bdi>}
      <div className={classes.line}>
        <div
          className={classes.bubble}
          // From the first words of the message itself: names and quotes are isolated.
          dir="auto"
          data-bare={isBare(message) || undefined}
          data-kind={message.kind}
          data-failed={message.status === "failed" || undefined}
          data-unsaid={isUnsaid(message) || undefined}
        >
          {message.quoted && <Quote quoted={message.quoted} />}
          <Content message={message} />
          {shown && <Meta message={message} />}
        </div>
        <Toolbar message={message} picking={picking} onPick={setPicking} withTime={!shown} />
      </div>
      <Reactions message={message} />
      <Failure message={message} />
      <Coached message={message} />
    </article>
  );
});
