import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { saveDraft } from "../composer/drafts";
import { aConversation, aMessage, ben } from "../test/builders";
import { FakeSocket } from "../test/FakeSocket";
import { brokenRules, fakePage, openInbox, openPage, streamSays } from "../test/page";

const page = fakePage();
const wang = aConversation({ id: "c1", last_activity_at: "2026-03-01T09:00:00Z" });
const grace = aConversation({
  id: "c2",
  contact: { id: "p2", name: "Grace Chen", phone: null, language: "en" },
  assignee: { id: ben.id, name: ben.name },
});

beforeEach(() => {
  page.server.conversations = [wang, grace];
});

const rows = async () => {
  const list = await screen.findByRole("list", { name: /Conversations/ });
  await within(list).findAllByRole("link");
  return within(list).getAllByRole("link");
};
const names = async () =>
  (await rows()).map((row) => row.textContent?.match(/王小明|Grace Chen/)?.[0]);
const press = (keys: string) => userEvent.setup().keyboard(keys);

describe("the list", () => {
  it("is loaded after the stream's hello, not before", async () => {
    openPage("/inbox/all");
    await vi.waitFor(() => FakeSocket.last);
    expect(page.server.asks("GET conversations")).toEqual([]);
    act(() => FakeSocket.last.welcomes());
    expect(await names()).toEqual(["王小明", "Grace Chen"]);
  });

  it("is loaded all the same when sockets are blocked", async () => {
    openPage("/inbox/all");
    await waitFor(async () => expect(await names()).toHaveLength(2), { timeout: 4000 });
    expect(FakeSocket.last.sent).toEqual([]);
  });

  it("shows only what belongs to the view", async () => {
    await openInbox("/inbox/mine");
    expect(await names()).toEqual(["Grace Chen"]);
  });

  it("shows what was begun and not sent, but for the open one", async () => {
    saveDraft("c1", "half a sentence", ben.id);
    await openInbox();
    const [first] = await rows();
    expect(first).toHaveTextContent("Drafthalf a sentence");
    act(() => saveDraft("c1", "", ben.id));
    expect(first).toHaveTextContent("你好");
    act(() => saveDraft("c1", "again", ben.id));
    await press("j");
    await waitFor(() => expect(first).toHaveAttribute("aria-current", "page"));
    expect(first).not.toHaveTextContent("Draft");
  });

  it("says what an empty view means", async () => {
    page.server.conversations = [];
    await openInbox("/inbox/unassigned");
    expect(await screen.findByText("Every conversation has an owner")).toBeInTheDocument();
  });

  it("that failed says why and can be tried again", async () => {
    page.server.refuse("GET conversations", 403, { message: "Not now", remedy: "Ask Ana" });
    await openInbox();
    expect(await screen.findByRole("alert")).toHaveTextContent("Not nowAsk Ana");
    page.server.overrides = {};
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(await names()).toHaveLength(2);
  });

  it("follows the stream", async () => {
    await openInbox();
    await names();
    const now = { version: 2, last_activity_at: "2026-03-01T10:00:00Z", inbound_count: 3 };
    streamSays("conversation.changed", { ...grace, ...now, read_count: null });
    expect(await names()).toEqual(["Grace Chen", "王小明"]);
    expect(screen.getByText("3")).toHaveTextContent("3unread messages");
    streamSays("conversation.left", { id: "c2" }, 12);
    expect(await names()).toEqual(["王小明"]);
  });

  it("fetches again what a stream below its floor could not bring", async () => {
    await openInbox();
    await names();
    page.server.conversations = [wang];
    act(() => FakeSocket.last.drops(4409));
    await waitFor(async () => expect(await names()).toEqual(["王小明"]));
  });
});

