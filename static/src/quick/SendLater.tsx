import { Menu } from "@mantine/core";
import { CalendarClock, Clock3, TriangleAlert } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Conversation } from "../api/types";
import { useMinute } from "../components/times";
import { useShortTime } from "../components/useShortTime";
import classes from "../composer/Composer.module.css";
import type { ComposerState } from "../composer/useComposer";
import { laterPresets } from "./laterTimes";
import { usePrepared } from "./queries";
import "./words";

const LaterDialog = lazy(() => import("./LaterDialog"));

interface LaterProps {
  conversation: Conversation;
  composer: ComposerState;
}

/** Keeps what is in the composer for a time. */
export function SendLater({ conversation, composer }: LaterProps) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const [choosing, setChoosing] = useState(false);
  const { ready, busy, send } = composer.sending.later;
  return (
    <>
      <Menu opened={opened} onChange={setOpened} position="top-end" width={290} shadow="md">
        <Menu.Target>
          <button
            type="button"
            className={classes.tool}
            disabled={!ready}
            aria-label={t("quick.later.title")}
            title={t("quick.later.title")}
          >
            <CalendarClock size={18} />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t("quick.later.title")}</Menu.Label>
          {opened && <Presets conversation={conversation} onPick={(at) => send(at, "ask")} />}
          <Menu.Item leftSection={<Clock3 size={16} />} onClick={() => setChoosing(true)}>
            {t("quick.later.choose")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {choosing && (
        <Suspense>
          <LaterDialog
            conversation={conversation}
            busy={busy}
            onDone={({ at, meanwhile }, close) => send(at, meanwhile, close)}
            onClose={() => setChoosing(false)}
          />
        </Suspense>
      )}
    </>
  );
}

function Presets({ conversation, onPick }: { conversation: Conversation; onPick(at: Date): void }) {
  const { t } = useTranslation();
  const now = useMinute();
  const time = useShortTime();
  const opens = usePrepared(conversation, true).data?.opens_at;
  return laterPresets(now, opens, conversation.window_closes_at).map(({ name, at, closed }) => (
    <Menu.Item
      key={name}
      leftSection={
        closed ? (
          <TriangleAlert size={16} aria-hidden="true" />
        ) : (
          <CalendarClock size={16} aria-hidden="true" />
        )
      }
      rightSection={<span className={classes.laterTime}>{time(at.toISOString())}</span>}
      title={closed ? t("quick.later.closed") : undefined}
      onClick={() => onPick(at)}
    >
      {t(`quick.later.preset.${name}`)}
      {closed && <span className={classes.laterWarning}>{t("quick.later.closedShort")}</span>}
    </Menu.Item>
  ));
}
