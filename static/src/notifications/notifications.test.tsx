import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import type { Notification } from "../api/types";
import { aConversation } from "../test/builders";
import { brokenRules, fakePage, openInbox, streamSays } from "../test/page";

const page = fakePage();

function news(over: Partial<Notification> = {}): Notification {
  return {
    id: "n1",
    kind: "note.mentioned",
    conversation_id: "c1",
    contact_name: "王小明",
    actor: { id: 9, name: "Fay" },
    note: "@Ben can you look?",
    data: { note_id: "k1" },
    created_at: new Date().toISOString(),
    read_at: null,
    ...over,
  };
}

function listed(...rows: Notification[]): void {
  page.server.overrides["GET notifications"] = { body: { results: rows, next: null } };
  page.server.overrides["GET notifications/unread"] = {
    body: { unread: rows.filter(({ read_at }) => !read_at).length, mentions: 0 },
  };
}

describe("the bell", () => {
  it("counts what is unread, in the title too, and lists it by conversation", async () => {
    page.server.conversations = [aConversation({ id: "c1" })];
    listed(
      news(),
      news({ id: "n2", kind: "access.decided", conversation_id: null, contact_name: null }),
      news({ id: "n3", kind: "from.tomorrow", read_at: new Date().toISOString() }),
    );
    await openInbox();
    const bell = await screen.findByRole("button", { name: /Notifications/ });
    await waitFor(() => expect(bell).toHaveTextContent("2"));
    await waitFor(() => expect(document.title).toMatch(/^\(\d+\) /));
    await userEvent.click(bell);
    const panel = await screen.findByRole("dialog", { name: "Your notifications" });
    expect(await within(panel).findByText("Fay mentioned you")).toBeInTheDocument();
    expect(within(panel).getAllByText("About 王小明")).toHaveLength(1);
    expect(within(panel).getByText("Fay approved your request")).toBeInTheDocument();
    expect(within(panel).getByText("There is news for you")).toBeInTheDocument();
    expect(await brokenRules()).toEqual([]);
  });

  it("leads to what it is about and marks it read", async () => {
    page.server.conversations = [aConversation({ id: "c1" })];
    listed(news());
    await openInbox();
    await userEvent.click(await screen.findByRole("button", { name: /Notifications/ }));
    await userEvent.click(await screen.findByText("Fay mentioned you"));
    await waitFor(() => expect(location.pathname).toBe("/inbox/all/c1"));
    const marked = page.server.asks("POST notifications/mark-read");
    expect(marked[0]?.body).toEqual({ ids: ["n1"] });
  });

  it("shows mentions only, and settings per kind", async () => {
    page.server.overrides["GET notifications/settings"] = {
      body: {
        volume: 60,
        kinds: [
          {
            kind: "note.mentioned",
            group: "mention",
            mutable: true,
            derived: false,
            in_app: true,
            desktop: true,
            sound: true,
          },
        ],
      },
    };
    await openInbox();
    await userEvent.click(await screen.findByRole("button", { name: /Notifications/ }));
    await userEvent.click(await screen.findByRole("button", { name: "Mentions" }));
    expect(await screen.findByText(/Nobody has mentioned you yet/)).toBeInTheDocument();
    expect(page.server.asks("GET notifications").at(-1)?.path).toContain("only=mentions");
    await userEvent.click(screen.getByRole("button", { name: "Settings" }));
    await userEvent.click(await screen.findByLabelText("Somebody mentions me: With a sound"));
    const [sent] = page.server.asks("PUT notifications/settings");
    expect(sent?.body).toEqual({
      volume: 60,
      choices: { "note.mentioned": { in_app: true, desktop: true, sound: false } },
    });
  });
});

describe("what comes while one works elsewhere", () => {
  it("is told with the way there, once, and counted", async () => {
    page.server.conversations = [aConversation({ id: "c1" })];
    await openInbox();
    const bell = await screen.findByRole("button", { name: /Notifications/ });
    await waitFor(() => expect(page.server.asks("GET notifications/unread")).toHaveLength(1));
    streamSays("notification.created", news());
    expect(await screen.findByText(/王小明 · Fay mentioned you/)).toBeInTheDocument();
    await waitFor(() => expect(bell).toHaveTextContent("1"));
    await userEvent.click(screen.getByRole("button", { name: "Open" }));
    await waitFor(() => expect(location.pathname).toBe("/inbox/all/c1"));
  });

  it("is old news when a replay brings it late", async () => {
    await openInbox();
    await waitFor(() => expect(page.server.asks("GET notifications/unread")).toHaveLength(1));
    streamSays("notification.created", news({ created_at: "2026-01-01T00:00:00Z" }));
    const lock = news({ id: "n4", kind: "lock.broken", note: "On the phone" });
    streamSays("notification.created", lock, 12);
    expect(await screen.findByText(/Fay broke your lock/)).toBeInTheDocument();
    expect(screen.queryByText(/mentioned you/)).toBeNull();
  });
});
