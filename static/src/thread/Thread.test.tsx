import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import type { Message } from "../api/types";
import { applyMessage } from "../stream/applyMessage";
import { aMessage, ben } from "../test/builders";
import { brokenRules } from "../test/page";
import { fakeThread, lastPosted, openConversation, openThread, POST } from "./test/openThread";

const scene = fakeThread();
const hello = aMessage({ id: "m1", content: { text: "Hello *Ben*" } });
const ours = aMessage({
  id: "m2",
  direction: "out",
  status: "read",
  at: "2026-03-01T08:01:00Z",
  author: { id: 7, name: "Ben" },
  content: { text: "How can I help?" },
});

const bubbles = () => screen.findAllByRole("article");
const bubble = async (words: RegExp) => {
  const found = (await bubbles()).find((one) => words.test(one.textContent ?? ""));
  if (!found) throw new Error(`no bubble says ${words}`);
  return found;
};
const field = () => screen.findByRole("textbox", { name: /Message to/ });
/** The server's answer to what was posted last. */
const accept = (change: Partial<Message> = {}) => ({
  status: 201,
  body: aMessage({
    id: "m9",
    direction: "out",
    status: "queued",
    at: new Date().toISOString(),
    author: { id: 7, name: "Ben" },
    content: { text: lastPosted(scene.server).text },
    client_ref: lastPosted(scene.server).client_ref,
    ...change,
  }),
});

