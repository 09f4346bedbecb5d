import { Button } from "@mantine/core";
import { Fragment, useState } from "react";
import { useTranslation } from "react-i18next";
import type { KindChoice, NotificationSettings } from "../api/types";
import { FailedNotice } from "../components/states";
import { useAlerts } from "../session/useAlerts";
import styles from "./Panel.module.css";
import { useChangeSettings, useNotificationSettings } from "./queries";
import { chime } from "./sound";

const WAYS = [
  { way: "in_app", words: "notifications.settings.inApp" },
  { way: "desktop", words: "notifications.settings.desktop" },
  { way: "sound", words: "notifications.settings.sound" },
] as const;

/** How one wants to be told of each kind, and whether this browser may. */
export function SettingsPart() {
  const query = useNotificationSettings();
  const change = useChangeSettings();
  if (query.isError) return <FailedNotice error={query.error} onRetry={() => query.refetch()} />;
  if (!query.data) return null;
  const settings = query.data;
  const choose = (kind: string, to: Partial<KindChoice>) =>
    change.mutate({
      ...settings,
      kinds: settings.kinds.map((one) => (one.kind === kind ? { ...one, ...to } : one)),
    });
  return (
    <>
      <DevicePart
        settings={settings}
        onVolume={(volume) => change.mutate({ ...settings, volume })}
      />
      <KindTable settings={settings} onChoose={choose} />
    </>
  );
}

interface DeviceProps {
  settings: NotificationSettings;
  onVolume: (volume: number) => void;
}

function DevicePart({ settings, onVolume }: DeviceProps) {
  const { t } = useTranslation();
  const alerts = useAlerts();
  const [volume, setVolume] = useState(settings.volume);
  return (
    <section className={styles.device} aria-label={t("notifications.settings.device")}>
      <strong>{t("notifications.settings.device")}</strong>
      <label>
        <input type="checkbox" checked={alerts.desktop} onChange={alerts.toggleDesktop} />
        {t("notifications.settings.deviceDesktop")}
      </label>
      <label>
        <input type="checkbox" checked={alerts.sound} onChange={alerts.toggleSound} />
        {t("notifications.settings.deviceSound")}
      </label>
      <label>
        {t("notifications.settings.volume")}
        <input
          type="range"
          className={styles.volume}
          min={0}
          max={100}
          step={5}
          value={volume}
          onChange={(event) => setVolume(Number(event.currentTarget.value))}
          onPointerUp={() => onVolume(volume)}
          onKeyUp={() => onVolume(volume)}
        />
        <Button variant="default" size="compact-xs" onClick={() => chime(volume)}>
          {t("notifications.settings.tryIt")}
        </Button>
      </label>
      <p className={styles.hint}>{t("notifications.settings.deviceHint")}</p>
    </section>
  );
}

interface TableProps {
  settings: NotificationSettings;
  onChoose: (kind: string, to: Partial<KindChoice>) => void;
}

function KindTable({ settings, onChoose }: TableProps) {
  const { t } = useTranslation();
  const groups = [...new Set(settings.kinds.map(({ group }) => group))];
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th />
          {WAYS.map(({ way, words }) => (
            <th key={way} scope="col">
              {t(words)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {groups.map((group) => (
          <Fragment key={group}>
            <tr>
              <th colSpan={4} scope="rowgroup">
                {t(`notifications.settings.group.${group}`)}
              </th>
            </tr>
            {settings.kinds
              .filter((one) => one.group === group)
              .map((one) => (
                <KindRow key={one.kind} choice={one} onChoose={onChoose} />
              ))}
          </Fragment>
        ))}
      </tbody>
    </table>
  );
}

function KindRow({ choice, onChoose }: { choice: KindChoice; onChoose: TableProps["onChoose"] }) {
  const { t } = useTranslation();
  const { kind, mutable } = choice;
  const name = t(`notifications.kind.${kind}.name`, {
    defaultValue: t("notifications.kind.other.name"),
  });
  return (
    <tr>
      <td>{name}</td>
      {WAYS.map(({ way, words }) => {
        const fixed = way === "in_app" && !mutable;
        return (
          <td key={way} title={fixed ? t("notifications.settings.always") : undefined}>
            <input
              type="checkbox"
              aria-label={`${name}: ${t(words)}`}
              checked={choice[way]}
              disabled={fixed || (way !== "in_app" && !choice.in_app)}
              onChange={(event) => onChoose(kind, { [way]: event.currentTarget.checked })}
            />
          </td>
        );
      })}
    </tr>
  );
}
