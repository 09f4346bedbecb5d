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
  Tags,
  Trash2,
  Workflow,
  Zap,
} from "lucide-react";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { useLock, useMarkPayment, useSetPriority } from "../../api/mutations";
import type { Conversation } from "../../api/types";
import { ReviewItem } from "../../coaching/ReviewItem";
import { macroDialog } from "../../quick/openMacros";
import { pathToWhy } from "../../rules/address";
import { useMe } from "../../session/MeContext";
import {
  mayAnswer,
  mayAskRules,
  mayDelete,
  mayFlag,
  mayHandOn,
  mayLock,
  mayMarkPayment,
  mayReview,
  mayTag,
} from "../permissions";
import { isLocked } from "../preview";
import type { OpenMenu } from "../useConversationActions";
import { PRIORITIES } from "./priorities";
import styles from "./Standing.module.css";

const RiskDialog = lazy(() => import("../../risk/RiskDialog"));
const HandoverDialog = lazy(() => import("./HandoverDialog"));
const TagDialog = lazy(() => import("../../card/ConversationTagPicker"));
const DeleteDialog = lazy(() => import("../../bin/DeleteDialog"));
const ReasonDialog = lazy(() => import("./ReasonDialog"));

interface MoreMenuProps {
  conversation: Conversation;
  menu: OpenMenu;
  onMenu: (menu: OpenMenu) => void;
}

/** What is done less often: how much it presses, the mark of a payment, the lock, that it is risky. */
export function MoreMenu({ conversation, menu, onMenu }: MoreMenuProps) {
  const { t } = useTranslation();
  const me = useMe();
  const answers = mayAnswer(me, conversation);
  const more =
    menu === "priority" ? null : <MoreItems conversation={conversation} onMenu={onMenu} />;
  const any =
    answers ||
    mayHandOn(me, conversation) ||
    mayMarkPayment(me, conversation) ||
    mayFlag(me, conversation) ||
    mayLock(me, conversation) ||
    mayTag(me, conversation) ||
    mayReview(me, conversation) ||
    mayAskRules(me) ||
    mayDelete(me, conversation);
  return (
    <>
      {any && (
        <Menu
          opened={menu === "more" || menu === "priority"}
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
            {answers && more && (
              <Menu.Item
                leftSection={<Zap size={16} />}
                rightSection={<kbd>M</kbd>}
                onClick={macroDialog.open}
              >
                {t("together.macro")}
              </Menu.Item>
            )}
            {answers && more && <Menu.Divider />}
            {answers && <PriorityItems conversation={conversation} />}
            {more}
          </Menu.Dropdown>
        </Menu>
      )}
      <MoreDialogs conversation={conversation} menu={menu} onMenu={onMenu} />
    </>
  );
}

/** Of one that somebody else has locked, it can still be said that it is risky. What opens a dialog replaces the menu by
 * it: closed by the click as well, the menu would take the dialog with it. */
function MoreItems({ conversation, onMenu }: Omit<MoreMenuProps, "menu">) {
  const { t } = useTranslation();
  const me = useMe();
  return (
    <>
      {mayHandOn(me, conversation) && (
        <>
          <Menu.Divider />
          <Menu.Item
            leftSection={<ArrowRightLeft size={16} />}
            rightSection={<kbd>H</kbd>}
            closeMenuOnClick={false}
            onClick={() => onMenu("handover")}
          >
            {t("handover.do")}
          </Menu.Item>
        </>
      )}
      {mayTag(me, conversation) && (
        <Menu.Item
          leftSection={<Tags size={16} />}
          rightSection={<kbd>T</kbd>}
          closeMenuOnClick={false}
          onClick={() => onMenu("tags")}
        >
          {t("together.tags")}
        </Menu.Item>
      )}
      {mayMarkPayment(me, conversation) && <PaymentItem conversation={conversation} />}
      {mayFlag(me, conversation) && (
        <>
          <Menu.Divider />
          <Menu.Item
            leftSection={<ShieldAlert size={16} />}
            closeMenuOnClick={false}
            onClick={() => onMenu("flag")}
          >
            {t("together.flag")}
          </Menu.Item>
        </>
      )}
      {mayLock(me, conversation) && (
        <LockItem conversation={conversation} onLock={() => onMenu("lock")} />
      )}
      {mayReview(me, conversation) && <ReviewItem conversationId={conversation.id} />}
      {mayAskRules(me) && <RulesItem conversationId={conversation.id} />}
      {mayDelete(me, conversation) && (
        <>
          <Menu.Divider />
          <Menu.Item
            color="red"
            leftSection={<Trash2 size={16} />}
            closeMenuOnClick={false}
            onClick={() => onMenu("delete")}
          >
            {t("together.delete")}
          </Menu.Item>
        </>
      )}
    </>
  );
}

/** Also asked for from the palette: each opens only while it may. */
function MoreDialogs({ conversation, menu, onMenu }: MoreMenuProps) {
  const me = useMe();
  const lock = useLock();
  const { id } = conversation;
  const close = () => onMenu(null);
  return (
    <Suspense>
      {menu === "flag" && mayFlag(me, conversation) && (
        <RiskDialog deed="flag" conversationId={id} onClose={close} />
      )}
      {menu === "handover" && mayHandOn(me, conversation) && (
        <HandoverDialog conversation={conversation} onClose={close} />
      )}
      {menu === "tags" && <TagDialog conversation={conversation} onClose={close} />}
      {menu === "delete" && mayDelete(me, conversation) && (
        <DeleteDialog conversation={conversation} onClose={close} />
      )}
      {menu === "lock" && mayLock(me, conversation) && (
        <ReasonDialog
          deed="lock"
          onGiven={(reason) => lock.mutate({ id, deed: "lock", reason })}
          onClose={close}
        />
      )}
    </Suspense>
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
}

function LockItem({ conversation, onLock }: LockItemProps) {
  const { t } = useTranslation();
  const lock = useLock();
  const locked = isLocked(conversation, Date.now());
  return (
    <>
      <Menu.Divider />
      <Menu.Item
        leftSection={locked ? <LockOpen size={16} /> : <Lock size={16} />}
        closeMenuOnClick={locked}
        onClick={locked ? () => lock.mutate({ id: conversation.id, deed: "unlock" }) : onLock}
      >
        {t(locked ? "together.lock.release" : "together.lock.do")}
      </Menu.Item>
    </>
  );
}

/** What rules did here, and why one did or did not. */
function RulesItem({ conversationId }: { conversationId: string }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  return (
    <>
      <Menu.Divider />
      <Menu.Item
        leftSection={<Workflow size={16} />}
        onClick={() => navigate(pathToWhy(conversationId))}
      >
        {t("together.rules")}
      </Menu.Item>
    </>
  );
}
