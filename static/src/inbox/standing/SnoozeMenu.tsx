import { ActionIcon, Menu } from "@mantine/core";
import { AlarmClock, AlarmClockOff, CalendarClock } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Conversation } from "../../api/types";
import { useMinute } from "../../components/times";
import { useShortTime } from "../../components/useShortTime";
import { useMe } from "../../session/MeContext";
import styles from "../Header.module.css";
import { mayResolve } from "../permissions";
import { type Preset, presets } from "../snoozeTimes";
import { useSnoozing } from "./useSnoozing";

const SnoozeDialog = lazy(() => import("./SnoozeDialog"));

interface SnoozeMenuProps {
  conversation: Conversation;
  opened: boolean;
  onOpenedChange: (opened: boolean) => void;
}

/** Puts the conversation aside until a time, or takes it back. */
export function SnoozeMenu({ conversation, opened, onOpenedChange }: SnoozeMenuProps) {
  const { t } = useTranslation();
  const me = useMe();
  const { snooze, wake } = useSnoozing(conversation);
  const [choosing, setChoosing] = useState(false);
  if (conversation.state === "resolved" || !mayResolve(me, conversation)) return null;
  const asleep = conversation.state === "snoozed";
  const label = t("together.snooze.title");
  return (
    <>
      <Menu opened={opened} onChange={onOpenedChange} position="bottom-end" shadow="md" width={250}>
        <Menu.Target>
          <ActionIcon
            className={styles.snooze}
            variant={asleep ? "light" : "subtle"}
            color={asleep ? undefined : "gray"}
            size="lg"
            aria-label={label}
            title={`${label} (Z)`}
          >
            <AlarmClock size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {asleep && (
            <Menu.Item leftSection={<AlarmClockOff size={16} />} onClick={wake}>
              {t("together.snooze.wake")}
            </Menu.Item>
          )}
          <PresetItems onPick={(at) => snooze({ until: at })} />
          <Menu.Item leftSection={<CalendarClock size={16} />} onClick={() => setChoosing(true)}>
            {t("together.snooze.choose")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {choosing && (
        <Suspense>
          <SnoozeDialog onSnooze={snooze} onClose={() => setChoosing(false)} />
        </Suspense>
      )}
    </>
  );
}

/** The usual times, each with what it means today. */
export function PresetItems({ onPick }: { onPick: (at: Date) => void }) {
  const me = useMe();
  const now = useMinute();
  return presets(now, me.time_zone).map((preset) => (
    <PresetItem key={preset.name} preset={preset} onPick={onPick} />
  ));
}

function PresetItem({ preset, onPick }: { preset: Preset; onPick: (at: Date) => void }) {
  const { t } = useTranslation();
  const time = useShortTime();
  return (
    <Menu.Item
      rightSection={<span className={styles.optionHint}>{time(preset.at.toISOString())}</span>}
      onClick={() => onPick(preset.at)}
    >
      {t(`together.snooze.preset.${preset.name}`)}
    </Menu.Item>
  );
}
