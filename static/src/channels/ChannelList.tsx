import type { KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { Channel } from "../api/types";
import { readablePhone } from "../components/phone";
import styles from "./ChannelList.module.css";

/** Arrow keys walk through it, as through every list. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>("a")];
  const next = links[links.indexOf(document.activeElement as HTMLElement) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

export function ChannelList({
  channels,
  chosenId,
}: {
  channels: Channel[];
  chosenId: string | null;
}) {
  const { t } = useTranslation();
  return (
    <nav className={styles.rows} aria-label={t("channels.title")} onKeyDown={walk}>
      {channels.map((channel) => (
        <Link
          key={channel.id}
          href={`/channels/${channel.id}`}
          className={styles.row}
          aria-current={channel.id === chosenId ? "page" : undefined}
        >
          <span className={styles.rowName}>{channel.name}</span>
          <span className={styles.rowPhone}>{readablePhone(channel.phone)}</span>
          <span className={styles.marks}>
            <StateMark channel={channel} />
            {channel.alerts > 0 && (
              <span className={styles.mark} data-tone="warning">
                {t("channels.alerts", { count: channel.alerts })}
              </span>
            )}
          </span>
        </Link>
      ))}
    </nav>
  );
}

export function StateMark({ channel }: { channel: Channel }) {
  const { t } = useTranslation();
  const stopped = (["templates", "utility"] as const).find((scope) =>
    channel.pauses.some((pause) => pause.scope === scope),
  );
  if (channel.state === "paused") {
    return (
      <span className={styles.mark} data-tone="danger">
        {t("channels.state.paused")}
      </span>
    );
  }
  return (
    <span className={styles.mark} data-tone={stopped ? "warning" : "good"}>
      {t(`channels.state.${stopped ?? "active"}`)}
    </span>
  );
}
