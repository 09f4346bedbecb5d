import { MantineProvider } from "@mantine/core";
import { render, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import "../i18n";
import { FakeServer } from "../test/fakeServer";
import { AttachmentTray } from "./AttachmentTray";
import { attachments } from "./attachments";
import { DraftSync, type ServerDraft } from "./draftSync";
import { draftOf, draftsOf, saveDraft } from "./drafts";
import { useAttachments } from "./useAttachments";

const PLACE = "0b0f1d4e-0000-4000-8000-000000000002";
const PUT = `PUT drafts/reply/${PLACE}`;
let server: FakeServer;
let now: ServerDraft;
let made: DraftSync | null = null;

const file = (id: string, caption = "", voice = false) => ({
  upload: {
    id,
    kind: voice ? "audio" : "image",
    mime_type: "image/png",
    size: 2048,
    name: `${id}.png`,
    width: 9,
    height: 9,
    voice,
  },
  caption,
});

function told(text: string, revision: number, files: ServerDraft["files"]): ServerDraft {
  const changed_at = "2026-03-03T01:00:00Z";
  return { place: `reply/${PLACE}`, text, reply_to: null, files, revision, changed_at };
}

/** The page was loaded anew: only the browser's storage and the server are as they were. */
async function load(): Promise<DraftSync> {
  made?.stop();
  attachments.clear();
  made = new DraftSync(7);
  made.start();
  await vi.advanceTimersByTimeAsync(10);
  return made;
}

const put = () => server.asks(PUT).map(({ body }) => body as { text: string; files: object[] });
const here = () => attachments.of(PLACE).map(({ key, caption }) => [key, caption]);
const later = () => vi.advanceTimersByTimeAsync(5000);

beforeEach(() => {
  vi.useFakeTimers();
  server = new FakeServer();
  server.install();
  draftsOf(7);
  now = told("", 0, []);
  server.overrides["GET drafts"] = () => ({
    body: { results: now.revision > 0 ? [now] : [], next: null },
  });
  server.overrides[PUT] = () => {
    const asked = put().at(-1) as { text: string; files: { upload: string; caption: string }[] };
    const files = asked.files.map(({ upload, caption }) => file(upload, caption));
    now = told(asked.text, now.revision + 1, files as ServerDraft["files"]);
    return now.text || files.length > 0 ? { body: now } : { status: 204 };
  };
});

afterEach(() => {
  made?.stop();
  made = null;
  attachments.clear();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function withTwoFiles(): Promise<DraftSync> {
  now = told("Look", 3, [file("u1", "front"), file("u2")] as ServerDraft["files"]);
  const sync = await load();
  expect(here()).toEqual([
    ["u1", "front"],
    ["u2", ""],
  ]);
  return sync;
}

describe("a draft's files", () => {
  it("come back after a reload in the same browser", async () => {
    await withTwoFiles();
    await load();
    expect(here()).toEqual([
      ["u1", "front"],
      ["u2", ""],
    ]);
    await later();
    expect(put()).toEqual([]);
  });

  it("stay when words are typed before they have come back", async () => {
    await withTwoFiles();
    const answer = server.overrides["GET drafts"];
    server.overrides["GET drafts"] = { status: 0 };
    await load();
    saveDraft(PLACE, "Look here", 7);
    await later();
    expect(put()).toEqual([
      {
        text: "Look here",
        files: [
          { upload: "u1", caption: "front" },
          { upload: "u2", caption: "" },
        ],
        revision: 3,
      },
    ]);
    expect(here()).toHaveLength(2);
    server.overrides["GET drafts"] = answer as object;
  });

  it("that are taken out are told, also the last one, and captions too", async () => {
    await withTwoFiles();
    attachments.change(PLACE, "u2", { caption: "back" });
    await later();
    expect(put().at(-1)?.files).toContainEqual({ upload: "u2", caption: "back" });
    attachments.remove(PLACE, "u1");
    attachments.remove(PLACE, "u2");
    await later();
    expect(put().at(-1)).toMatchObject({ text: "Look", files: [] });
    await load();
    expect(here()).toEqual([]);
  });

  it("are no draft any more once they were sent or kept for later", async () => {
    now = told("", 1, [file("u1")] as ServerDraft["files"]);
    await load();
    attachments.release(PLACE, ["u1"]);
    await later();
    expect(put()).toEqual([{ text: "", files: [], revision: 1 }]);
    await later();
    expect(put()).toHaveLength(1);
  });

  it("chosen in another tab come here, and do not undo what was taken out here", async () => {
    const sync = await withTwoFiles();
    attachments.remove(PLACE, "u1");
    const three = [file("u1", "front"), file("u2"), file("u3")] as ServerDraft["files"];
    sync.hear(told("Look", 4, three));
    await later();
    expect(
      put()
        .at(-1)
        ?.files.map((one) => (one as { upload: string }).upload),
    ).not.toContain("u1");
  });

  it("that the server does not take are not told for ever", async () => {
    await load();
    saveDraft(PLACE, "x", 7);
    attachments.restore(PLACE, [file("u9")] as never);
    server.overrides[PUT] = () => ({ body: told("x", put().length, []) });
    await later();
    await later();
    expect(put()).toHaveLength(1);
  });

  it("typed as the page was left, words are told with the next load", async () => {
    await withTwoFiles();
    made?.stop();
    localStorage.setItem(`kefu.draft.7.${PLACE}`, "Look again");
    await load();
    await later();
    expect(put().at(-1)).toMatchObject({ text: "Look again" });
    expect(put().at(-1)?.files).toHaveLength(2);
    expect(draftOf(PLACE, 7)).toBe("Look again");
  });

  it("show the size the server knows, and a recording stays one", async () => {
    now = told("", 1, [file("u1"), file("v1", "", true)] as ServerDraft["files"]);
    await load();
    function Tray() {
      return <AttachmentTray attachments={useAttachments(PLACE)} />;
    }
    render(<Tray />, { wrapper: ({ children }) => <MantineProvider>{children}</MantineProvider> });
    expect(screen.getAllByText(/2 KB/)).toHaveLength(2);
    expect(attachments.of(PLACE)[1]?.voice).toBe(true);
  });
});
