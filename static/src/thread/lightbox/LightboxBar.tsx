import { Download, X, ZoomIn, ZoomOut } from "lucide-react";
import type { Message } from "../../api/types";
import { useThread } from "../context";
import { authorOf } from "../message/describe";
import { fullTime } from "../timeline/clock";
import classes from "./Lightbox.module.css";

export const zoomStep = 1.5;

interface BarProps {
  message: Message;
  src: string;
  onZoom(factor: number): void;
  onClose(): void;
}

/** Whose picture it is, since when, and what can be done with it. */
export function LightboxBar({ message, src, onZoom, onClose }: BarProps) {
  const { t, contactName, locale, timeZone } = useThread();
  return (
    <header className={classes.bar}>
      <span className={classes.words}>
        <bdi>{authorOf(message, contactName, t)}</bdi>
        <time dateTime={message.at}>{fullTime(message.at, locale, timeZone)}</time>
      </span>
      <button
        type="button"
        onClick={() => onZoom(1 / zoomStep)}
        aria-label={t("thread.lightbox.zoomOut")}
      >
        <ZoomOut size={20} />
      </button>
      <button
        type="button"
        onClick={() => onZoom(zoomStep)}
        aria-label={t("thread.lightbox.zoomIn")}
      >
        <ZoomIn size={20} />
      </button>
      <a
        href={src}
        download={message.content.media?.name ?? ""}
        aria-label={t("thread.media.download")}
      >
        <Download size={20} />
      </a>
      <button
        type="button"
        onClick={onClose}
        data-autofocus
        aria-label={t("thread.lightbox.close")}
      >
        <X size={22} />
      </button>
    </header>
  );
}
