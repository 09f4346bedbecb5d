import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { tabCount } from "../components/tabCount";
import { aConversation, aMessage } from "../test/builders";
import { fakePage, openInbox, streamSays } from "../test/page";

const page = fakePage();
const shown = vi.fn();

class FakeNotification {
  static permission = "granted";
  static requestPermission = async () => "granted";
  onclick: (() => void) | null = null;
  constructor(title: string, options: { body: string }) {
    shown(title, options.body);
  }
  close() {}
}

const kinds = ["message.mine", "queue.new"].map((kind) => ({
  kind,
  group: "work",
  mutable: true,
  derived: true,
  in_app: true,
  desktop: true,
  sound: true,
}));

beforeEach(() => {
  shown.mockClear();
  vi.spyOn(document, "hasFocus").mockReturnValue(false);
  vi.stubGlobal("Notification", FakeNotification);
  page.server.overrides["GET notifications/settings"] = { body: { volume: 0, kinds } };
  page.server.overrides["GET notifications"] = { body: { results: [], next: null } };
  page.server.overrides["GET notifications/unread"] = { body: { unread: 0, mentions: 0 } };
});
afterEach(() => localStorage.clear());

const unread = () => page.server.asks("GET notifications/unread");

it("alerts to a new message of one's own conversation on pages that show no conversations", async () => {
  localStorage.setItem("kefu.desktopAlerts", "1");
  await openInbox("/somewhere/else");
  await waitFor(() => expect(unread()).toHaveLength(1));
  const at = new Date().toISOString();
  const mine = aConversation({ assignee: { id: 7, name: "Ben" }, read_count: null, version: 2 });
  // As the server tells it: the message first, then what it did to its conversation.
  streamSays("message.changed", aMessage({ id: "m9", at }), 11);
  streamSays("conversation.changed", mine, 12);
  await waitFor(() => expect(shown).toHaveBeenCalledTimes(1));
  expect(shown.mock.calls[0]?.[0]).toBe(mine.contact.name);
  expect(
    screen.getByText(new RegExp(`message from ${mine.contact.name}`, "i")),
  ).toBeInTheDocument();
});

it("takes what is chosen in the bell's panel at once, there and in the account menu", async () => {
  page.server.conversations = [aConversation({ id: "c1", assignee: { id: 7, name: "Ben" } })];
  await openInbox();
  await userEvent.click(await screen.findByRole("button", { name: /Notifications/ }));
  await userEvent.click(await screen.findByRole("button", { name: "Settings" }));
  const desktop = await screen.findByLabelText("May show notifications on the desktop");
  expect(desktop).not.toBeChecked();
  await userEvent.click(desktop);
  expect(desktop).toBeChecked();
  const message = aMessage({ id: "m10", at: new Date().toISOString() });
  streamSays("message.changed", message);
  await waitFor(() => expect(shown).toHaveBeenCalledTimes(1));
  await userEvent.keyboard("{Escape}");
  await userEvent.click(await screen.findByRole("button", { name: /Ben/ }));
  const item = await screen.findByRole("menuitemcheckbox", { name: "Desktop notifications" });
  expect(item).toBeChecked();
});

it("leaves no number behind when its person signs out", async () => {
  page.server.overrides["GET notifications/unread"] = { body: { unread: 3, mentions: 0 } };
  await openInbox();
  await waitFor(() => expect(tabCount()).toBe(3));
  await userEvent.click(await screen.findByRole("button", { name: /Ben/ }));
  await userEvent.click(await screen.findByRole("menuitem", { name: "Sign out" }));
  expect(await screen.findByLabelText("Password")).toBeInTheDocument();
  expect(tabCount()).toBe(0);
});
