import { ActionIcon, Menu } from "@mantine/core";
import {
  ArrowRightLeft,
  Banknote,
  Check,
  Ellipsis,
  Flag,
  Lock,
  LockOpen,
  ShieldAlert,
  Trash2,
  Zap,
} from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLock, useMarkPayment, useSetPriority } from "../../api/mutations";
import type { Conversation } from "../../api/types";
import { ReviewItem } from "../../coaching/ReviewItem";
import { macroDialog } from "../../quick/openMacros";
import { useMay, useMe } from "../../session/MeContext";
import { isLockedAgainst, isMineToAnswer, mayHandOn } from "../permissions";
import { isLocked } from "../preview";
import type { OpenMenu } from "../useConversationActions";
import { PRIORITIES } from "./priorities";
import styles from "./Standing.module.css";

const RiskDialog = lazy(() => import("../../risk/RiskDialog"));
const HandoverDialog = lazy(() => import("./HandoverDialog"));
const DeleteDialog = lazy(() => import("../../bin/DeleteDialog"));
const ReasonDialog = lazy(() => import("./ReasonDialog"));

interface MoreMenuProps {
  conversation: Conversation;
  menu: OpenMenu;
  onMenu: (menu: OpenMenu) => void;
}

type Asked = "flag" | "delete" | "lock" | null;

/** What is done less often: how much it presses, the mark of a payment, the lock. */
export function MoreMenu({ conversation, menu, onMenu }: MoreMenuProps) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<Asked>(null);
  const rights = useRights(conversation);
  const opened = menu === "more" || menu === "priority";
  if (!rights.any) return null;
  return (
    <>
      <Menu
        opened={opened}
        onChange={(next) => onMenu(next ? "more" : null)}
        position="bottom-end"
        shadow="md"
        width={230}
      >
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t("together.more")}
            title={t("together.more")}
          >
            <Ellipsis size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {rights.answers && menu !== "priority" && (
            <>
              <Menu.Item leftSection={<Zap size={16} />} onClick={macroDialog.open}>
                {t("together.macro")}
              </Menu.Item>
              <Menu.Divider />
            </>
          )}
          {rights.answers && <PriorityItems conversation={conversation} />}
          {menu !== "priority" && (
            <OtherItems
              conversation={conversation}
              rights={rights}
              onAsk={setAsked}
              onHandOver={() => onMenu("handover")}
            />
          )}
        </Menu.Dropdown>
      </Menu>
      {menu === "handover" && rights.handsOn && (
        <Suspense>
          <HandoverDialog conversation={conversation} onClose={() => onMenu(null)} />
        </Suspense>
      )}
      {asked && (
        <Suspense>
          <AskedDialog conversation={conversation} asked={asked} onClose={() => setAsked(null)} />
        </Suspense>
      )}
    </>
  );
}

/** What the menu may offer to this person, of this conversation. */
function useRights(conversation: Conversation) {
  const me = useMe();
  const answers = useMay("conversation.reply") && isMineToAnswer(me, conversation);
  const locks = useMay("conversation.lock");
  const marks = useMay("payment.mark");
  const flags = useMay("risk.flag");
  const reviews = useMay("case.review") && conversation.state === "resolved";
  const deletes = useMay("conversation.delete");
  const free = !isLockedAgainst(me, conversation);
  const any = free && (answers || locks || marks || flags || reviews || deletes);
  return {
    any,
    answers,
    locks,
    marks,
    flags,
    reviews,
    deletes,
    handsOn: mayHandOn(me, conversation),
  };
}

interface OtherItemsProps {
  conversation: Conversation;
  rights: ReturnType<typeof useRights>;
  onAsk: (asked: Asked) => void;
  onHandOver: () => void;
}

/** All but the macros and how much it presses. */
function OtherItems({ conversation, rights, onAsk, onHandOver }: OtherItemsProps) {
  const { t } = useTranslation();
  const lock = useLock();
  return (
    <>
      {rights.handsOn && (
        <>
          <Menu.Divider />
          <Menu.Item
            leftSection={<ArrowRightLeft size={16} />}
            rightSection={<kbd>H</kbd>}
            onClick={onHandOver}
          >
            {t("handover.do")}
          </Menu.Item>
        </>
      )}
      {rights.marks && <PaymentItem conversation={conversation} />}
      {rights.flags && !conversation.risk && (
        <>
          <Menu.Divider />
          <Menu.Item leftSection={<ShieldAlert size={16} />} onClick={() => onAsk("flag")}>
            {t("together.flag")}
          </Menu.Item>
        </>
      )}
      {rights.locks && (
        <LockItem
          conversation={conversation}
          onLock={() => onAsk("lock")}
          onUnlock={() => lock.mutate({ id: conversation.id, deed: "unlock" })}
        />
      )}
      {rights.reviews && <ReviewItem conversationId={conversation.id} />}
      {rights.deletes && (
        <>
          <Menu.Divider />
          <Menu.Item color="red" leftSection={<Trash2 size={16} />} onClick={() => onAsk("delete")}>
            {t("together.delete")}
          </Menu.Item>
        </>
      )}
    </>
  );
}

interface AskedDialogProps {
  conversation: Conversation;
  asked: NonNullable<Asked>;
  onClose: () => void;
}

function AskedDialog({ conversation, asked, onClose }: AskedDialogProps) {
  const lock = useLock();
  const { id } = conversation;
  if (asked === "flag") return <RiskDialog deed="flag" conversationId={id} onClose={onClose} />;
  if (asked === "delete") return <DeleteDialog conversation={conversation} onClose={onClose} />;
  return (
    <ReasonDialog
      deed="lock"
      onGiven={(reason) => lock.mutate({ id, deed: "lock", reason })}
      onClose={onClose}
    />
  );
}

function PriorityItems({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation();
  const set = useSetPriority();
  return (
    <>
      <Menu.Label>{t("together.priority")}</Menu.Label>
      {PRIORITIES.map((priority) => (
        <Menu.Item
          key={priority}
          leftSection={<Flag className={styles.flag} data-priority={priority} size={16} />}
          rightSection={conversation.priority === priority && <Check size={15} />}
          aria-current={conversation.priority === priority || undefined}
          onClick={() => set.mutate({ id: conversation.id, priority })}
        >
          {t(`inbox.priority.${priority}`)}
        </Menu.Item>
      ))}
    </>
  );
}

/** Whether finance sees it too. */
function PaymentItem({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation();
  const mark = useMarkPayment();
  const marked = conversation.payment_marked_at !== null;
  return (
    <>
      <Menu.Divider />
      <Menu.Item
        leftSection={<Banknote size={16} />}
        rightSection={marked && <Check size={15} />}
        onClick={() => mark.mutate({ id: conversation.id, marked: !marked })}
      >
        {t(marked ? "inbox.payment.unmark" : "inbox.payment.mark")}
      </Menu.Item>
    </>
  );
}

interface LockItemProps {
  conversation: Conversation;
  onLock: () => void;
  onUnlock: () => void;
}

function LockItem({ conversation, onLock, onUnlock }: LockItemProps) {
  const { t } = useTranslation();
  const locked = isLocked(conversation, Date.now());
  return (
    <>
      <Menu.Divider />
      <Menu.Item
        leftSection={locked ? <LockOpen size={16} /> : <Lock size={16} />}
        onClick={locked ? onUnlock : onLock}
      >
        {t(locked ? "together.lock.release" : "together.lock.do")}
      </Menu.Item>
    </>
  );
}
