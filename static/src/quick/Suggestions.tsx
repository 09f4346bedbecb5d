import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { CannedReply, PreparedFor } from "../api/types";
import { filled } from "./fill";
import classes from "./Quick.module.css";
import "./words";

export interface Suggested {
  greeting: string;
  replies: CannedReply[];
}

/** What the conversation itself speaks for. */
export function suggestedOf(prepared: PreparedFor | undefined): Suggested {
  const byId = new Map(prepared?.results.map((reply) => [reply.id, reply]));
  const replies = (prepared?.suggested ?? []).flatMap((id) => byId.get(id) ?? []);
  return { greeting: prepared?.greeting ?? "", replies };
}

interface SuggestionsProps {
  prepared: PreparedFor;
  onGreet(greeting: string): void;
  onChoose(reply: CannedReply): void;
}

/** A row of what may be answered, while nothing is written yet; Alt and a digit takes one. */
export default function Suggestions({ prepared, onGreet, onChoose }: SuggestionsProps) {
  const { t, i18n } = useTranslation();
  const { greeting, replies } = suggestedOf(prepared);
  if (!greeting && replies.length === 0) return null;
  return (
    <div className={classes.suggestions} role="toolbar" aria-label={t("quick.suggested")}>
      {greeting && (
        <button
          type="button"
          className={classes.suggestion}
          data-greeting
          title={t("quick.greet", { key: "Alt+1" })}
          onClick={() => onGreet(greeting)}
        >
          <bdi>{greeting.trim()}</bdi>
        </button>
      )}
      {replies.map((reply, index) => (
        <button
          key={reply.id}
          type="button"
          className={classes.suggestion}
          title={`${filled(reply.text, prepared.values)}\n${whyOf(reply, t, i18n.language)} · Alt+${index + (greeting ? 2 : 1)}`}
          onClick={() => onChoose(reply)}
        >
          <bdi>{reply.title}</bdi>
        </button>
      ))}
    </div>
  );
}

/** What speaks for a reply, in words. */
export function whyOf({ why = [] }: CannedReply, t: TFunction, language: string): string {
  const reasons = why.slice(0, 2).map((reason) => t(`quick.why.${reason}`));
  return new Intl.ListFormat(language).format(reasons);
}
