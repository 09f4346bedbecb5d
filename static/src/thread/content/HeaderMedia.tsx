import type { Message } from "../../api/types";
import { DocumentContent } from "./DocumentContent";
import classes from "./Interactive.module.css";
import { ImageContent, VideoContent } from "./PictureContent";

/** The file above the words of a template or of buttons. */
export function HeaderMedia({ message }: { message: Message }) {
  const { media } = message.content;
  if (!media) return null;
  // Its words follow below, they are no caption.
  const alone = { ...message, content: { ...message.content, text: undefined } };
  return (
    <div className={classes.headerMedia}>
      {media.kind === "image" && <ImageContent message={alone} />}
      {media.kind === "video" && <VideoContent message={alone} />}
      {media.kind === "document" && <DocumentContent message={alone} />}
    </div>
  );
}
