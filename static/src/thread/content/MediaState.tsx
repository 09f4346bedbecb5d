import { CircleAlert, LoaderCircle } from "lucide-react";
import type { CSSProperties } from "react";
import type { Media } from "../../api/types";
import { useThread } from "../context";
import classes from "./Media.module.css";

/** Stands where a file will be, in its final size, while it is fetched; or says that it is lost. */
export function MediaState({ media, style }: { media: Media | undefined; style?: CSSProperties }) {
  const { t } = useThread();
  const fetching = media?.state === "fetching";
  return (
    <div className={classes.mediaState} style={style} data-failed={!fetching || undefined}>
      {fetching ? (
        <LoaderCircle size={20} className={classes.turning} />
      ) : (
        <CircleAlert size={20} />
      )}
      <span>{t(fetching ? "thread.media.fetching" : "thread.media.failed")}</span>
    </div>
  );
}
