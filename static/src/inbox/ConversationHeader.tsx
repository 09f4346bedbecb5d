import { ActionIcon, Button } from "@mantine/core";
import { ArrowLeft, Banknote, Check, PanelRight, RotateCcw } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useMarkPayment } from "../api/mutations";
import type { Conversation } from "../api/types";
import { useMay, useMe } from "../session/MeContext";
import { AssignMenu } from "./AssignMenu";
import styles from "./Header.module.css";
import { mayResolve } from "./permissions";

interface HeaderProps {
  conversation: Conversation;
  assignOpened: boolean;
  onAssignOpened: (opened: boolean) => void;
  onResolveOrReopen: () => void;
  onBack: () => void;
  contactShown: boolean;
  onToggleContact: () => void;
}

export function ConversationHeader(props: HeaderProps) {
  const { t } = useTranslation();
  const { conversation, contactShown } = props;
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
        </p>
      </div>
      <AssignMenu
        conversation={conversation}
        opened={props.assignOpened}
        onOpenedChange={props.onAssignOpened}
      />
      <PaymentMark conversation={conversation} />
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

/** Whether finance sees it too. */
function PaymentMark({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation();
  const mark = useMarkPayment();
  const marked = conversation.payment_marked_at !== null;
  const may = useMay("payment.mark");
  if (!may) return null;
  const label = t(marked ? "inbox.payment.unmark" : "inbox.payment.mark");
  return (
    <ActionIcon
      variant={marked ? "light" : "subtle"}
      color={marked ? undefined : "gray"}
      size="lg"
      aria-label={label}
      aria-pressed={marked}
      title={label}
      onClick={() => mark.mutate({ id: conversation.id, marked: !marked })}
    >
      <Banknote size={18} />
    </ActionIcon>
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
  const open = conversation.state === "open";
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
