import { ActionIcon, Menu } from "@mantine/core";
import { ArrowRightLeft, Banknote, Check, Ellipsis, Flag, Lock, LockOpen } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLock, useMarkPayment, useSetPriority } from "../../api/mutations";
import type { Conversation } from "../../api/types";
import { ReviewItem } from "../../coaching/ReviewItem";
import { useMay, useMe } from "../../session/MeContext";
import { isLockedAgainst, isMineToAnswer, mayHandOn } from "../permissions";
import { isLocked } from "../preview";
import type { OpenMenu } from "../useConversationActions";
import { PRIORITIES } from "./priorities";
import styles from "./Standing.module.css";

const HandoverDialog = lazy(() => import("./HandoverDialog"));
const ReasonDialog = lazy(() => import("./ReasonDialog"));

interface MoreMenuProps {
  conversation: Conversation;
  menu: OpenMenu;
  onMenu: (menu: OpenMenu) => void;
}

/** What is done less often: how much it presses, the mark of a payment, the lock. */
export function MoreMenu({ conversation, menu, onMenu }: MoreMenuProps) {
  const { t } = useTranslation();
  const me = useMe();
  const [locking, setLocking] = useState(false);
  const lock = useLock();
  const opened = menu === "more" || menu === "priority";
  const mayLock = useMay("conversation.lock");
  const mayMark = useMay("payment.mark");
  const free = !isLockedAgainst(me, conversation);
  const answers = useMay("conversation.reply") && isMineToAnswer(me, conversation);
  const mayReview = useMay("case.review") && conversation.state === "resolved";
  if (!free || !(answers || mayLock || mayMark || mayReview)) return null;
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
          {answers && <PriorityItems conversation={conversation} />}
          {menu !== "priority" && mayHandOn(me, conversation) && (
            <>
              <Menu.Divider />
              <Menu.Item
                leftSection={<ArrowRightLeft size={16} />}
                rightSection={<kbd>H</kbd>}
                onClick={() => onMenu("handover")}
              >
                {t("handover.do")}
              </Menu.Item>
            </>
          )}
          {menu !== "priority" && mayMark && <PaymentItem conversation={conversation} />}
          {menu !== "priority" && mayLock && (
            <LockItem
              conversation={conversation}
              onLock={() => setLocking(true)}
              onUnlock={() => lock.mutate({ id: conversation.id, deed: "unlock" })}
            />
          )}
          {menu !== "priority" && mayReview && <ReviewItem conversationId={conversation.id} />}
        </Menu.Dropdown>
      </Menu>
      {menu === "handover" && mayHandOn(me, conversation) && (
        <Suspense>
          <HandoverDialog conversation={conversation} onClose={() => onMenu(null)} />
        </Suspense>
      )}
      {locking && (
        <Suspense>
          <ReasonDialog
            deed="lock"
            onGiven={(reason) => lock.mutate({ id: conversation.id, deed: "lock", reason })}
            onClose={() => setLocking(false)}
          />
        </Suspense>
      )}
    </>
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
