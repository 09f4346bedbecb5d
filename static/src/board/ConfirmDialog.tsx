import { Button, Modal } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Assignee, Conversation } from "../api/types";
import { presenceOf } from "../components/PresenceDot";
import styles from "./Dialogs.module.css";
import type { Target } from "./useMove";

interface ConfirmProps {
  conversation: Conversation;
  target: Target & { kind: "person" };
  person: Assignee;
  onConfirm: (conversation: Conversation, target: Target) => void;
  onClose: () => void;
}

/** Before somebody who is away, or has enough, is given more. */
export default function ConfirmDialog(props: ConfirmProps) {
  const { conversation, target, person, onConfirm, onClose } = props;
  const { t } = useTranslation();
  const { name, load, capacity } = person;
  const presence = presenceOf(person);
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("board.confirmTitle", { name })}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <p className={styles.words}>
        {presence === "away" && t("board.isAway", { name })}
        {presence === "gone" && t("board.isGone", { name })}{" "}
        {load >= capacity && t("board.isFull", { name, load, capacity })}
      </p>
      <div className={styles.buttons}>
        <Button variant="default" onClick={onClose}>
          {t("action.cancel")}
        </Button>
        <Button data-autofocus onClick={() => onConfirm(conversation, target)}>
          {t("board.confirm")}
        </Button>
      </div>
    </Modal>
  );
}
