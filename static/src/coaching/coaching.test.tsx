import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import type { HeldReply } from "../api/types";
import { aConversation, aMessage, ben } from "../test/builders";
import { brokenRules, fakePage, openInbox, streamSays } from "../test/page";

const page = fakePage();
const mentor = { ...ben, mentors: true };
const gil = { id: 9, name: "Gil" };

function aHeldReply(change: Partial<HeldReply> = {}): HeldReply {
  const message = aMessage({
    id: "m9",
    direction: "out",
    status: "held",
    content: { text: "It is blue" },
    author: gil,
  });
  return {
    id: "h1",
    revision: 2,
    state: "waiting",
    edited: false,
    before: null,
    editable: true,
    answers_seen: 1,
    answer_count: 1,
    alarms: ["late"],
    held_at: "2026-11-02T04:00:00Z",
    decided_at: null,
    decided_by: null,
    trainee: gil,
    conversation_id: "c1",
    contact_name: "王小明",
    window_closes_at: null,
    question: "Which colour is it?",
    message: { ...message, error: null },
    comments: [],
    mine: false,
    may_decide: true,
    ...change,
  };
}

function serve(...results: HeldReply[]) {
  page.server.overrides["GET held-replies"] = { body: { results, next: null } };
  const counts = { waiting: results.length, own: 0, unread: 0, to_review: 0, promotions: 0 };
  page.server.overrides["GET coaching/summary"] = { body: counts };
}

beforeEach(() => {
  page.server.user = mentor;
  serve(aHeldReply());
});

async function openQueue() {
  await openInbox("/trainees");
  const text = await screen.findByText("It is blue");
  return within(text.closest("li") as HTMLElement);
}

