import type { Message } from "../../api/types";
import { mediaBox } from "../message/mediaBox";
import { emojiCount } from "../text/script";
import type { Row } from "../timeline/rows";

const line = 22;
const frame = 18;
const meta = 15;

function textHeight(text: string): number {
  if (!text) return 0;
  const count = emojiCount(text);
  if (count > 0 && count <= 3) return 48;
  const lines = text
    .slice(0, 900)
    .split("\n")
    .slice(0, 16)
    .reduce((sum, part) => sum + Math.max(1, Math.ceil(part.length / 52)), 0);
  return lines * line;
}

function bodyHeight(message: Message): number {
  const { content } = message;
  const words = textHeight(content.text ?? "");
  switch (message.kind) {
    case "image":
    case "video":
      return mediaBox(content.media?.width ?? null, content.media?.height ?? null).height + words;
    case "sticker":
      return 150;
    case "audio":
      return 44;
    case "document":
      return 58 + words;
    case "location":
    case "contacts":
      return 84;
    default:
      return Math.max(line, words);
  }
}

/** A good guess of a row's height in CSS pixels; the real one is measured once it is drawn. */
export function estimateRow(row: Row): number {
  if (row.type === "note") return 52 + textHeight(row.note.text) + (row.note.files.length && 60);
  if (row.type === "handover") return 120;
  if (row.type !== "message") return 40;
  const { message, first, last } = row;
  if (message.kind === "system") return 40;
  const extras =
    (message.quoted ? 46 : 0) + (message.reactions.length > 0 ? 22 : 0) + (first ? 10 : 0);
  const author = first && message.direction === "out" ? 20 : 0;
  return bodyHeight(message) + frame + extras + author + (last ? meta : 0);
}
