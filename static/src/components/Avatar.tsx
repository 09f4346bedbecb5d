import { UserRound } from "lucide-react";
import { memo } from "react";
import styles from "./components.module.css";

const CJK = /[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af]/;
const LETTER = /\p{L}/u;

/** One Chinese character, or the first letters of two words; empty for a bare phone number. */
export function initialOf(name: string): string {
  const letters = Array.from(name.trim()).filter((char) => LETTER.test(char));
  const first = letters[0];
  if (!first) return "";
  if (CJK.test(first)) return first;
  const words = name
    .trim()
    .split(/\s+/)
    .filter((word) => LETTER.test(word));
  return words
    .slice(0, 2)
    .map((word) => Array.from(word).find((char) => LETTER.test(char)) ?? "")
    .join("")
    .toUpperCase();
}

/** Decoration beside a name, so hidden from screen readers. */
export const Avatar = memo(function Avatar({ name, size = 36 }: { name: string; size?: number }) {
  const initial = initialOf(name);
  return (
    <span
      className={styles.avatar}
      style={{ width: size, height: size, fontSize: Math.round(size * 0.4) }}
      aria-hidden="true"
    >
      {initial || <UserRound size={size * 0.5} />}
    </span>
  );
});
