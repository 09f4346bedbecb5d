import { CircleQuestionMark, X } from "lucide-react";
import { Link } from "wouter";
import { dotOf } from "./dot";
import styles from "./Tags.module.css";

interface ChipProps {
  tag: { name: string; colour: string };
  title?: string;
  /** What the button is called that takes it off; without it there is none. */
  removeLabel?: string;
  onRemove?: () => void;
  /** Where it is told why it is there, and how that link is called. */
  why?: { to: string; label: string };
}

/** The colour is a dot beside the name: what it says does not hang on it, and it can be read on any ground. */
export function TagChip({ tag, title, removeLabel, onRemove, why }: ChipProps) {
  return (
    <span className={styles.chip} title={title} style={dotOf(tag.colour)}>
      <span className={styles.dot} aria-hidden="true" />
      <bdi className={styles.chipName}>{tag.name}</bdi>
      {why && (
        <Link href={why.to} className={styles.remove} aria-label={why.label} title={why.label}>
          <CircleQuestionMark size={13} aria-hidden="true" />
        </Link>
      )}
      {onRemove && (
        <button type="button" className={styles.remove} aria-label={removeLabel} onClick={onRemove}>
          <X size={12} aria-hidden="true" />
        </button>
      )}
    </span>
  );
}
