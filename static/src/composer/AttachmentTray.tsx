import { FileText, Music, RotateCw, Sticker, Video, X } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { fileSize } from "../thread/message/mediaBox";
import classes from "./AttachmentTray.module.css";
import type { Attachment } from "./attachments";
import { captionMax, takesCaption } from "./files";
import type { Attachments } from "./useAttachments";

const icons: Record<string, ReactNode> = {
  video: <Video size={22} />,
  audio: <Music size={22} />,
  document: <FileText size={22} />,
  sticker: <Sticker size={22} />,
};

/** Why a file cannot go, in words; null while nothing is wrong. */
function Trouble({ item }: { item: Attachment }) {
  const { t } = useTranslation();
  if (item.state === "failed") {
    return (
      <span className={classes.trouble} role="alert">
        {item.error.message} {item.error.remedy}
      </span>
    );
  }
  if (item.state !== "refused") return null;
  const { verdict } = item;
  const words =
    verdict.reason === "size"
      ? t("composer.file.tooLarge", {
          kind: t(`thread.kind.${verdict.kind}`),
          max: fileSize(verdict.maxBytes),
        })
      : t(verdict.reason === "empty" ? "composer.file.empty" : "composer.file.type");
  return (
    <span className={classes.trouble} role="alert">
      {words}
    </span>
  );
}

function Progress({ item }: { item: Attachment }) {
  const { t } = useTranslation();
  if (item.state !== "uploading" && item.state !== "waiting") return null;
  const share = item.state === "uploading" ? item.progress : 0;
  return (
    <span
      className={classes.progress}
      role="progressbar"
      aria-label={t("composer.file.uploading", { name: item.file.name })}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(share * 100)}
    >
      <span style={{ width: `${share * 100}%` }} />
    </span>
  );
}

interface ItemProps {
  item: Attachment;
  attachments: Attachments;
  ownCaption: boolean;
}

function Item({ item, attachments, ownCaption }: ItemProps) {
  const { t } = useTranslation();
  const { file, kind, preview, voice } = item;
  // Of one that was restored, the server alone knows the size.
  const size = item.state === "ready" ? item.upload.size : file.size;
  const bad = item.state === "refused" || item.state === "failed";
  return (
    <li className={classes.item} data-bad={bad || undefined}>
      <span className={classes.thumb}>
        {preview && (kind === "image" || kind === "sticker") ? (
          <img src={preview} alt="" />
        ) : (
          icons[kind ?? "document"]
        )}
      </span>
      <span className={classes.words}>
        <span className={classes.title}>
          <bdi className={classes.name}>{voice ? t("compose.voice.name") : file.name}</bdi>
          <span className={classes.size}>
            {[kind && t(`thread.kind.${kind}`), fileSize(size)].filter(Boolean).join(" · ")}
          </span>
        </span>
        <Trouble item={item} />
        {voice && preview && (
          // biome-ignore lint/a11y/useMediaCaption: the agent's own words, just spoken
          <audio className={classes.listen} src={preview} controls />
        )}
        {ownCaption && !bad && kind && takesCaption(kind) && (
          <input
            className={classes.caption}
            value={item.caption}
            maxLength={captionMax}
            placeholder={t("composer.file.caption")}
            aria-label={t("composer.file.captionOf", { name: file.name })}
            onChange={(event) => attachments.caption(item.key, event.target.value)}
          />
        )}
        <Progress item={item} />
      </span>
      {item.state === "failed" && (
        <button
          type="button"
          onClick={() => attachments.retry(item.key)}
          aria-label={t("composer.file.retry", { name: file.name })}
        >
          <RotateCw size={16} />
        </button>
      )}
      <button
        type="button"
        onClick={() => attachments.remove(item.key)}
        aria-label={t("composer.file.remove", { name: file.name })}
      >
        <X size={16} />
      </button>
    </li>
  );
}

/** The files that go with the next message. One takes the composer's text as caption, several their own. */
export function AttachmentTray({ attachments }: { attachments: Attachments }) {
  const { t } = useTranslation();
  const { items } = attachments;
  if (items.length === 0) return null;
  const sendable = items.filter((item) => item.state !== "refused").length;
  return (
    <ul className={classes.tray} aria-label={t("composer.file.list")}>
      {items.map((item) => (
        <Item key={item.key} item={item} attachments={attachments} ownCaption={sendable > 1} />
      ))}
    </ul>
  );
}
