import { Plus } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useThread } from "../context";
import classes from "./ReactionPicker.module.css";

const EmojiPicker = lazy(() => import("../../composer/EmojiPicker"));

/** The six WhatsApp itself offers first. */
const quick = ["👍", "❤️", "😂", "😮", "😢", "🙏"];

interface ReactionPickerProps {
  current: string | undefined;
  /** "" takes our reaction back. */
  onSelect(emoji: string): void;
}

export function ReactionPicker({ current, onSelect }: ReactionPickerProps) {
  const { t } = useThread();
  const [all, setAll] = useState(false);
  if (all) {
    return (
      <Suspense fallback={<div className={classes.room} />}>
        <EmojiPicker onSelect={onSelect} />
      </Suspense>
    );
  }
  return (
    <div className={classes.quick}>
      {quick.map((emoji) => (
        <button
          key={emoji}
          type="button"
          data-current={emoji === current || undefined}
          aria-pressed={emoji === current}
          aria-label={t("thread.reaction.give", { emoji })}
          onClick={() => onSelect(emoji === current ? "" : emoji)}
        >
          {emoji}
        </button>
      ))}
      <button type="button" aria-label={t("thread.reaction.more")} onClick={() => setAll(true)}>
        <Plus size={18} />
      </button>
    </div>
  );
}
