import { Button } from "@mantine/core";
import { ChevronDown, ChevronUp, Hourglass } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Conversation } from "../api/types";
import styles from "./Coaching.module.css";
import { HeldCard } from "./HeldCard";
import { useCoachingOf } from "./queries";
import "./words";

export default function HeldBarWords({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation();
  const { data } = useCoachingOf(conversation.id, true);
  const [opened, setOpened] = useState(true);
  const mine = data?.held.filter(({ may_decide }) => may_decide) ?? [];
  const count = conversation.held_count;
  if (mine.length === 0) {
    return (
      <div className={styles.bar} role="status">
        <p className={styles.barHead}>
          <Hourglass size={16} aria-hidden="true" />
          <span>{t("coaching.bar.others", { count })}</span>
        </p>
      </div>
    );
  }
  return (
    <section className={styles.bar} aria-label={t("coaching.bar.mine", { count: mine.length })}>
      <p className={styles.barHead}>
        <Hourglass size={16} aria-hidden="true" />
        <strong>{t("coaching.bar.mine", { count: mine.length })}</strong>
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          aria-expanded={opened}
          rightSection={opened ? <ChevronUp size={14} /> : <ChevronDown size={14} />}
          onClick={() => setOpened(!opened)}
        >
          {t(opened ? "coaching.bar.hide" : "coaching.bar.show")}
        </Button>
      </p>
      {opened && (
        <ul className={styles.cards}>
          {[...mine].reverse().map((held) => (
            <HeldCard key={held.id} held={held} inThread />
          ))}
        </ul>
      )}
    </section>
  );
}
