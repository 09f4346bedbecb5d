import type { Message } from "../../api/types";
import { RichText } from "../text/RichText";
import { AudioContent } from "./AudioContent";
import { Edited, Revoked } from "./Changed";
import { ContactsContent } from "./ContactsContent";
import { DocumentContent } from "./DocumentContent";
import { InteractiveContent } from "./InteractiveContent";
import { LocationContent } from "./LocationContent";
import { OrderContent } from "./OrderContent";
import { ImageContent, StickerContent, VideoContent } from "./PictureContent";
import { Provenance } from "./Provenance";
import { TemplateContent } from "./TemplateContent";
import { UnsupportedContent } from "./UnsupportedContent";

/** What a bubble holds: where it comes from, what it says, and what was done to it since. */
export function Content({ message }: { message: Message }) {
  const { content } = message;
  if (content.revoked) return <Revoked direction={message.direction} />;
  return (
    <>
      <Provenance content={content} />
      <Body message={message} />
      {content.edited_at && <Edited content={content} />}
    </>
  );
}

/** By the kind of message. A kind this build does not know is said to be so. */
function Body({ message }: { message: Message }) {
  const { content } = message;
  switch (message.kind) {
    case "text":
      return <RichText text={content.text ?? ""} />;
    case "image":
      return <ImageContent message={message} />;
    case "video":
      return <VideoContent message={message} />;
    case "audio":
      return <AudioContent message={message} />;
    case "document":
      return <DocumentContent message={message} />;
    case "sticker":
      return <StickerContent message={message} />;
    case "location":
      return <LocationContent content={content} />;
    case "contacts":
      return <ContactsContent content={content} />;
    case "interactive":
    case "button":
      return <InteractiveContent message={message} />;
    case "template":
      return <TemplateContent message={message} />;
    case "order":
      return <OrderContent content={content} />;
    default:
      return <UnsupportedContent content={content} />;
  }
}
