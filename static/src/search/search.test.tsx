import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";
import { dayBegins } from "../log/filters";
import { aConversation, ben } from "../test/builders";
import { brokenRules, fakePage, openInbox } from "../test/page";
import type { FoundContact, FoundMessage, FoundNote } from "./queries";

const SLOW = { timeout: 12_000 };
vi.setConfig({ testTimeout: 40_000 });
const page = fakePage();
const wang = { id: "p1", name: "王小明", phone: "+886912345678", language: null };

const aMessage = (change: Partial<FoundMessage> = {}): FoundMessage => ({
  id: "01890000-0000-7000-8000-000000000001",
  conversation_id: "c1",
  contact: wang,
  channel_name: "Taipei shop",
  region_id: 1,
  kind: "text",
  direction: "in",
  author: null,
  at: "2026-03-01T08:00:00Z",
  excerpt: [
    { text: "我要", hit: false },
    { text: "退款", hit: true },
  ],
  ...change,
});

const aNote: FoundNote = {
  id: "01890000-0000-7000-8000-000000000002",
  kind: "internal",
  conversation_id: "c1",
  contact: wang,
  region_id: 1,
  author: { id: 9, name: "Fay" },
  at: "2026-03-01T08:00:00Z",
  excerpt: [{ text: "退款", hit: true }],
};

const aContact: FoundContact = {
  contact: wang,
  conversation_id: "c1",
  region_id: 1,
  at: "2026-03-01T08:00:00Z",
  excerpt: [{ text: "王小明", hit: true }],
};

type Group = "messages" | "notes" | "contacts";

function serve(group: Group, results: object[], more: { next?: string; partial?: boolean } = {}) {
  const body = { results, next: null, partial: false, ...more };
  page.server.overrides[`GET search/${group}`] = { body };
}

const asked = (group: Group) =>
  new URLSearchParams(page.server.asks(`GET search/${group}`).at(-1)?.path.split("?")[1]);

beforeEach(() => {
  page.server.user = {
    ...ben,
    permissions: [...ben.permissions, "conversation.see", "contact.see"],
  };
  page.server.conversations = [aConversation()];
  serve("messages", [aMessage()]);
  serve("notes", []);
  serve("contacts", []);
});

it("shows what was found in groups, with the hits marked, and leads to the message", async () => {
  serve("notes", [aNote]);
  serve("contacts", [aContact]);
  await openInbox("/search?q=退款");
  const messages = await screen.findByRole("region", { name: "Messages" }, SLOW);
  const link = await within(messages).findByRole("link", { name: /王小明/ }, SLOW);
  expect(link).toHaveAttribute("href", `/inbox/all/c1#m-${aMessage().id}`);
  expect(within(link).getByText("退款").tagName).toBe("MARK");
  const note = within(screen.getByRole("region", { name: "Notes" })).getByRole("link");
  expect(note).toHaveAttribute("href", `/inbox/all/c1#note-${aNote.id}`);
  expect(screen.getByRole("region", { name: "Customers" })).toBeInTheDocument();
  expect(await brokenRules()).toEqual([]);
});

it("looks once the typing pauses, and keeps the words in the address", async () => {
  await openInbox("/search");
  const field = await screen.findByRole("searchbox", { name: "What to look for" }, SLOW);
  await userEvent.type(field, "refund");
  await waitFor(() => expect(asked("messages").get("q")).toBe("refund"));
  expect(new URLSearchParams(location.search).get("q")).toBe("refund");
  expect(page.server.asks("GET search/messages")).toHaveLength(1);
});

it("keeps the space between two words when the typing pauses there", async () => {
  await openInbox("/search");
  const field = await screen.findByRole("searchbox", { name: "What to look for" }, SLOW);
  await userEvent.type(field, "blue ");
  await waitFor(() => expect(new URLSearchParams(location.search).get("q")).toBe("blue"));
  await waitFor(() => expect(asked("messages").get("q")).toBe("blue"));
  await userEvent.type(field, "shoes");
  expect(field).toHaveValue("blue shoes");
  await waitFor(() => expect(asked("messages").get("q")).toBe("blue shoes"));
});

it("leads back from the thread to the results", async () => {
  await openInbox("/search?q=退款");
  await userEvent.click(await screen.findByRole("link", { name: /退款/ }, SLOW));
  expect(location.pathname).toBe("/inbox/all/c1");
  await userEvent.click(await screen.findByRole("link", { name: "Back to the results" }, SLOW));
  expect(location.pathname + decodeURIComponent(location.search)).toBe("/search?q=退款");
  expect(page.server.asks("GET search/messages")).toHaveLength(1);
});

it("narrows by chips, and leaves out what cannot hold anything of it", async () => {
  await openInbox("/search?q=a&from=2026-03-01&direction=in");
  await screen.findByRole("region", { name: "Messages" }, SLOW);
  expect(asked("messages").get("since")).toBe(dayBegins("2026-03-01", ben.time_zone));
  expect(asked("messages").get("direction")).toBe("in");
  expect(screen.queryByRole("region", { name: "Notes" })).toBeNull();
  expect(page.server.asks("GET search/notes")).toEqual([]);
  await userEvent.click(screen.getByRole("button", { name: /Remove: From the customer/ }));
  await waitFor(() => expect(asked("notes").get("q")).toBe("a"));
  await userEvent.click(screen.getByRole("button", { name: "Filters" }));
  await userEvent.selectOptions(screen.getByRole("combobox", { name: "Written by" }), "Me");
  await waitFor(() => expect(asked("messages").get("agent")).toBe("me"));
});

it("narrows customers by a tag, which says its region where there are several", async () => {
  const tag = { id: "t1", name: "VIP", region_id: 1, scope: "both", group: "", colour: "blue" };
  page.server.overrides["GET tags"] = { body: { results: [tag], next: null } };
  serve("contacts", [aContact]);
  await openInbox("/search?q=a");
  await userEvent.click(await screen.findByRole("button", { name: "Filters" }, SLOW));
  const field = await screen.findByRole("combobox", { name: "Tag of the customer" });
  await userEvent.selectOptions(field, within(field).getByRole("option", { name: /^VIP/ }));
  await waitFor(() => expect(asked("contacts").get("tag")).toBe("t1"));
  expect(screen.queryByRole("region", { name: "Messages" })).toBeNull();
  expect(screen.getByRole("button", { name: /Remove: Tag: VIP/ })).toBeInTheDocument();
});

it("says that nothing was found, and offers to look further back where it stopped early", async () => {
  serve("messages", [], { next: "x", partial: true });
  await openInbox("/search?q=的&in=messages");
  expect(await screen.findByText("Nothing in what is recent", {}, SLOW)).toBeInTheDocument();
  serve("messages", [aMessage()]);
  await userEvent.click(screen.getByRole("button", { name: "Look further back" }));
  await screen.findByRole("link", { name: /退款/ });
  expect(asked("messages").get("cursor")).toBe("x");
});

it("tells why it failed, and tries again", async () => {
  page.server.refuse("GET search/messages", 500, { message: "The server is having trouble" });
  await openInbox("/search?q=a&in=messages");
  expect(await screen.findByRole("alert", {}, SLOW)).toBeInTheDocument();
  serve("messages", []);
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByText("Nothing was found")).toBeInTheDocument();
});

it("is opened by a key", async () => {
  await openInbox("/inbox/all");
  await screen.findAllByText("王小明", {}, SLOW);
  await userEvent.keyboard("/");
  expect(await screen.findByRole("searchbox", { name: "What to look for" }, SLOW)).toHaveFocus();
});
