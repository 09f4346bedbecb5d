import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { act } from "react";
import { describe, expect, it, vi } from "vitest";
import type { Handover, InternalNote } from "../../api/types";
import { aConversation, aMessage, ben } from "../../test/builders";
import { FakeSocket } from "../../test/FakeSocket";
import { brokenRules, fakePage, openInbox, streamSays } from "../../test/page";

const page = fakePage();
const fay = { id: 9, name: "Fay" };
const talk = aConversation({
  id: "c1",
  assignee: null,
  window_closes_at: new Date(Date.now() + 3_600_000).toISOString(),
});

function note(over: Partial<InternalNote> = {}): InternalNote {
  return {
    id: "k1",
    version: 1,
    conversation_id: "c1",
    client_ref: "r",
    text: "<@person:7> ask the warehouse",
    mentions: [{ kind: "person", id: ben.id, name: "Ben" }],
    files: [],
    author: fay,
    created_at: new Date().toISOString(),
    edited_at: null,
    deleted_at: null,
    ...over,
  };
}

async function openTalk(): Promise<void> {
  page.server.conversations = [talk];
  await openInbox("/inbox/all/c1");
  await screen.findByRole("button", { name: "Internal note" }, { timeout: 10_000 });
}

describe("an internal note", () => {
  it("is written in its own place, with its own draft, and names somebody", async () => {
    page.server.overrides["GET conversations/c1/mentionable"] = {
      body: {
        results: [{ kind: "person", id: 9, name: "Fay", availability: "available", is_here: true }],
        next: null,
      },
    };
    page.server.overrides["POST conversations/c1/notes"] = () => ({
      status: 201,
      body: note({ id: "k2", text: "Hi <@person:9> ", mentions: [{ kind: "person", ...fay }] }),
    });
    await openTalk();
    const user = userEvent.setup();
    await user.type(screen.getByRole("textbox", { name: /^Message to/ }), "Yes");
    await user.keyboard("{Control>}i{/Control}");
    const field = await screen.findByRole("textbox", { name: /Internal note on/ });
    expect(field).toHaveValue("");
    expect(field).toHaveFocus();
    await user.type(field, "Hi @fa");
    await screen.findByRole("option", { name: /Fay/ });
    await user.keyboard("{Enter}");
    expect(field).toHaveValue("Hi @Fay ");
    await user.keyboard("{Enter}");
    await waitFor(() => expect(page.server.asks("POST conversations/c1/notes")).toHaveLength(1));
    expect(page.server.asks("POST conversations/c1/notes")[0]?.body).toMatchObject({
      text: "Hi <@person:9>",
      uploads: [],
    });
    expect(page.server.asks("POST conversations/c1/messages")).toHaveLength(0);
    await user.click(screen.getByRole("button", { name: "Reply to the customer" }));
    expect(screen.getByRole("textbox", { name: /^Message to/ })).toHaveValue("Yes");
  });

  it("that was refused stays where it was written, with the reason", async () => {
    page.server.refuse("POST conversations/c1/notes", 400, { message: "Ben cannot see this." });
    await openTalk();
    const user = userEvent.setup();
    await user.click(screen.getByRole("button", { name: "Internal note" }));
    const field = await screen.findByRole("textbox", { name: /Internal note on/ });
    await user.type(field, "Look{Enter}");
    expect(await screen.findByText(/Ben cannot see this/)).toBeInTheDocument();
    expect(field).toHaveValue("Look");
  });

  it("comes live, unmistakably, and without broken rules", async () => {
    await openTalk();
    await waitFor(() => expect(page.server.asks("GET conversations/c1/notes")).toHaveLength(1));
    streamSays("internal_note.changed", note());
    const card = await screen.findByRole("article", { name: "Internal note: Fay" });
    expect(within(card).getByText("@Ben")).toBeInTheDocument();
    expect(await brokenRules()).toEqual([]);
    streamSays(
      "internal_note.changed",
      note({ version: 2, text: "", deleted_at: "2026-01-01T00:00:00Z" }),
      12,
    );
    expect(await screen.findByText("Fay deleted an internal note")).toBeInTheDocument();
  });
});

describe("who else is there", () => {
  it("is shown by face, and who types by name; the tab says where it is itself", async () => {
    await openTalk();
    const said = () => FakeSocket.last.sent;
    await waitFor(() =>
      expect(said()).toContainEqual({ type: "here", place: "conversation:c1", typing: false }),
    );
    const here = (typing: boolean) =>
      act(() =>
        FakeSocket.last.says({
          type: "here",
          place: "conversation:c1",
          people: [{ ...fay, typing }],
        }),
      );
    here(false);
    expect(await screen.findByText("Also here: Fay")).toBeInTheDocument();
    here(true);
    expect(await screen.findByText("Fay is typing…")).toBeInTheDocument();
    await userEvent.type(screen.getByRole("textbox", { name: /^Message to/ }), "H");
    expect(said().at(-1)).toEqual({ type: "here", place: "conversation:c1", typing: true });
  });
});

