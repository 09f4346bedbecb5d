import { useState } from "react";
import type { Media, Message } from "../../api/types";
import { previewOf } from "../../composer/previews";
import { useThread } from "../context";
import { mediaBox } from "../message/mediaBox";
import { RichText } from "../text/RichText";
import kit from "./Content.module.css";
import classes from "./Media.module.css";
import { MediaState } from "./MediaState";

function frameOf(media: Media | undefined) {
  const box = mediaBox(media?.width ?? null, media?.height ?? null);
  // The width may shrink on a phone; the ratio keeps the room right.
  return { width: box.width, aspectRatio: `${box.width} / ${box.height}` };
}

/** What did not come, perhaps because its address has ended: a new one is asked for, and tried. */
function useLost(media: Media | undefined) {
  const { actions } = useThread();
  const [url, setUrl] = useState<string | null>(null);
  const lost = () => {
    setUrl(media?.url ?? null);
    actions.refreshLinks();
  };
  return { broken: url !== null && url === media?.url, lost };
}

function Caption({ text }: { text: string | undefined }) {
  if (!text) return null;
  return (
    <div className={kit.caption}>
      <RichText text={text} />
    </div>
  );
}

export function ImageContent({ message }: { message: Message }) {
  const { t, actions } = useThread();
  const { media, text } = message.content;
  const { broken, lost } = useLost(media);
  const frame = frameOf(media);
  const ready = media?.state === "ready" && !broken;
  return (
    <>
      {ready ? (
        <button
          type="button"
          className={classes.picture}
          style={frame}
          aria-label={t("thread.media.open")}
          onClick={() => actions.openMedia(message)}
        >
          <img
            src={previewOf(message.client_ref) ?? media.thumbnail_url ?? media.url}
            alt={text || t("thread.kind.image")}
            loading="lazy"
            decoding="async"
            onError={lost}
          />
        </button>
      ) : (
        <MediaState media={broken ? undefined : media} style={frame} />
      )}
      <Caption text={text} />
    </>
  );
}

export function VideoContent({ message }: { message: Message }) {
  const { t } = useThread();
  const { media, text } = message.content;
  const { broken, lost } = useLost(media);
  const frame = frameOf(media);
  if (media?.state !== "ready" || broken) {
    return (
      <>
        <MediaState media={broken ? undefined : media} style={frame} />
        {broken && media && (
          <a className={classes.download} href={media.url} download={media.name ?? ""}>
            {t("thread.media.download")}
          </a>
        )}
        <Caption text={text} />
      </>
    );
  }
  return (
    <>
      {/* biome-ignore lint/a11y/useMediaCaption: customers' videos bring no captions */}
      <video
        className={classes.video}
        style={frame}
        src={previewOf(message.client_ref) ?? media.url}
        poster={media.thumbnail_url ?? undefined}
        controls
        preload="metadata"
        aria-label={text || t("thread.kind.video")}
        onError={lost}
      />
      <Caption text={text} />
    </>
  );
}

/** Stickers are 512 × 512 (Meta) and stand without a bubble. */
export function StickerContent({ message }: { message: Message }) {
  const { t } = useThread();
  const { media } = message.content;
  const { broken, lost } = useLost(media);
  if (media?.state !== "ready" || broken) {
    return <MediaState media={broken ? undefined : media} style={{ width: 150, height: 150 }} />;
  }
  return (
    <img
      className={classes.sticker}
      src={previewOf(message.client_ref) ?? media.url}
      alt={t("thread.kind.sticker")}
      width={150}
      height={150}
      loading="lazy"
      onError={lost}
    />
  );
}
