import { Download, Mic, Music, Pause, Play } from "lucide-react";
import { useEffect, useState } from "react";
import type { Media, Message } from "../../api/types";
import { previewOf } from "../../composer/previews";
import { useThread } from "../context";
import { duration } from "../message/mediaBox";
import classes from "./Audio.module.css";
import kit from "./Content.module.css";
import { MediaState } from "./MediaState";
import { type PlayerState, usePlayer } from "./usePlayer";
import { waveformOf } from "./waveform";

/** A voice note or music file: play, seek, speed. What the browser cannot play can be downloaded. */
export function AudioContent({ message }: { message: Message }) {
  const { media } = message.content;
  if (media?.state !== "ready")
    return <MediaState media={media} style={{ width: 260, height: 44 }} />;
  return <Player message={message} src={previewOf(message.client_ref) ?? media.url} />;
}

function PlayButton({ player, media }: { player: PlayerState; media: Media | undefined }) {
  const { t } = useThread();
  if (player.broken) {
    return (
      <a
        className={classes.round}
        href={media?.url}
        download={media?.name ?? ""}
        aria-label={t("thread.media.download")}
      >
        <Download size={18} />
      </a>
    );
  }
  return (
    <button
      type="button"
      className={classes.round}
      onClick={player.toggle}
      aria-label={t(player.playing ? "thread.media.pause" : "thread.media.play")}
    >
      {player.playing ? <Pause size={18} /> : <Play size={18} />}
    </button>
  );
}

function useWaveform(media: Media | undefined, wanted: boolean) {
  const [wave, setWave] = useState<number[] | null>(null);
  const { id, url } = media ?? {};
  useEffect(() => {
    // On its way it is only in this tab, where the page may not read it; the server's copy follows at once.
    if (!wanted || !id || !url?.startsWith("/") || typeof OfflineAudioContext === "undefined")
      return;
    let here = true;
    waveformOf(id, url).then((found) => here && setWave(found));
    return () => {
      here = false;
    };
  }, [wanted, id, url]);
  return wave;
}

function Bars({ wave, heard }: { wave: number[]; heard: number }) {
  return wave.map((peak, index) => (
    <span
      // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place
      key={index}
      style={{ height: `${Math.max(10, peak * 100)}%` }}
      data-heard={index < heard * wave.length || undefined}
    />
  ));
}

function Seek({ player, wave }: { player: PlayerState; wave: number[] | null }) {
  const { t } = useThread();
  if (player.broken) return <span className={kit.small}>{t("thread.media.cannotPlay")}</span>;
  if (!wave) return <Position player={player} />;
  return (
    <div className={classes.wave}>
      <Bars wave={wave} heard={player.at / (player.length || 1)} />
      <Position player={player} />
    </div>
  );
}

function Position({ player }: { player: PlayerState }) {
  const { t } = useThread();
  const known = Number.isFinite(player.length);
  return (
    <input
      type="range"
      min={0}
      max={known ? player.length : 1}
      step={0.1}
      value={player.at}
      disabled={!known}
      aria-label={t("thread.media.position")}
      onChange={(event) => player.seek(Number(event.target.value))}
    />
  );
}

function Player({ message, src }: { message: Message; src: string }) {
  const { t, actions } = useThread();
  const { media, voice } = message.content;
  const player = usePlayer(src, actions.refreshLinks);
  const wave = useWaveform(media, voice === true);
  return (
    <div className={classes.audio}>
      <audio ref={player.audio} src={src} preload="metadata" {...player.events} />
      <PlayButton player={player} media={media} />
      <div className={classes.track}>
        <Seek player={player} wave={wave} />
        <span className={kit.small}>
          {voice ? <Mic size={12} aria-label={t("thread.media.voice")} /> : <Music size={12} />}
          {duration(player.at > 0 ? player.at : player.length)}
          {!voice && media?.name && <span className={kit.clip}>{media.name}</span>}
        </span>
      </div>
      {!player.broken && (
        <button
          type="button"
          className={classes.speed}
          onClick={player.nextSpeed}
          aria-label={t("thread.media.speed", { speed: player.speed })}
        >
          {player.speed}×
        </button>
      )}
    </div>
  );
}