describe("an answer that crosses a colleague's", () => {
  const theirs = aMessage({
    id: "m9",
    direction: "out",
    author: fay,
    content: { text: "It comes tomorrow" },
    at: new Date().toISOString(),
  });

  async function writeAcross() {
    await openTalk();
    const user = userEvent.setup();
    const field = screen.getByRole("textbox", { name: /^Message to/ });
    await user.type(field, "Hm");
    streamSays("message.changed", theirs);
    streamSays("conversation.changed", { ...talk, version: 9, answer_count: 1 }, 12);
    await screen.findByText("It comes tomorrow");
    await user.keyboard("{Enter}");
    return {
      user,
      field,
      dialog: await screen.findByRole("dialog", { name: "Somebody was faster" }),
    };
  }

  it("does not leave before its writer has seen theirs, and then says what they know", async () => {
    const { user, dialog } = await writeAcross();
    expect(within(dialog).getByText("It comes tomorrow")).toBeInTheDocument();
    expect(page.server.asks("POST conversations/c1/messages")).toHaveLength(0);
    await user.click(within(dialog).getByRole("button", { name: "Send anyway" }));
    await waitFor(() => expect(page.server.asks("POST conversations/c1/messages")).toHaveLength(1));
    expect(page.server.asks("POST conversations/c1/messages")[0]?.body).toMatchObject({
      text: "Hm",
      answers_seen: 1,
    });
  });

  it("becomes a note", async () => {
    const { user, dialog } = await writeAcross();
    await user.click(within(dialog).getByRole("button", { name: "Make it a note" }));
    expect(await screen.findByRole("textbox", { name: /Internal note on/ })).toHaveValue("Hm");
    await user.click(screen.getByRole("button", { name: "Reply to the customer" }));
    expect(screen.getByRole("textbox", { name: /^Message to/ })).toHaveValue("");
  });

  it("that only the server noticed is asked about as well, and never doubled", async () => {
    page.server.refuse("POST conversations/c1/messages", 409, {
      code: "answered_meanwhile",
      message: "Fay has answered meanwhile.",
      field: "answers_seen",
    });
    await openTalk();
    const user = userEvent.setup();
    await user.type(screen.getByRole("textbox", { name: /^Message to/ }), "Hm{Enter}");
    const dialog = await screen.findByRole("dialog", { name: "Somebody was faster" });
    delete page.server.overrides["POST conversations/c1/messages"];
    await user.click(within(dialog).getByRole("button", { name: "Keep as a draft" }));
    await waitFor(() =>
      expect(screen.getByRole("textbox", { name: /^Message to/ })).toHaveValue("Hm"),
    );
    expect(page.server.asks("POST conversations/c1/messages")).toHaveLength(1);
    vi.restoreAllMocks();
  });
});

describe("a handover", () => {
  const given: Handover = {
    id: "h1",
    version: 1,
    conversation_id: "c1",
    summary: { asked: "Where is it?", done: "", open: "Call back" },
    given_by: fay,
    to_person: { id: ben.id, name: "Ben" },
    to_team: null,
    given_at: new Date().toISOString(),
    ended_at: null,
    ended_how: null,
    ended_by: null,
  };

  it("is on top until its taker has read it", async () => {
    page.server.overrides["GET conversations/c1/handovers"] = {
      body: { results: [given], next: null },
    };
    page.server.overrides["POST handovers/h1/acknowledge"] = {
      body: {
        ...given,
        version: 2,
        ended_at: given.given_at,
        ended_how: "acknowledged",
        ended_by: given.to_person,
      },
    };
    await openTalk();
    const pinned = await screen.findByRole("region", { name: "Hand this conversation over" });
    expect(pinned).toHaveTextContent("Call back");
    await userEvent.click(within(pinned).getByRole("button", { name: "I have read it" }));
    expect(await screen.findByText("Ben has read it")).toBeInTheDocument();
    expect(screen.queryByRole("region", { name: "Hand this conversation over" })).toBeNull();
  });

  it("is given with a summary; what lacks is said at its field", async () => {
    page.server.refuse("POST conversations/c1/handovers", 400, {
      code: "summary_missing",
      message: "Say what was asked.",
      field: "asked",
    });
    await openTalk();
    const user = userEvent.setup();
    await user.click(screen.getByRole("heading", { name: talk.contact.name, level: 1 }));
    await user.keyboard("h");
    const dialog = await screen.findByRole("dialog", { name: "Hand this conversation over" });
    await user.click(within(dialog).getByRole("combobox", { name: /^To/ }));
    await user.click(await screen.findByRole("option", { name: "Cho" }));
    await user.type(
      within(dialog).getByRole("textbox", { name: "What is still open?" }),
      "Call back",
    );
    await user.click(within(dialog).getByRole("button", { name: "Hand over" }));
    expect(await within(dialog).findByText(/Say what was asked/)).toBeInTheDocument();
    expect(page.server.asks("POST conversations/c1/handovers")[0]?.body).toMatchObject({
      person: 8,
      team: null,
      open: "Call back",
    });
  });
});