describe("the thread", () => {
  it("shows who wrote, what, when, and how far it got", async () => {
    openThread(scene.server, [hello, ours]);
    expect((await bubble(/Hello/)).querySelector("strong")).toHaveTextContent("Ben");
    const mine = await bubble(/How can I help/);
    expect(within(mine).getByText("16:01")).toBeInTheDocument();
    expect(within(mine).getByRole("img", { name: "Read" })).toBeInTheDocument();
  });

  it("draws a customer's HTML as the text it is", async () => {
    const text = '<img src=x onerror="alert(1)"> *<script>x</script>* javascript:alert(1)';
    openThread(scene.server, [aMessage({ content: { text } })]);
    const shown = await bubble(/onerror/);
    expect(shown.querySelector("img, script, a")).toBeNull();
    expect(shown).toHaveTextContent("<script>x</script>");
  });

  it("opens addresses apart and without telling where from", async () => {
    openThread(scene.server, [aMessage({ content: { text: "https://example.com/a" } })]);
    const link = within(await bubble(/example/)).getByRole("link");
    expect(link).toHaveAttribute("rel", expect.stringContaining("noopener"));
    expect(link).toHaveAttribute("target", "_blank");
  });

  it("says in words why a message failed, what helps, and queues it again", async () => {
    const error = { code: "131049", message: "Held back", remedy: "Wait a day", retryable: true };
    openThread(scene.server, [hello, { ...ours, status: "failed", error }]);
    expect(await bubble(/Held back/)).toHaveTextContent("Failed. Held backWait a day");
    scene.server.overrides["POST messages/m2/retry"] = {
      body: { ...ours, version: 2, status: "queued" },
    };
    await userEvent.click(screen.getByRole("button", { name: "Retry" }));
    expect(await screen.findByRole("img", { name: "Waiting to be sent" })).toBeInTheDocument();
    expect(screen.queryByText(/Held back/)).toBeNull();
  });

  it("does not offer to retry what cannot succeed, and explains what is unconfirmed", async () => {
    const error = { code: "131026", message: "Not on WhatsApp", remedy: null, retryable: false };
    const lost = { ...ours, id: "m3", status: "unconfirmed" as const };
    openThread(scene.server, [{ ...ours, status: "failed", error }, lost]);
    await bubble(/Not on WhatsApp/);
    expect(screen.queryByRole("button", { name: "Retry" })).toBeNull();
    expect(screen.getByText(/may have been sent/)).toBeInTheDocument();
  });

  it("puts a reaction on at once, takes it back when pressed, and undoes it when refused", async () => {
    openThread(scene.server, [hello]);
    await userEvent.click(within(await bubble(/Hello/)).getByRole("button", { name: "React" }));
    const reacted = {
      ...hello,
      version: 2,
      reactions: [{ emoji: "👍", side: "team", name: "Ben" }],
    };
    scene.server.overrides[POST] = { status: 201, body: reacted };
    await userEvent.click(await screen.findByRole("button", { name: "React with 👍" }));
    const given = await screen.findByRole("button", { name: /👍 Ben/ });
    expect(lastPosted(scene.server)).toMatchObject({
      type: "reaction",
      message: "m1",
      emoji: "👍",
    });
    scene.server.refuse(POST, 409, { code: "window_closed", message: "Too late" });
    await userEvent.click(given);
    expect(lastPosted(scene.server).emoji).toBe("");
    expect(await screen.findByText("Too late")).toBeInTheDocument();
    expect(screen.getByRole("button", { name: /👍 Ben/ })).toBeInTheDocument();
  });

  it("marks as read what is on the screen", async () => {
    scene.server.conversations = [openConversation({ read_count: 0 })];
    openThread(scene.server, [hello], openConversation({ read_count: 0 }));
    expect(await screen.findByText("1 unread message")).toBeInTheDocument();
    await waitFor(() => expect(scene.server.asks("POST conversations/c1/read")).toHaveLength(1));
  });

  it("does not mark as read what is still further down", async () => {
    const many = Array.from({ length: 60 }, (_, index) =>
      aMessage({ id: `m${index + 10}`, at: new Date(1.77e12 + index * 1000).toISOString() }),
    );
    openThread(scene.server, many, openConversation({ inbound_count: 60, read_count: 5 }));
    expect(await screen.findByText("55 unread messages")).toBeInTheDocument();
    await new Promise((done) => setTimeout(done, 100));
    expect(scene.server.asks("POST conversations/c1/read")).toEqual([]);
  });

  it("is walked with the arrow keys, from the empty composer upwards", async () => {
    openThread(scene.server, [hello, ours]);
    await userEvent.click(await field());
    await userEvent.keyboard("{ArrowUp}");
    await waitFor(async () => expect(await bubble(/How can I help/)).toHaveFocus());
    await userEvent.keyboard("{ArrowUp}");
    await waitFor(async () => expect(await bubble(/Hello/)).toHaveFocus());
    await userEvent.keyboard("r");
    expect(await screen.findByText("Reply to 王小明")).toBeInTheDocument();
    expect(await field()).toHaveFocus();
  });

  it("breaks no rule of accessibility", async () => {
    openThread(scene.server, [hello, ours]);
    await bubbles();
    expect(await brokenRules()).toEqual([]);
  });
});

