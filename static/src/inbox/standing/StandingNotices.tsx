import { Button } from "@mantine/core";
import { AlarmClock, Lock } from "lucide-react";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLock } from "../../api/mutations";
import type { Conversation } from "../../api/types";
import { useMinute } from "../../components/times";
import { useShortTime } from "../../components/useShortTime";
import { useMay, useMe } from "../../session/MeContext";
import { mayResolve } from "../permissions";
import { isLocked } from "../preview";
import styles from "./Standing.module.css";
import { useSnoozing } from "./useSnoozing";

const RiskBanner = lazy(() => import("../../risk/RiskBanner"));
const ReasonDialog = lazy(() => import("./ReasonDialog"));

/** What everybody who opens a conversation should know of it: that it is risky, put aside, or locked, by
 * whom and why. */
export function StandingNotices({ conversation }: { conversation: Conversation }) {
  const now = useMinute();
  return (
    <>
      {conversation.risk && (
        <Suspense>
          <RiskBanner conversation={conversation} />
        </Suspense>
      )}
      {conversation.snooze && <Asleep conversation={conversation} snooze={conversation.snooze} />}
      {conversation.lock && isLocked(conversation, now) && (
        <Locked conversation={conversation} lock={conversation.lock} />
      )}
    </>
  );
}

interface AsleepProps {
  conversation: Conversation;
  snooze: NonNullable<Conversation["snooze"]>;
}

function Asleep({ conversation, snooze }: AsleepProps) {
  const { t } = useTranslation();
  const time = useShortTime();
  const me = useMe();
  const { wake } = useSnoozing(conversation);
  const early = snooze.wake_at !== snooze.until;
  return (
    <Strip
      icon={<AlarmClock size={16} aria-hidden="true" />}
      deed={
        mayResolve(me, conversation) && (
          <Button variant="default" size="compact-sm" onClick={wake}>
            {t("together.snooze.wake")}
          </Button>
        )
      }
    >
      <strong>
        {t("together.snooze.asleep", { until: time(snooze.until), name: snooze.by?.name ?? "" })}
      </strong>
      {snooze.reason && <span>{snooze.reason}</span>}
      {early && <span>{t("together.snooze.early", { time: time(snooze.wake_at) })}</span>}
    </Strip>
  );
}

interface LockedProps {
  conversation: Conversation;
  lock: NonNullable<Conversation["lock"]>;
}

function Locked({ conversation, lock }: LockedProps) {
  const { t } = useTranslation();
  const time = useShortTime();
  const me = useMe();
  const mayBreak = useMay("lock.break");
  const change = useLock();
  const [breaking, setBreaking] = useState(false);
  const mine = lock.by?.id === me.id;
  const { id } = conversation;
  return (
    <>
      <Strip
        icon={<Lock size={16} aria-hidden="true" />}
        deed={
          <>
            {mine && (
              <Deed onClick={() => change.mutate({ id, deed: "lock", reason: lock.reason })}>
                {t("together.lock.prolong")}
              </Deed>
            )}
            {mine && (
              <Deed onClick={() => change.mutate({ id, deed: "unlock" })}>
                {t("together.lock.release")}
              </Deed>
            )}
            {!mine && mayBreak && (
              <Deed onClick={() => setBreaking(true)}>{t("together.lock.break")}</Deed>
            )}
          </>
        }
      >
        <strong>
          {mine
            ? t("together.lock.mine", { until: time(lock.until) })
            : t("together.lock.theirs", { until: time(lock.until), name: lock.by?.name ?? "" })}
        </strong>
        <span>{lock.reason}</span>
      </Strip>
      {breaking && (
        <Suspense>
          <ReasonDialog
            deed="break"
            onGiven={(reason) => change.mutate({ id, deed: "break", reason })}
            onClose={() => setBreaking(false)}
          />
        </Suspense>
      )}
    </>
  );
}

function Deed({ onClick, children }: { onClick: () => void; children: ReactNode }) {
  return (
    <Button variant="default" size="compact-sm" onClick={onClick}>
      {children}
    </Button>
  );
}

function Strip({
  icon,
  deed,
  children,
}: {
  icon: ReactNode;
  deed: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className={styles.strip} role="status">
      {icon}
      <p className={styles.stripWords}>{children}</p>
      <span className={styles.stripDeeds}>{deed}</span>
    </div>
  );
}
