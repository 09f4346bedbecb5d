// What WhatsApp takes, checked before a byte is sent. The server decides; this only spares the wait.
// Source: Meta, Cloud API, "Supported media types"; megabytes are counted as 1,024².

export type FileKind = "image" | "video" | "audio" | "document" | "sticker";

interface Rule {
  types: readonly string[];
  maxBytes: number;
}

const MB = 1024 * 1024;
const office = "application/vnd.openxmlformats-officedocument";

export const rules: Record<FileKind, Rule> = {
  image: { types: ["image/jpeg", "image/png"], maxBytes: 5 * MB },
  video: { types: ["video/mp4", "video/3gpp"], maxBytes: 16 * MB },
  audio: {
    types: ["audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"],
    maxBytes: 16 * MB,
  },
  // Meta: 100 KB still, 500 KB animated; which of the two only the server can see.
  sticker: { types: ["image/webp"], maxBytes: 500 * 1024 },
  document: {
    types: [
      "text/plain",
      "application/pdf",
      "application/msword",
      "application/vnd.ms-excel",
      "application/vnd.ms-powerpoint",
      `${office}.wordprocessingml.document`,
      `${office}.spreadsheetml.sheet`,
      `${office}.presentationml.presentation`,
    ],
    maxBytes: 100 * MB,
  },
};

// Browsers leave the type empty for endings they do not know, or give another name to the same thing.
const typeOfEnding: Record<string, string> = {
  "3gp": "video/3gpp",
  aac: "audio/aac",
  amr: "audio/amr",
  doc: "application/msword",
  docx: `${office}.wordprocessingml.document`,
  m4a: "audio/mp4",
  mp3: "audio/mpeg",
  ogg: "audio/ogg",
  opus: "audio/ogg",
  pdf: "application/pdf",
  ppt: "application/vnd.ms-powerpoint",
  pptx: `${office}.presentationml.presentation`,
  txt: "text/plain",
  xls: "application/vnd.ms-excel",
  xlsx: `${office}.spreadsheetml.sheet`,
};
const sameType: Record<string, string> = {
  "audio/x-m4a": "audio/mp4",
  "audio/x-aac": "audio/aac",
  "audio/mp3": "audio/mpeg",
  "image/jpg": "image/jpeg",
  "application/ogg": "audio/ogg",
};

export type FileVerdict =
  | { ok: true; kind: FileKind; type: string }
  | { ok: false; reason: "empty" | "type" }
  | { ok: false; reason: "size"; kind: FileKind; maxBytes: number };

function mediaType(file: File): string {
  const bare = (file.type.split(";")[0] ?? "").trim().toLowerCase();
  const given = sameType[bare] ?? bare;
  const ending = file.name.split(".").pop()?.toLowerCase() ?? "";
  return given && given !== "application/octet-stream" ? given : (typeOfEnding[ending] ?? given);
}

export function judgeFile(file: File): FileVerdict {
  if (file.size === 0) return { ok: false, reason: "empty" };
  const type = mediaType(file);
  const kinds = Object.keys(rules) as FileKind[];
  const kind = kinds.find((candidate) => rules[candidate].types.includes(type));
  if (!kind) return { ok: false, reason: "type" };
  const { maxBytes } = rules[kind];
  return file.size > maxBytes
    ? { ok: false, reason: "size", kind, maxBytes }
    : { ok: true, kind, type };
}

/** For the file dialog. Endings stand beside the types for browsers that know only those. */
export const acceptedFiles = [
  ...Object.values(rules).flatMap((rule) => rule.types),
  ...Object.keys(typeOfEnding).map((ending) => `.${ending}`),
].join(",");

/** Stickers and voice have no caption (Meta). */
export function takesCaption(kind: FileKind): boolean {
  return kind === "image" || kind === "video" || kind === "document";
}

export const captionMax = 1024;
export const textMax = 4096;
