import { describe, expect, it } from "vitest";
import type { Upload } from "../api/types";
import { aMessage } from "../test/builders";
import type { Attachment } from "./attachments";
import { buildDrafts } from "./buildDrafts";

const author = { id: 7, name: "Ben" };

function ready(kind: Upload["kind"], id: string, caption = ""): Attachment {
  const upload = {
    id,
    kind,
    mime_type: "",
    size: 1,
    name: id,
    width: null,
    height: null,
    voice: false,
  };
  const file = new File(["x"], id);
  return { key: id, file, caption, preview: null, kind, state: "ready", upload };
}

function bodies(text: string, attachments: Attachment[] = [], replyTo = null as never) {
  const parts = { conversationId: "c1", author, text, attachments, replyTo };
  return buildDrafts(parts).map(({ draft }) => draft.body);
}

describe("one press of send", () => {
  it("sends the text, without blanks around it", () => {
    expect(bodies("  hello \n")).toEqual([{ type: "text", text: "hello" }]);
  });

  it("gives a single picture the text as its caption", () => {
    expect(bodies("look", [ready("image", "u1")])).toEqual([
      { type: "image", upload: "u1", text: "look" },
    ]);
  });

  it("sends the text on its own where WhatsApp has no caption", () => {
    expect(bodies("listen", [ready("audio", "u1")])).toEqual([
      { type: "audio", upload: "u1" },
      { type: "text", text: "listen" },
    ]);
  });

  it("sends several files in order, each with its caption, then the text", () => {
    expect(bodies("bye", [ready("image", "u1", " one "), ready("document", "u2")])).toEqual([
      { type: "image", upload: "u1", text: "one" },
      { type: "document", upload: "u2" },
      { type: "text", text: "bye" },
    ]);
  });

  it("quotes with the first message only", () => {
    const quoted = aMessage({ id: "m5", content: { text: "question" } });
    const parts = {
      conversationId: "c1",
      author,
      text: "bye",
      attachments: [ready("image", "u1"), ready("image", "u2")],
      replyTo: quoted,
    };
    const drafts = buildDrafts(parts).map(({ draft }) => draft);
    expect(drafts.map(({ body }) => "reply_to" in body && body.reply_to)).toEqual([
      "m5",
      false,
      false,
    ]);
    expect(drafts.map(({ quoted: q }) => q?.text)).toEqual(["question", undefined, undefined]);
  });
});