describe("sending", () => {
  it("shows the bubble at once and replaces it by the server's message", async () => {
    const { client } = openThread(scene.server, [hello]);
    scene.server.overrides[POST] = () => accept();
    await userEvent.type(await field(), "On its way");
    await userEvent.keyboard("{Enter}");
    const shown = await bubble(/On its way/);
    expect(await field()).toHaveValue("");
    await waitFor(() => expect(shown).toHaveAttribute("data-message", "m9"));
    expect(await bubble(/On its way/)).toBe(shown);
    const delivered = accept({ version: 2, status: "delivered" }).body;
    act(() => applyMessage(client, delivered));
    expect(await screen.findByRole("img", { name: "Delivered" })).toBeInTheDocument();
    expect(await bubbles()).toHaveLength(2);
  });

  it("shows one bubble when the live event comes before the answer", async () => {
    const { client } = openThread(scene.server, [hello]);
    scene.server.overrides[POST] = () => {
      const answer = accept();
      applyMessage(client, answer.body);
      return answer;
    };
    await userEvent.type(await field(), "Once{Enter}");
    await waitFor(async () => expect(await bubble(/Once/)).toHaveAttribute("data-message", "m9"));
    expect(await bubbles()).toHaveLength(2);
  });

  it("that failed stays, says so, and goes again under the same client_ref", async () => {
    openThread(scene.server, [hello]);
    scene.server.overrides[POST] = { status: 0 };
    await userEvent.type(await field(), "Important{Enter}");
    expect(await bubble(/Important/)).toHaveTextContent("Important");
    await userEvent.click(await screen.findByRole("button", { name: "Retry" }));
    await waitFor(() => expect(scene.server.asks(POST)).toHaveLength(2));
    scene.server.overrides[POST] = () => accept();
    await userEvent.click(await screen.findByRole("button", { name: "Retry" }));
    await waitFor(async () =>
      expect(await bubble(/Important/)).toHaveAttribute("data-message", "m9"),
    );
    const refs = scene.server.asks(POST).map(({ body }) => (body as Message).client_ref);
    expect(new Set(refs).size).toBe(1);
    expect(refs).toHaveLength(3);
  });

  it("that failed can be thrown away, or taken back into the composer", async () => {
    openThread(scene.server, [hello]);
    scene.server.overrides[POST] = { status: 0 };
    await userEvent.type(await field(), "One{Enter}");
    await userEvent.click(await screen.findByRole("button", { name: "Edit" }));
    expect(await field()).toHaveValue("One");
    await userEvent.keyboard("{Enter}");
    await userEvent.click(await screen.findByRole("button", { name: "Discard" }));
    expect(await bubbles()).toHaveLength(1);
    expect(await field()).toHaveValue("");
  });

  it("that is refused for its text comes back with the reason beside it", async () => {
    openThread(scene.server, [hello]);
    const refusal = { code: "text_too_long", message: "Too long", field: "text" };
    scene.server.refuse(POST, 400, { ...refusal, remedy: "Shorten it" });
    await userEvent.type(await field(), "Words{Enter}");
    expect(await screen.findByText("Too long Shorten it")).toBeInTheDocument();
    expect(await field()).toHaveValue("Words");
    expect(await field()).toHaveAttribute("aria-invalid", "true");
    expect(await bubbles()).toHaveLength(1);
  });

  it("as an answer quotes the message", async () => {
    openThread(scene.server, [hello]);
    scene.server.overrides[POST] = () => accept();
    await userEvent.click(within(await bubble(/Hello/)).getByRole("button", { name: "Reply" }));
    await userEvent.keyboard("Yes{Enter}");
    expect(lastPosted(scene.server)).toMatchObject({ text: "Yes", reply_to: "m1" });
    expect(screen.queryByText("Reply to 王小明")).toBeNull();
  });
});

describe("who may not write", () => {
  it("is told so: no permission", async () => {
    openThread(scene.server, [hello], openConversation(), { ...ben, permissions: [] });
    expect(await screen.findByText("Read only")).toBeInTheDocument();
    expect(screen.queryByRole("textbox")).toBeNull();
    expect(screen.queryByRole("button", { name: "Reply" })).toBeNull();
  });

  it("is told so: the window has closed", async () => {
    const { becomes } = openThread(scene.server, [hello]);
    await field();
    becomes(openConversation({ window_closes_at: "2026-03-01T08:00:00Z" }));
    expect(await screen.findByText("The 24-hour reply window has closed")).toBeInTheDocument();
    expect(screen.queryByRole("textbox")).toBeNull();
  });

  it("is told so: the channel is paused, and why", async () => {
    const paused = {
      id: "ch1",
      name: "Taipei shop",
      state: "paused",
      paused_reason: "Red quality",
      pauses: [],
    };
    scene.server.overrides["GET channels"] = { body: { results: [paused], next: null } };
    openThread(scene.server, [hello]);
    expect(await screen.findByText("Red quality")).toBeInTheDocument();
  });

  it("knows that writing reopens a resolved conversation", async () => {
    openThread(scene.server, [hello], openConversation({ state: "resolved" }));
    expect(await screen.findByText(/Sending a message reopens it/)).toBeInTheDocument();
  });
});
