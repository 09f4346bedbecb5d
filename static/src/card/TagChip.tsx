import { X } from "lucide-react";
import { dotOf } from "./dot";
import styles from "./Tags.module.css";

interface ChipProps {
  tag: { name: string; colour: string };
  title?: string;
  /** What the button is called that takes it off; without it there is none. */
  removeLabel?: string;
  onRemove?: () => void;
}

/** The colour is a dot beside the name: what it says does not hang on it, and it can be read on any ground. */
export function TagChip({ tag, title, removeLabel, onRemove }: ChipProps) {
  return (
    <span className={styles.chip} title={title} style={dotOf(tag.colour)}>
      <span className={styles.dot} aria-hidden="true" />
      <bdi className={styles.chipName}>{tag.name}</bdi>
      {onRemove && (
        <button type="button" className={styles.remove} aria-label={removeLabel} onClick={onRemove}>
          <X size={12} aria-hidden="true" />
        </button>
      )}
    </span>
  );
}
