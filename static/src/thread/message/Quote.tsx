import type { Quoted } from "../../api/types";
import { useThread } from "../context";
import { summary } from "./describe";
import classes from "./Message.module.css";

/** The message this one answers; a press goes there. */
export function Quote({ quoted }: { quoted: Quoted }) {
  const { t, contactName, actions } = useThread();
  const { id } = quoted;
  const lost = id === null && !quoted.text;
  const author = quoted.author_name ?? t("thread.author.automatic");
  const who = quoted.direction === "in" ? contactName : author;
  return (
    <button
      type="button"
      className={classes.quote}
      disabled={id === null}
      title={id === null ? t("thread.quote.gone") : t("thread.quote.jump")}
      onClick={() => id && actions.jumpTo(id)}
    >
      {!lost && <bdi className={classes.quoteWho}>{who}</bdi>}
      <bdi className={classes.quoteWords}>
        {lost ? t("thread.quote.gone") : summary(quoted.kind, quoted.text, t)}
      </bdi>
    </button>
  );
}
