import { Modal } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { threadShortcuts } from "../thread/shortcuts";
import styles from "./Sheet.module.css";

interface Shortcut {
  keys: readonly string[];
  /** A translation key. */
  words: string;
}

const INBOX: readonly Shortcut[] = [
  { keys: ["j", "k"], words: "shortcuts.move" },
  { keys: ["a"], words: "shortcuts.assign" },
  { keys: ["e"], words: "shortcuts.resolve" },
  { keys: ["r"], words: "shortcuts.reply" },
  { keys: ["i"], words: "shortcuts.contact" },
  { keys: ["z"], words: "shortcuts.snooze" },
  { keys: ["h"], words: "shortcuts.handOver" },
  { keys: ["Ctrl / ⌘", "I"], words: "shortcuts.note" },
  { keys: ["@"], words: "shortcuts.mention" },
  { keys: ["p"], words: "shortcuts.priority" },
  { keys: ["x"], words: "shortcuts.select" },
  { keys: ["1", "…", "7"], words: "shortcuts.views" },
  { keys: ["/"], words: "shortcuts.canned" },
  { keys: ["?"], words: "shortcuts.help" },
  { keys: ["Esc"], words: "shortcuts.close" },
];

export default function ShortcutsSheet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("shortcuts.title")}
      size="md"
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <Group title={t("shortcuts.inbox")} shortcuts={INBOX} />
      <Group title={t("shortcuts.thread")} shortcuts={threadShortcuts} />
    </Modal>
  );
}

function Group({ title, shortcuts }: { title: string; shortcuts: readonly Shortcut[] }) {
  const { t } = useTranslation();
  return (
    <section className={styles.group}>
      <h3 className={styles.title}>{title}</h3>
      <dl className={styles.sheet}>
        {shortcuts.map(({ keys, words }) => (
          <div key={words} className={styles.entry}>
            <dt>{t(words)}</dt>
            <dd>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
