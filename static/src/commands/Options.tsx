import { ChevronRight, MessageSquare } from "lucide-react";
import { useTranslation } from "react-i18next";
import { titleOf } from "./names";
import styles from "./Palette.module.css";
import type { Section } from "./ranking";
import type { Command } from "./registry";
import { shownKeys } from "./shownKeys";

interface OptionsProps {
  sections: readonly Section[];
  listId: string;
  active: number;
  /** What stands small beside some, by id. */
  facts: Map<string, string>;
  onRun(command: Command): void;
}

export function Options({ sections, listId, active, facts, onRun }: OptionsProps) {
  const { t } = useTranslation();
  let at = -1;
  return sections.map(({ title, commands }) => (
    // biome-ignore lint/a11y/useSemanticElements: a group of options has no element of its own
    <div key={title} role="group" aria-label={t(title)}>
      <div className={styles.title} aria-hidden="true">
        {t(title)}
      </div>
      {commands.map((command) => {
        at += 1;
        const Icon =
          command.icon ?? (command.id.startsWith("open.") ? MessageSquare : ChevronRight);
        const mine = at;
        return (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keys
          // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field
          <div
            key={command.id}
            id={`${listId}-${mine}`}
            className={styles.option}
            role="option"
            aria-selected={mine === active}
            onClick={() => onRun(command)}
          >
            <Icon size={15} aria-hidden="true" />
            <span className={styles.name}>{titleOf(command, t)}</span>
            <span className={styles.fact}>{facts.get(command.id)}</span>
            {shownKeys(command).map((key) => (
              <kbd key={key}>{key}</kbd>
            ))}
          </div>
        );
      })}
    </div>
  ));
}
