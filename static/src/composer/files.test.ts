import { describe, expect, it } from "vitest";
import { judgeFile, takesCaption } from "./files";

const MB = 1024 * 1024;

function file(name: string, type: string, size: number): File {
  const made = new File(["x"], name, { type });
  Object.defineProperty(made, "size", { value: size });
  return made;
}

describe("a file", () => {
  it.each([
    ["a.jpg", "image/jpeg", 5 * MB, "image"],
    ["a.png", "image/png", 10, "image"],
    ["a.mp4", "video/mp4", 16 * MB, "video"],
    ["a.3gp", "", 10, "video"],
    ["a.ogg", "audio/ogg; codecs=opus", 10, "audio"],
    ["a.m4a", "audio/x-m4a", 10, "audio"],
    ["a.webp", "image/webp", 90_000, "sticker"],
    ["a.pdf", "application/pdf", 100 * MB, "document"],
    ["a.docx", "", 10, "document"],
  ])("%s (%s, %i bytes) is of kind %s", (name, type, size, kind) =>
    expect(judgeFile(file(name, type, size))).toMatchObject({ ok: true, kind }),
  );

  it.each([
    ["a.jpg", "image/jpeg", 5 * MB + 1, 5 * MB],
    ["a.mp4", "video/mp4", 16 * MB + 1, 16 * MB],
    ["a.mp3", "audio/mpeg", 16 * MB + 1, 16 * MB],
    ["a.pdf", "application/pdf", 100 * MB + 1, 100 * MB],
    ["a.webp", "image/webp", 500 * 1024 + 1, 500 * 1024],
  ])("%s (%s, %i bytes) is too large", (name, type, size, maxBytes) =>
    expect(judgeFile(file(name, type, size))).toMatchObject({
      ok: false,
      reason: "size",
      maxBytes,
    }),
  );

  it.each([
    ["a.gif", "image/gif"],
    ["a.exe", "application/octet-stream"],
    ["a.svg", "image/svg+xml"],
    ["noending", ""],
  ])("%s (%s) is not taken by WhatsApp", (name, type) =>
    expect(judgeFile(file(name, type, 10))).toEqual({ ok: false, reason: "type" }),
  );

  it("without a byte is none", () => {
    expect(judgeFile(file("a.jpg", "image/jpeg", 0))).toEqual({ ok: false, reason: "empty" });
  });

  it("has a caption only where WhatsApp shows one", () => {
    expect((["image", "video", "document"] as const).every(takesCaption)).toBe(true);
    expect((["audio", "sticker"] as const).some(takesCaption)).toBe(false);
  });
});
