import { useTranslation } from "react-i18next";
import styles from "./components.module.css";

type Shown = { availability: string; is_here: boolean };

export function presenceOf({ availability, is_here }: Shown): "here" | "away" | "gone" {
  if (!is_here) return "gone";
  return availability === "away" ? "away" : "here";
}

/** Whether somebody is there; said in words too. */
export function PresenceDot({ person }: { person: Shown }) {
  const { t } = useTranslation();
  const state = presenceOf(person);
  const words = t(`inbox.presence.${state}`);
  return (
    <span
      className={styles.presence}
      data-state={state}
      role="img"
      aria-label={words}
      title={words}
    />
  );
}
