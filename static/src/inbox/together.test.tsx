import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { aConversation, ben } from "../test/builders";
import { brokenRules, fakePage, openInbox, streamSays } from "../test/page";

const SLOW = { timeout: 8000 };
const page = fakePage();
const wang = aConversation({ id: "c1", last_activity_at: "2026-03-01T09:00:00Z" });
const grace = aConversation({
  id: "c2",
  contact: { id: "p2", name: "Grace Chen", phone: null, language: "en" },
  priority: "urgent",
});
const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();
const lock = (id: number) => ({
  by: { id, name: id === ben.id ? "Ben" : "Fay" },
  since: new Date().toISOString(),
  until: inAnHour(),
  reason: "A refund",
});

beforeEach(() => {
  page.server.conversations = [wang, grace];
});

const rows = async () => {
  const list = await screen.findByRole("list", { name: /Conversations/ }, SLOW);
  await within(list).findAllByRole("link");
  return within(list).getAllByRole("link");
};
const names = async () =>
  (await rows()).map((row) => row.textContent?.match(/王小明|Grace Chen/)?.[0]);
const press = (keys: string) => userEvent.setup().keyboard(keys);
const header = () => screen.findByRole("button", { name: "Snooze" }, SLOW);

describe("snoozing", () => {
  it("by key and preset takes it out of the open view; undo brings it back", async () => {
    await openInbox("/inbox/all/c1");
    await header();
    await press("z");
    await userEvent.click(await screen.findByRole("menuitem", { name: /In an hour/ }, SLOW));
    await waitFor(async () => expect(await names()).toEqual(["Grace Chen"]), SLOW);
    const [asked] = page.server.asks("POST conversations/c1/snooze");
    expect(asked?.body).toMatchObject({ wakes_on_reply: true, reason: "" });
    expect(await screen.findByText(/Snoozed by Ben until/)).toBeInTheDocument();
    await userEvent.click(await screen.findByRole("button", { name: "Undo" }));
    await waitFor(() => expect(page.server.asks("DELETE conversations/c1/snooze")).toHaveLength(1));
    await waitFor(async () => expect(await names()).toEqual(["王小明", "Grace Chen"]));
  });

  it("is ended from the notice, which is gone when that is told", async () => {
    const until = inAnHour();
    const snooze = { until, wake_at: until, wakes_on_reply: true, reason: "", by: null };
    page.server.conversations = [{ ...wang, state: "snoozed", snooze }, grace];
    await openInbox("/inbox/all/c1");
    await userEvent.click(await screen.findByRole("button", { name: "Bring back now" }, SLOW));
    expect(await screen.findByText(/The conversation with 王小明 is back/)).toBeInTheDocument();
  });

  it("says in the list why one has come back", async () => {
    page.server.conversations = [{ ...wang, woken_how: "reply" }];
    await openInbox();
    expect((await rows())[0]).toHaveTextContent("customer replied");
  });
});

describe("priority", () => {
  it("is set by key, and sorts the list where one likes that", async () => {
    await openInbox("/inbox/all/c1");
    await header();
    await press("p");
    await userEvent.click(await screen.findByRole("menuitem", { name: "High" }, SLOW));
    await waitFor(() => expect(page.server.asks("POST conversations/c1/priority")).toHaveLength(1));
    await userEvent.click(await screen.findByRole("button", { name: "Sort and filter" }));
    const sort = await screen.findByRole("menuitemradio", { name: "Most pressing first" }, SLOW);
    await userEvent.click(sort);
    const last = () => page.server.asks("GET conversations").at(-1)?.path;
    await waitFor(() => expect(last()).toContain("sort=pressing"));
    // What is told live finds its place in that order.
    streamSays("conversation.changed", { ...wang, version: 9, priority: "urgent" });
    await waitFor(async () => expect(await names()).toEqual(["王小明", "Grace Chen"]));
    streamSays("conversation.changed", { ...wang, version: 10, priority: "low" }, 12);
    await waitFor(async () => expect(await names()).toEqual(["Grace Chen", "王小明"]));
    localStorage.removeItem("kefu.pressingFirst");
  });
});

