import { ActionIcon, Button } from "@mantine/core";
import { ArrowLeft, Check, PanelRight, RotateCcw } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Conversation } from "../api/types";
import { useMe } from "../session/MeContext";
import { AssignMenu } from "./AssignMenu";
import { Company } from "./Company";
import styles from "./Header.module.css";
import { mayResolve } from "./permissions";
import { TagMarks } from "./RowMarks";
import { MoreMenu } from "./standing/MoreMenu";
import { SnoozeMenu } from "./standing/SnoozeMenu";
import type { OpenMenu } from "./useConversationActions";

interface HeaderProps {
  conversation: Conversation;
  menu: OpenMenu;
  onMenu: (menu: OpenMenu) => void;
  onResolveOrReopen: () => void;
  onBack: () => void;
  contactShown: boolean;
  onToggleContact: () => void;
}

export function ConversationHeader(props: HeaderProps) {
  const { t } = useTranslation();
  const { conversation, contactShown, menu, onMenu } = props;
  const { contact, channel, case_number } = conversation;
  return (
    <header className={styles.header}>
      <ActionIcon
        className={styles.back}
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={t("inbox.back")}
        onClick={props.onBack}
      >
        <ArrowLeft size={18} />
      </ActionIcon>
      <div className={styles.who}>
        <h1 className={styles.name}>{contact.name}</h1>
        <p className={styles.facts}>
          {[channel.name, t("inbox.case", { number: case_number })].join(" · ")}
          <TagMarks tags={conversation.tags} />
        </p>
      </div>
      <Company />
      <AssignMenu
        conversation={conversation}
        opened={menu === "assign"}
        onOpenedChange={(opened) => onMenu(opened ? "assign" : null)}
      />
      <SnoozeMenu
        conversation={conversation}
        opened={menu === "snooze"}
        onOpenedChange={(opened) => onMenu(opened ? "snooze" : null)}
      />
      <MoreMenu conversation={conversation} menu={menu} onMenu={onMenu} />
      <ResolveButton conversation={conversation} onPress={props.onResolveOrReopen} />
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={t(contactShown ? "contact.hide" : "contact.show")}
        title={t(contactShown ? "contact.hide" : "contact.show")}
        aria-expanded={contactShown}
        onClick={props.onToggleContact}
      >
        <PanelRight size={18} />
      </ActionIcon>
    </header>
  );
}

function ResolveButton({
  conversation,
  onPress,
}: {
  conversation: Conversation;
  onPress: () => void;
}) {
  const { t } = useTranslation();
  const me = useMe();
  if (!mayResolve(me, conversation)) return null;
  const open = conversation.state !== "resolved";
  const label = t(open ? "inbox.resolve" : "inbox.reopen");
  return (
    <Button
      className={`${styles.button} ${styles.resolve}`}
      variant={open ? "filled" : "default"}
      size="compact-md"
      leftSection={open ? <Check size={15} /> : <RotateCcw size={14} />}
      title={t(open ? "inbox.resolveTitle" : "inbox.reopenTitle")}
      aria-label={label}
      onClick={onPress}
    >
      <span className={styles.buttonText}>{label}</span>
    </Button>
  );
}
