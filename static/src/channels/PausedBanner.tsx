import { CirclePause } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { useChannels } from "../api/queries";
import type { Channel, Pause } from "../api/types";
import { useShortTime } from "../components/useShortTime";
import { useMay } from "../session/MeContext";
import styles from "./PausedBanner.module.css";
import { burstWords, lastPause, wordsOf } from "./words";

/** Which numbers send nothing, why, since when and until when: everybody who answers should know. */
export function PausedBanner() {
  const { data } = useChannels();
  const stopped = data?.filter(({ pauses }) => pauses.length > 0) ?? [];
  return (
    <>
      {stopped.map((channel) => (
        <Line key={channel.id} channel={channel} />
      ))}
    </>
  );
}

function Line({ channel }: { channel: Channel }) {
  const { t, i18n } = useTranslation();
  const time = useShortTime();
  const mayManage = useMay("channel.manage");
  const pause = lastPause(channel.pauses) as Pause;
  return (
    <aside className={styles.banner} aria-label={t("channels.banner.label")}>
      <CirclePause size={14} aria-hidden="true" />
      <p className={styles.words}>
        <strong>{t(`channels.banner.${pause.scope}`, { name: channel.name })}</strong>{" "}
        <span>{wordsOf(pause.words, i18n.language).message}</span>{" "}
        <span>{t("channels.sending.since", { time: time(pause.began_at) })}</span>{" "}
        <span>
          {pause.until
            ? t("channels.sending.until", { time: time(pause.until) })
            : t("channels.sending.open")}
        </span>{" "}
        <span>{burstWords(pause, t)}</span>
      </p>
      {mayManage && (
        <Link href={`/channels/${channel.id}`} className={styles.link}>
          {t("channels.banner.look")}
        </Link>
      )}
    </aside>
  );
}