describe("the menu of what is done less often", () => {
  it.each(["Lock…", "Hand over…", "Flag as risky…", "Delete…"])(
    "opens a dialog: %s",
    async (deed) => {
      const more = ["conversation.lock", "risk.flag", "conversation.delete"];
      page.server.user = { ...ben, permissions: [...ben.permissions, ...more] };
      await openInbox("/inbox/all/c1");
      await userEvent.click(await screen.findByRole("button", { name: "More" }, SLOW));
      await userEvent.click(await screen.findByRole("menuitem", { name: new RegExp(deed) }, SLOW));
      expect(await screen.findByRole("dialog", {}, SLOW)).toBeVisible();
    },
  );
});

describe("a lock", () => {
  it("of somebody else leaves nothing to write with, and says who, until when and why", async () => {
    page.server.conversations = [{ ...wang, lock: lock(99) }];
    await openInbox("/inbox/all/c1");
    expect(await screen.findByText("Fay has locked this conversation", {}, SLOW)).toBeVisible();
    expect(screen.getAllByText(/A refund/).length).toBeGreaterThan(0);
    expect(screen.queryByRole("textbox", { name: /message/i })).toBeNull();
    for (const name of ["Snooze", "Resolve", "More"]) {
      expect(screen.queryByRole("button", { name })).toBeNull();
    }
    expect(screen.queryByRole("button", { name: /Break the lock/ })).toBeNull();
  });

  it("is broken by a supervisor, with a reason", async () => {
    page.server.user = { ...ben, permissions: [...ben.permissions, "lock.break"] };
    page.server.conversations = [{ ...wang, lock: lock(99) }];
    await openInbox("/inbox/all/c1");
    await userEvent.click(await screen.findByRole("button", { name: /Break the lock/ }, SLOW));
    const reason = await screen.findByRole("textbox", { name: "Reason" }, SLOW);
    await userEvent.type(reason, "Urgent");
    await userEvent.click(screen.getByRole("button", { name: "Break it" }));
    await waitFor(() =>
      expect(page.server.asks("POST conversations/c1/lock/break")[0]?.body).toEqual({
        reason: "Urgent",
      }),
    );
  });
});

