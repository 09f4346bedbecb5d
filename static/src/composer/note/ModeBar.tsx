import { UnstyledButton } from "@mantine/core";
import { MessageSquare, StickyNote } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useCompany } from "../../stream/useCompany";
import styles from "./Note.module.css";

export type Mode = "reply" | "note";

const MODES = [
  { mode: "reply", Icon: MessageSquare },
  { mode: "note", Icon: StickyNote },
] as const;

interface ModeBarProps {
  mode: Mode;
  /** Null: whoever only reads, or finds it locked, writes no notes. */
  onMode: ((mode: Mode) => void) | null;
}

/** To whom one writes; and who else is writing. */
export function ModeBar({ mode, onMode }: ModeBarProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.bar}>
      {onMode && (
        <fieldset className={styles.modes} aria-label={t("notes.mode")}>
          {MODES.map(({ mode: one, Icon }) => (
            <UnstyledButton
              key={one}
              className={styles.mode}
              data-mode={one}
              aria-pressed={mode === one}
              title={t("notes.key")}
              onClick={() => onMode(one)}
            >
              <Icon size={14} aria-hidden="true" />
              {t(`notes.${one}`)}
            </UnstyledButton>
          ))}
        </fieldset>
      )}
      <Typists />
    </div>
  );
}

function Typists() {
  const { t, i18n } = useTranslation();
  const typing = useCompany().filter((one) => one.typing);
  const names = new Intl.ListFormat(i18n.language).format(typing.map(({ name }) => name));
  return (
    <span className={styles.typing} role="status">
      {typing.length > 0 && t("company.typing", { names, count: typing.length })}
    </span>
  );
}
