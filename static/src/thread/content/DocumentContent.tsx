import { Download, FileText } from "lucide-react";
import type { Message } from "../../api/types";
import { previewOf } from "../../composer/previews";
import { useThread } from "../context";
import { fileSize } from "../message/mediaBox";
import { RichText } from "../text/RichText";
import classes from "./Cards.module.css";
import kit from "./Content.module.css";
import { MediaState } from "./MediaState";

function endingOf(name: string | null, type: string | null): string {
  const ending = /\.([A-Za-z0-9]{1,5})$/.exec(name ?? "")?.[1];
  return (ending ?? type?.split("/").pop() ?? "").slice(0, 5).toUpperCase();
}

export function DocumentContent({ message }: { message: Message }) {
  const { t } = useThread();
  const { media, text } = message.content;
  return (
    <>
      {media?.state === "ready" ? (
        <a
          className={classes.card}
          href={previewOf(message.client_ref) ?? media.url}
          download={media.name ?? ""}
          title={t("thread.media.downloadNamed", {
            name: media.name ?? t("thread.kind.document"),
          })}
        >
          <FileText size={26} strokeWidth={1.5} className={classes.cardIcon} />
          <span className={classes.cardWords}>
            <bdi className={classes.cardTitle}>{media.name ?? t("thread.kind.document")}</bdi>
            <span className={kit.small}>
              {[endingOf(media.name, media.mime_type), media.size && fileSize(media.size)]
                .filter(Boolean)
                .join(" · ")}
            </span>
          </span>
          <Download size={16} className={classes.cardIcon} />
        </a>
      ) : (
        <MediaState media={media} style={{ width: 260, height: 56 }} />
      )}
      {text && (
        <div className={kit.caption}>
          <RichText text={text} />
        </div>
      )}
    </>
  );
}