describe("several at once", () => {
  it("are chosen with keys, changed in one call, and taken back in another", async () => {
    const deed = { id: "d1", deed: "resolve", done: 2, refused: [], undo_until: inAnHour() };
    page.server.overrides["POST conversations/bulk"] = { body: deed };
    page.server.overrides["POST conversations/bulk/d1/undo"] = {
      body: { ...deed, undo_until: null },
    };
    await openInbox("/inbox/all/c1");
    await rows();
    await press("x");
    const bar = await screen.findByRole("toolbar", { name: "Change many at once" }, SLOW);
    expect(bar).toHaveTextContent("1 selected");
    await userEvent.click(within(bar).getByRole("button", { name: "Select all" }));
    expect(bar).toHaveTextContent("2 selected");
    expect(await brokenRules()).toEqual([]);
    await userEvent.click(within(bar).getByRole("button", { name: "Resolve" }));
    expect(await screen.findByText("2 conversations changed.")).toBeInTheDocument();
    const body = page.server.asks("POST conversations/bulk")[0]?.body;
    expect(body).toMatchObject({ deed: "resolve", ids: ["c1", "c2"] });
    await userEvent.click(await screen.findByRole("button", { name: "Undo" }));
    expect(await screen.findByText("2 conversations are as they were.")).toBeInTheDocument();
  });

  it("say what became of them and offer to undo it, also when they have left the list by then", async () => {
    const deed = { id: "d1", deed: "resolve", done: 1, refused: [], undo_until: inAnHour() };
    let answer = (_: unknown) => {};
    page.server.overrides["POST conversations/bulk"] = () =>
      new Promise((resolve) => {
        answer = () => resolve({ body: deed });
      });
    await openInbox("/inbox/all");
    await rows();
    await userEvent.click(
      screen.getAllByRole("checkbox", { name: /Select the conversation/ })[0] as HTMLElement,
    );
    const bar = await screen.findByRole("toolbar", { name: "Change many at once" }, SLOW);
    await userEvent.click(within(bar).getByRole("button", { name: "Resolve" }));
    for (const one of [wang, grace]) {
      const state = { ...one, version: 9, state: "resolved" };
      streamSays("conversation.changed", state, one === wang ? 11 : 12);
    }
    await waitFor(() => expect(screen.queryByRole("toolbar")).toBeNull());
    answer(null);
    expect(await screen.findByText("1 conversation changed.")).toBeInTheDocument();
    expect(screen.getByRole("button", { name: "Undo" })).toBeInTheDocument();
  });

  it("between two are chosen with Shift, and none with Escape", async () => {
    await openInbox();
    await rows();
    const [first, second] = screen.getAllByRole("checkbox", { name: /Select the conversation/ });
    const user = userEvent.setup();
    await user.click(first as HTMLElement);
    await user.keyboard("{Shift>}");
    await user.click(second as HTMLElement);
    await user.keyboard("{/Shift}");
    const bar = await screen.findByRole("toolbar", {}, SLOW);
    expect(bar).toHaveTextContent("2 selected");
    (document.activeElement as HTMLElement).blur();
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("toolbar")).toBeNull());
  });

  it("are nothing for whoever may not", async () => {
    const permissions = ben.permissions.filter((name) => name !== "conversation.bulk");
    page.server.user = { ...ben, permissions };
    await openInbox("/inbox/all/c1");
    await rows();
    await press("x");
    expect(screen.queryAllByRole("checkbox")).toEqual([]);
  });
});

describe("a saved view", () => {
  const id = "01890000-0000-7000-8000-000000000001";
  const urgent = { priority: "urgent" };
  const view = { id, name: "Fires", filters: urgent, region_id: null, editable: true };

  it("stands in the rail with its count, and lists what it says", async () => {
    page.server.overrides["GET saved-views"] = { body: { results: [view], next: null } };
    page.server.overrides["GET saved-views/counts"] = {
      body: { results: [{ id, count: 3 }], next: null },
    };
    await openInbox(`/inbox/saved-${id}`);
    expect(await names()).toEqual(["Grace Chen"]);
    const link = await screen.findByRole("link", { name: /Fires/ });
    await waitFor(() => expect(link).toHaveTextContent("3"));
    expect(link).toHaveAttribute("aria-current", "page");
    // One that becomes urgent appears, one that is no longer so goes.
    streamSays("conversation.changed", { ...wang, version: 9, priority: "urgent" });
    await waitFor(async () => expect(await names()).toEqual(["王小明", "Grace Chen"]));
    streamSays("conversation.changed", { ...grace, version: 9, priority: "low" }, 12);
    await waitFor(async () => expect(await names()).toEqual(["王小明"]));
  });

  it("that is gone says so", async () => {
    await openInbox(`/inbox/saved-${id}`);
    expect(await screen.findByText("This view is not there")).toBeInTheDocument();
  });
});

describe("a promise", () => {
  it("is counted down in the list, in red once it is late", async () => {
    const soon = new Date(Date.now() + 4.5 * 60_000).toISOString();
    const past = new Date(Date.now() - 60 * 60_000).toISOString();
    page.server.conversations = [
      { ...wang, due_at: soon, risk_at: past, due_for: "first" },
      { ...grace, due_at: past, risk_at: past, due_for: "next" },
    ];
    await openInbox();
    const [first, second] = await rows();
    expect(first).toHaveTextContent("due in 4 min");
    expect(second).toHaveTextContent("1 h overdue");
  });
});