describe("the counts", () => {
  it("are fetched once for a burst of events", async () => {
    await openInbox();
    expect(await screen.findByRole("link", { name: "Mine 1" })).toBeInTheDocument();
    const before = page.server.asks("GET conversations/counts").length;
    for (let n = 0; n < 20; n += 1) {
      const changed = { ...wang, version: n + 2, assignee: { id: ben.id, name: "Ben" } };
      streamSays("conversation.changed", { ...changed, read_count: null }, 11 + n);
    }
    page.server.conversations = [grace, { ...wang, assignee: { id: ben.id, name: "Ben" } }];
    expect(await screen.findByRole("link", { name: "Mine 2" }, { timeout: 3000 })).toBeVisible();
    expect(page.server.asks("GET conversations/counts").length - before).toBe(1);
  });
});

describe("the keyboard", () => {
  it("steps through the list and closes", async () => {
    await openInbox();
    await names();
    await press("j");
    await waitFor(() => expect(location.pathname).toBe("/inbox/all/c1"));
    await press("j");
    await waitFor(() => expect(location.pathname).toBe("/inbox/all/c2"));
    await press("k");
    await waitFor(() => expect(location.pathname).toBe("/inbox/all/c1"));
    await press("{Escape}");
    await waitFor(() => expect(location.pathname).toBe("/inbox/all"));
  });

  it("goes on with the row that took the place of the resolved one", async () => {
    await openInbox("/inbox/all/c1");
    await screen.findByRole("heading", { level: 1, name: "王小明" });
    await names();
    await press("e");
    await waitFor(async () => expect(await names()).toEqual(["Grace Chen"]));
    await press("j");
    await waitFor(() => expect(location.pathname).toBe("/inbox/all/c2"));
  });

  it("changes the view", async () => {
    await openInbox();
    await names();
    await press("1");
    await waitFor(() => expect(location.pathname).toBe("/inbox/mine"));
  });

  it("shows the shortcuts", async () => {
    await openInbox();
    await press("?");
    const sheet = await screen.findByRole("dialog", { name: "Keyboard shortcuts" });
    expect(sheet).toHaveTextContent("Next conversation");
  });
});

describe("resolving", () => {
  it("can be undone", async () => {
    const user = userEvent.setup();
    await openInbox("/inbox/all/c1");
    await user.click(await screen.findByRole("button", { name: "Resolve" }));
    expect(await screen.findByRole("button", { name: "Reopen" })).toBeInTheDocument();
    await user.click(await screen.findByRole("button", { name: "Undo" }));
    expect(await screen.findByRole("button", { name: "Resolve" })).toBeInTheDocument();
    expect(page.server.asks("POST conversations/c1/reopen")).toHaveLength(1);
  });

  it("that is refused goes back, and says why", async () => {
    page.server.refuse("POST conversations/c1/resolve", 409, {
      message: "A refund is open",
      remedy: "Finish it first",
    });
    await openInbox("/inbox/all/c1");
    await userEvent.click(await screen.findByRole("button", { name: "Resolve" }));
    expect(await screen.findByText("A refund is open")).toBeInTheDocument();
    expect(screen.getByText("Finish it first")).toBeInTheDocument();
    expect(screen.getByRole("button", { name: "Resolve" })).toBeInTheDocument();
  });
});

