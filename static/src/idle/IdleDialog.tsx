import { Button, Modal, Text, VisuallyHidden } from "@mantine/core";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import styles from "./Idle.module.css";
import "./words";

const LAST = 5;
const EVERY = 10;

/** A screen reader hears each tenth second and the last five, not every one. */
function isHeard(left: number): boolean {
  return left % EVERY === 0 || left <= LAST;
}

/** In the tab's title too: whoever looks at another tab sees it there. */
function useTitle(title: string): void {
  useEffect(() => {
    const before = document.title;
    document.title = title;
    return () => {
      document.title = before;
    };
  }, [title]);
}

export default function IdleDialog({ left, onStay }: { left: number; onStay: () => void }) {
  const { t } = useTranslation();
  useTitle(t("idle.title"));
  return (
    <Modal
      opened
      onClose={onStay}
      title={t("idle.title")}
      closeOnClickOutside={false}
      withCloseButton={false}
      centered
    >
      <Text size="sm">{t("idle.words", { count: left })}</Text>
      <Text size="sm" c="dimmed" mt={6}>
        {t("idle.kept")}
      </Text>
      <VisuallyHidden role="status" aria-live="assertive">
        {isHeard(left) ? t("idle.left", { count: left }) : null}
      </VisuallyHidden>
      <div className={styles.end}>
        <Button data-autofocus onClick={onStay}>
          {t("idle.stay")}
        </Button>
      </div>
    </Modal>
  );
}
