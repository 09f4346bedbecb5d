import { Button } from "@mantine/core";
import { CalendarClock, TriangleAlert } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Conversation, ScheduledReply } from "../api/types";
import { useShortTime } from "../components/useShortTime";
import { isMineToAnswer } from "../inbox/permissions";
import { previewText } from "../inbox/preview";
import { useMay, useMe } from "../session/MeContext";
import classes from "./Quick.module.css";
import { useChangeScheduled, useScheduled } from "./queries";
import "./words";

const LaterDialog = lazy(() => import("./LaterDialog"));

/** What waits for its time here, or for somebody's word. */
export default function ScheduledReplies({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation();
  const { data = [] } = useScheduled(conversation.id);
  if (data.length === 0) return null;
  return (
    <section className={classes.scheduled} aria-label={t("quick.scheduled.title")}>
      {data.map((reply) => (
        <Card key={reply.id} reply={reply} conversation={conversation} />
      ))}
    </section>
  );
}

interface CardProps {
  reply: ScheduledReply;
  conversation: Conversation;
}

function Card({ reply, conversation }: CardProps) {
  const { t } = useTranslation();
  const time = useShortTime();
  const waits = reply.state === "waiting";
  const wrote = waits && conversation.inbound_count > reply.inbound_count;
  const content = reply.content;
  const line = previewText({ ...PREVIEW, kind: reply.kind as "text", text: content.text ?? "" }, t);
  const Icon = waits ? CalendarClock : TriangleAlert;
  return (
    <div className={classes.card} data-state={reply.state} role={waits ? undefined : "alert"}>
      <Icon className={classes.cardIcon} size={16} aria-hidden="true" />
      <div className={classes.cardWords}>
        <p>
          <strong>
            {t(`quick.scheduled.state.${reply.state}`, {
              time: time(reply.send_at),
              name: reply.author.name,
            })}
          </strong>
        </p>
        <p className={classes.cardText} title={content.text}>
          <bdi>{line}</bdi>
        </p>
        {wrote && (
          <p className={classes.cardWarning}>{t(`quick.scheduled.wrote.${reply.meanwhile}`)}</p>
        )}
        {!waits && (
          <p className={classes.cardWarning}>
            {t(`quick.scheduled.reason.${reply.reason}`, {
              defaultValue: t("quick.scheduled.reason.other"),
            })}
          </p>
        )}
      </div>
      <Deeds reply={reply} conversation={conversation} />
    </div>
  );
}

const PREVIEW = {
  id: "",
  direction: "out",
  status: "queued",
  author_name: null,
  revoked: false,
  at: "",
} as const;

function Deeds({ reply, conversation }: CardProps) {
  const { t } = useTranslation();
  const me = useMe();
  const answers = useMay("conversation.reply") && isMineToAnswer(me, conversation);
  const mine = reply.author.id === me.id;
  const change = useChangeScheduled(conversation.id);
  const [changing, setChanging] = useState(false);
  const { id } = reply;
  if (!mine && !answers) return null;
  return (
    <div className={classes.cardDeeds}>
      {mine && answers && (
        <>
          <Deed busy={change.isPending} onClick={() => change.mutate({ id, deed: "send" })}>
            {t("quick.scheduled.now")}
          </Deed>
          <Deed busy={change.isPending} onClick={() => setChanging(true)}>
            {t("quick.scheduled.change")}
          </Deed>
        </>
      )}
      <Deed busy={change.isPending} onClick={() => change.mutate({ id, deed: "cancel" })}>
        {t("action.cancel")}
      </Deed>
      {changing && (
        <Suspense>
          <LaterDialog
            conversation={conversation}
            before={{
              at: new Date(reply.send_at),
              meanwhile: reply.meanwhile,
              ...(reply.kind === "text" ? { text: reply.content.text ?? "" } : {}),
            }}
            busy={change.isPending}
            onDone={({ at, meanwhile, text }, close) =>
              change.mutate(
                { id, deed: "change", send_at: at.toISOString(), meanwhile, text },
                { onSuccess: close },
              )
            }
            onClose={() => setChanging(false)}
          />
        </Suspense>
      )}
    </div>
  );
}

interface DeedProps {
  busy: boolean;
  onClick: () => void;
  children: string;
}

function Deed({ busy, onClick, children }: DeedProps) {
  return (
    <Button variant="default" size="compact-xs" disabled={busy} onClick={onClick}>
      {children}
    </Button>
  );
}