describe("the mentor's queue", () => {
  it("shows the question, the reply and why it presses, without a fault for screen readers", async () => {
    const card = await openQueue();
    expect(card.getByText("Which colour is it?")).toBeInTheDocument();
    expect(card.getByText("Waits too long")).toBeInTheDocument();
    expect(screen.getByRole("link", { name: /^Trainees/ })).toHaveTextContent("1");
    expect(await brokenRules()).toEqual([]);
  });

  it("asks when a colleague has answered since, and approves knowingly", async () => {
    serve(aHeldReply({ answer_count: 3, alarms: ["answered"] }));
    page.server.refuse("POST held-replies/h1/approve", 409, {
      code: "answered_meanwhile",
      message: "Dee has answered meanwhile.",
      field: "answers_seen",
      remedy: null,
    });
    const card = await openQueue();
    expect(card.getByText("Answered meanwhile")).toBeInTheDocument();
    await userEvent.click(card.getByRole("button", { name: "Approve" }));
    expect(await card.findByText("Dee has answered meanwhile.")).toBeInTheDocument();
    expect(await brokenRules()).toEqual([]);
    await userEvent.click(card.getByRole("button", { name: "Approve anyway" }));
    await waitFor(() => expect(page.server.asks("POST held-replies/h1/approve")).toHaveLength(2));
    const [first, second] = page.server.asks("POST held-replies/h1/approve");
    expect([first?.body, second?.body]).toEqual([
      { revision: 2, answers_seen: 1 },
      { revision: 2, answers_seen: 3 },
    ]);
  });

  it("approves exactly the text that was read", async () => {
    const card = await openQueue();
    await userEvent.click(card.getByRole("button", { name: "Approve" }));
    await waitFor(() =>
      expect(page.server.asks("POST held-replies/h1/approve")[0]?.body).toEqual({
        revision: 2,
        answers_seen: 1,
      }),
    );
  });

  it("sends other words, by keyboard alone", async () => {
    const card = await openQueue();
    await userEvent.click(card.getByRole("button", { name: "Change and approve" }));
    const field = card.getByRole("textbox");
    await userEvent.type(field, "!{Control>}{Enter}{/Control}");
    await waitFor(() =>
      expect(page.server.asks("POST held-replies/h1/approve")[0]?.body).toEqual({
        revision: 2,
        answers_seen: 1,
        text: "It is blue!",
      }),
    );
  });

  it("rejects only with a word on why", async () => {
    const card = await openQueue();
    await userEvent.click(card.getByRole("button", { name: "Reject" }));
    expect(card.getByRole("button", { name: "Reject" })).toBeDisabled();
    await userEvent.type(card.getByRole("textbox"), "It is green");
    await userEvent.click(card.getByRole("button", { name: "Reject" }));
    await waitFor(() =>
      expect(page.server.asks("POST held-replies/h1/reject")[0]?.body).toEqual({
        revision: 2,
        comment: "It is green",
      }),
    );
  });

  it("decides on what was read, and says when it was changed meanwhile", async () => {
    const card = await openQueue();
    await userEvent.click(card.getByRole("button", { name: "Change and approve" }));
    await userEvent.type(card.getByRole("textbox"), "!");
    const message = { ...aHeldReply().message, content: { text: "It is green" } };
    serve(aHeldReply({ revision: 3, message }));
    streamSays("held.changed", { id: "h1", state: "waiting" });
    expect(await card.findByText(/changed this while you were writing/)).toBeInTheDocument();
    expect(card.getByRole("textbox")).toHaveValue("It is blue!");
    await userEvent.click(card.getByRole("button", { name: "Approve like this" }));
    const asked = () =>
      page.server.asks("POST held-replies/h1/approve").map(({ body }) => body as object);
    await waitFor(() => expect(asked()[0]).toMatchObject({ revision: 2 }));
  });

  it("keeps what was begun while one looks elsewhere, and Esc of an input method closes nothing", async () => {
    const card = await openQueue();
    await userEvent.click(card.getByRole("button", { name: "Reject" }));
    await userEvent.type(card.getByRole("textbox"), "It is green");
    fireEvent.keyDown(card.getByRole("textbox"), { key: "Escape", isComposing: true });
    expect(card.getByRole("textbox")).toHaveValue("It is green");
    cleanup();
    const again = await openQueue();
    expect(again.getByRole("textbox")).toHaveValue("It is green");
    await userEvent.click(again.getByRole("button", { name: "Reject" }));
    await waitFor(() =>
      expect(page.server.asks("POST held-replies/h1/reject")[0]?.body).toEqual({
        revision: 2,
        comment: "It is green",
      }),
    );
    await waitFor(() => expect(localStorage.getItem("kefu.draft.7.held.reject.h1.2")).toBeNull());
  });

  it("tells who was quicker, and reads again", async () => {
    const card = await openQueue();
    page.server.refuse("POST held-replies/h1/approve", 409, {
      code: "decided_meanwhile",
      message: "Fay has decided on it already.",
    });
    await userEvent.click(card.getByRole("button", { name: "Approve" }));
    expect(await screen.findByText("Fay has decided on it already.")).toBeInTheDocument();
    await waitFor(() => expect(page.server.asks("GET held-replies").length).toBeGreaterThan(1));
  });

  it("empties as others decide, live", async () => {
    await openQueue();
    serve();
    streamSays("held.changed", { id: "h1", state: "approved" });
    expect(await screen.findByText("Nothing waits for you")).toBeInTheDocument();
  });
});

describe("a trainee's thread", () => {
  it("says on the button that the reply will wait, and offers no emoji", async () => {
    page.server.user = { ...ben, trainee: true, replies_held: true };
    page.server.conversations = [
      aConversation({ window_closes_at: new Date(Date.now() + 3_600_000).toISOString() }),
    ];
    const body = { results: [aMessage()], next: null };
    page.server.overrides["GET conversations/c1/messages"] = { body };
    await openInbox("/inbox/all/c1");
    expect(await screen.findByRole("button", { name: "Send for approval" })).toBeInTheDocument();
    expect(screen.queryByRole("button", { name: "React" })).toBeNull();
  });
});
