import { useTranslation } from "react-i18next";
import type { Channel, ChannelDetail, Pause } from "../api/types";
import { fullTime } from "../components/times";
import { useMe } from "../session/MeContext";
import { StateMark } from "./ChannelList";
import { Deed, Part } from "./Part";
import styles from "./Part.module.css";
import { useChannelDeed } from "./queries";
import { burstWords, wordsOf } from "./words";

const HOUR = 60;

/** Whether the number sends, and if not: why, since when, until when. */
export function PausePart({
  channel,
  past,
}: {
  channel: Channel;
  past: ChannelDetail["past_pauses"];
}) {
  const { t } = useTranslation();
  const pause = useChannelDeed(channel.id, "pause");
  const resume = useChannelDeed(channel.id, "resume");
  const stopped = channel.pauses.length > 0;
  return (
    <Part title={t("channels.sending.title")} action={<StateMark channel={channel} />}>
      {channel.pauses.map((one) => (
        <Running key={one.kind + one.scope + one.code} pause={one} />
      ))}
      <div className={styles.deeds}>
        {stopped && (
          <Deed onClick={() => resume.mutate(undefined)} busy={resume.isPending}>
            {t("channels.sending.resume")}
          </Deed>
        )}
        {channel.state === "active" && (
          <>
            <Deed onClick={() => pause.mutate({ minutes: HOUR })} busy={pause.isPending}>
              {t("channels.sending.pauseHour")}
            </Deed>
            <Deed onClick={() => pause.mutate({ minutes: null })} busy={pause.isPending}>
              {t("channels.sending.pause")}
            </Deed>
          </>
        )}
      </div>
      {past.length > 0 && <Past past={past} />}
    </Part>
  );
}

function Running({ pause }: { pause: Pause }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const words = wordsOf(pause.words, i18n.language);
  const time = (iso: string) => fullTime(iso, i18n.language, me.time_zone);
  return (
    <div className={styles.pause} data-scope={pause.scope}>
      <p>
        <strong>{words.message}</strong> {words.remedy}
      </p>
      <p className={styles.hint}>
        {t("channels.sending.since", { time: time(pause.began_at) })}{" "}
        {pause.until
          ? t("channels.sending.until", { time: time(pause.until) })
          : t("channels.sending.open")}{" "}
        {burstWords(pause, t)}
        {/* Meta's own codes can be looked up; our words say all they mean. */}
        {/^\d/.test(pause.code) && ` ${t("channels.sending.code", { code: pause.code })}`}
      </p>
    </div>
  );
}

function Past({ past }: { past: ChannelDetail["past_pauses"] }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const time = (iso: string) => fullTime(iso, i18n.language, me.time_zone);
  return (
    <details className={styles.more}>
      <summary>{t("channels.sending.past", { count: past.length })}</summary>
      <ul className={styles.plain}>
        {past.map((one) => (
          <li key={one.began_at + one.kind}>
            <span>{wordsOf(one.words, i18n.language).message}</span>
            <span className={styles.hint}>
              {time(one.began_at)} – {time(one.ended_at)},{" "}
              {t(`channels.sending.ended.${one.ended_how}`)}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