describe("assigning", () => {
  it("by keyboard: to oneself, the first choice", async () => {
    await openInbox("/inbox/all/c1");
    await screen.findByRole("heading", { level: 1, name: "王小明" });
    await press("a");
    const search = await screen.findByRole("combobox", { name: "Search colleagues" });
    await waitFor(() => expect(search).toHaveFocus());
    await userEvent.keyboard("{Enter}");
    await waitFor(() =>
      expect(page.server.asks("POST conversations/c1/assign")[0]?.body).toEqual({ assignee: 7 }),
    );
    expect(await screen.findByRole("button", { name: /Assigned to Ben/ })).toBeInTheDocument();
  });

  it("to a colleague found by name", async () => {
    const user = userEvent.setup();
    await openInbox("/inbox/all/c1");
    await user.click(await screen.findByRole("button", { name: /Assigned to Unassigned/ }));
    await user.type(await screen.findByRole("combobox", { name: "Search colleagues" }), "ch");
    await user.click(await screen.findByRole("option", { name: /Cho/ }));
    await waitFor(() =>
      expect(page.server.asks("POST conversations/c1/assign")[0]?.body).toEqual({ assignee: 8 }),
    );
  });

  it("to a team, for whose people it waits then", async () => {
    const user = userEvent.setup();
    await openInbox("/inbox/all/c1");
    await user.click(await screen.findByRole("button", { name: /Assigned to Unassigned/ }));
    await user.click(await screen.findByRole("option", { name: "Orders" }));
    await waitFor(() =>
      expect(page.server.asks("POST conversations/c1/team")[0]?.body).toEqual({ team: 3 }),
    );
    expect(await screen.findByRole("button", { name: /Assigned to Orders/ })).toBeInTheDocument();
    expect(within(document.querySelector("a[data-id=c1]") as HTMLElement).getByText("Orders"));
  });

  it("shows who is there and how much they have", async () => {
    const user = userEvent.setup();
    await openInbox("/inbox/all/c1");
    await user.click(await screen.findByRole("button", { name: /Assigned to Unassigned/ }));
    const cho = await screen.findByRole("option", { name: /Cho/ });
    expect(cho).toHaveTextContent("4 open");
    expect(cho).toHaveTextContent("English");
    expect(within(cho).getByRole("img", { name: "Not there" })).toBeInTheDocument();
  });

  it("is not offered to an observer", async () => {
    page.server.user = { ...ben, level: "observer", permissions: [] };
    await openInbox("/inbox/all/c1");
    await screen.findByRole("heading", { level: 1, name: "王小明" });
    expect(screen.queryByRole("button", { name: /Assigned to/ })).not.toBeInTheDocument();
    expect(screen.queryByRole("button", { name: "Resolve" })).not.toBeInTheDocument();
  });
});

describe("a conversation that cannot be seen", () => {
  it("says so when opened by address", async () => {
    await openInbox("/inbox/all/unknown");
    expect(await screen.findByText("You can’t see this conversation")).toBeInTheDocument();
  });

  it("says so when it is lost while open", async () => {
    await openInbox("/inbox/all/c1");
    await screen.findByRole("heading", { level: 1, name: "王小明" });
    streamSays("conversation.left", { id: "c1" });
    expect(await screen.findByText("You can’t see this conversation")).toBeInTheDocument();
  });
});

it("says a new message of one's own conversation aloud", async () => {
  await openInbox();
  await names();
  const at = new Date().toISOString();
  streamSays("message.changed", aMessage({ conversation_id: "c2", at, content: { text: "Hi" } }));
  expect(await screen.findByText("New message from Grace Chen: Hi")).toBeInTheDocument();
});

it("says it once, also when its thread is open, and says the same words again", async () => {
  await openInbox("/inbox/all/c2");
  await names();
  await screen.findByRole("region", { name: "Messages" });
  const said = () => screen.getAllByText(/Grace Chen: Hi/).map((one) => one.closest("[aria-live]"));
  const hi = (id: string) =>
    aMessage({ id, conversation_id: "c2", at: new Date().toISOString(), content: { text: "Hi" } });
  streamSays("message.changed", hi("m7"));
  expect(said()).toHaveLength(1);
  const before = screen.getByText(/Grace Chen: Hi/);
  streamSays("message.changed", hi("m8"), 12);
  expect(said()).toHaveLength(1);
  expect(screen.getByText(/Grace Chen: Hi/)).not.toBe(before);
});

it("counts one's own unread conversations in the one title the document came with", async () => {
  document.title = "Kefu";
  await openInbox();
  await names();
  await waitFor(() => expect(document.title).toBe("(1) All · Kefu"));
  expect(document.querySelectorAll("title")).toHaveLength(1);
});

it("breaks no accessibility rule", async () => {
  await openInbox("/inbox/all/c1");
  await screen.findByRole("heading", { level: 1, name: "王小明" });
  await names();
  expect(await brokenRules()).toEqual([]);
});
