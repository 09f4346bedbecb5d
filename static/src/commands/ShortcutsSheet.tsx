import { Modal, Switch, TextInput } from "@mantine/core";
import { Search } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import "../mantineLater";
import "../thread/words";
import { fitAny } from "./match";
import { namesOf, titleOf } from "./names";
import { type Command, GROUPS, type Group, useAllCommands } from "./registry";
import styles from "./Sheet.module.css";
import { shownKeys } from "./shownKeys";
import { useSingleKeys } from "./singleKeys";
import "./words";

/** Every key that works on this page, by what it is for; from the same table that the keys themselves are in. */
export default function ShortcutsSheet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [query, setQuery] = useState("");
  const [single, setSingle] = useSingleKeys();
  const commands = useAllCommands().filter(
    (command) => shownKeys(command).length > 0 && fitAny(query, namesOf(command)) > 0,
  );
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("shortcuts.title")}
      size="md"
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <TextInput
        data-autofocus
        className={styles.search}
        leftSection={<Search size={15} aria-hidden="true" />}
        placeholder={t("commands.searchKeys")}
        aria-label={t("commands.searchKeys")}
        value={query}
        onChange={(event) => setQuery(event.currentTarget.value)}
      />
      {GROUPS.map((group) => (
        <Part
          key={group}
          group={group}
          commands={commands.filter((command) => command.group === group)}
        />
      ))}
      {commands.length === 0 && <p className={styles.nothing}>{t("commands.nothing")}</p>}
      <Switch
        className={styles.single}
        checked={single}
        onChange={(event) => setSingle(event.currentTarget.checked)}
        label={t("commands.single")}
        description={t("commands.singleHint")}
      />
    </Modal>
  );
}

function Part({ group, commands }: { group: Group; commands: Command[] }) {
  const { t } = useTranslation();
  if (commands.length === 0) return null;
  return (
    <section className={styles.group}>
      <h3 className={styles.title}>{t(`commands.group.${group}`)}</h3>
      <dl className={styles.sheet}>
        {commands.map((command) => (
          <div key={command.id} className={styles.entry}>
            <dt>{titleOf(command, t)}</dt>
            <dd>
              {shownKeys(command).map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
