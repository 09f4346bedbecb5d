import type { Message } from "../../api/types";
import { useThread } from "../context";
import classes from "./Message.module.css";

/** Emoji put on a message; pressing ours takes it back. */
export function Reactions({ message }: { message: Message }) {
  const { t, contactName, canReact, actions } = useThread();
  if (message.reactions.length === 0) return null;
  return (
    <ul className={classes.reactions}>
      {message.reactions.map((reaction) => {
        const ours = reaction.side === "team";
        const name = t(ours ? "thread.reaction.ours" : "thread.reaction.theirs", {
          emoji: reaction.emoji,
          name: reaction.name || (ours ? t("thread.author.team") : contactName),
        });
        return (
          <li key={`${reaction.side}:${reaction.name}`}>
            <button
              type="button"
              disabled={!ours || !canReact}
              data-ours={ours || undefined}
              title={name}
              aria-label={name}
              onClick={() => actions.react(message, "")}
            >
              {reaction.emoji}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
