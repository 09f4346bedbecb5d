import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { aConversation, ben } from "../test/builders";
import { brokenRules, fakePage, openInbox } from "../test/page";
import { commandsNow, conflicts } from "./registry";
import { shownKeys } from "./shownKeys";

vi.setConfig({ testTimeout: 40_000 });
const page = fakePage();

beforeEach(() => {
  localStorage.clear();
  page.server.conversations = [aConversation({ id: "c1" })];
  page.server.overrides["GET conversations/find"] = {
    body: {
      results: [
        {
          conversation_id: "c9",
          contact: { id: "k9", name: "Mei Lin", phone: "+886 912 345 678", language: null },
          channel_name: "Shop",
          state: "open",
        },
      ],
      next: null,
    },
  };
});

/** Everything of it is loaded later, one piece after the other. */
const PATIENCE = { timeout: 12_000 };
const threadShown = () => screen.findByRole("button", { name: "Resolve" }, PATIENCE);

const field = () => screen.findByRole("combobox", { name: "Search or run a command" }, PATIENCE);

async function openPalette(path = "/inbox/all/c1") {
  await openInbox(path);
  await threadShown();
  fireEvent.keyDown(document.body, { key: "k", ctrlKey: true });
  return field();
}

function chosen(): string | undefined {
  return screen.queryByRole("option", { selected: true })?.textContent ?? undefined;
}

describe("the palette", () => {
  it("runs what was typed for, in either language", async () => {
    const user = userEvent.setup();
    await user.type(await openPalette(), "重新開啟");
    expect(chosen()).toContain("Resolve / reopen");
    await user.keyboard("{Enter}");
    expect(await screen.findByRole("button", { name: "Reopen" })).toBeInTheDocument();
    expect(screen.queryByRole("listbox", { name: "Results" })).toBeNull();
  });

  it("puts each tag on the open conversation, and takes it off, by its name", async () => {
    const tag = { id: "t1", name: "VIP", region_id: 1, scope: "both", group: "", colour: "blue" };
    page.server.overrides["GET tags"] = { body: { results: [tag], next: null } };
    const put = { id: "t1", name: "VIP", colour: "blue", on: "conversation" };
    page.server.overrides["POST conversations/c1/tags"] = {
      body: aConversation({ version: 9, tags: [put] }),
    };
    page.server.user = { ...ben, permissions: [...ben.permissions, "tag.apply"] };
    const user = userEvent.setup();
    await user.type(await openPalette(), "vip");
    await waitFor(() => expect(chosen()).toBe("Add the tag “VIP”"));
    await user.keyboard("{Enter}");
    await waitFor(() =>
      expect(page.server.asks("POST conversations/c1/tags").map(({ body }) => body)).toEqual([
        { add: ["t1"] },
      ]),
    );
    fireEvent.keyDown(document.body, { key: "k", ctrlKey: true });
    await user.type(await field(), "vip");
    await waitFor(() => expect(chosen()).toBe("Remove the tag “VIP”"));
  });

  it("goes to pages and remembers what was used", async () => {
    const user = userEvent.setup();
    await user.type(await openPalette(), "snoozed{Enter}");
    await waitFor(() => expect(location.pathname).toBe("/inbox/snoozed"));
    fireEvent.keyDown(document.body, { key: "k", ctrlKey: true });
    await field();
    const lately = screen.getByRole("group", { name: "Recent" });
    expect(within(lately).getByRole("option")).toHaveTextContent("Snoozed");
  });

  it("finds customers by number", async () => {
    const user = userEvent.setup();
    await user.type(await openPalette(), "0912 345");
    const found = await screen.findByRole("option", { name: /Mei Lin/ });
    expect(found).toHaveAttribute("aria-selected", "true");
    await user.keyboard("{Enter}");
    await waitFor(() => expect(location.pathname).toBe("/inbox/all/c9"));
  });

  it("is walked by arrows, which a composing input method keeps", async () => {
    const user = userEvent.setup();
    const input = await openPalette();
    const first = chosen();
    fireEvent.keyDown(input, { key: "ArrowDown", isComposing: true });
    expect(chosen()).toBe(first);
    await user.keyboard("{ArrowDown}");
    expect(chosen()).not.toBe(first);
    expect(input.getAttribute("aria-activedescendant")).toBe(
      screen.getByRole("option", { selected: true }).id,
    );
    await user.keyboard("{ArrowUp}{ArrowUp}");
    expect(screen.getAllByRole("option").at(-1)).toHaveAttribute("aria-selected", "true");
  });

  it("does not open while an input method composes", async () => {
    await openInbox();
    fireEvent.keyDown(document.body, { key: "k", ctrlKey: true, isComposing: true });
    fireEvent.keyDown(document.body, { key: "k" });
    expect(screen.queryByRole("combobox", { name: "Search or run a command" })).toBeNull();
  });

  it("offers nothing that this person may not do, and breaks no rule", async () => {
    const user = userEvent.setup();
    await user.type(await openPalette(), "bin");
    expect(screen.queryByRole("option", { name: "Bin" })).toBeNull();
    expect(await brokenRules()).toEqual([]);
  });
});

describe("the keys", () => {
  it("are told from the same table that they are in, and claimed once", async () => {
    await openInbox("/inbox/all/c1");
    await threadShown();
    fireEvent.keyDown(document.body, { key: "?" });
    const sheet = await screen.findByRole("dialog", { name: "Keyboard shortcuts" }, PATIENCE);
    const commands = commandsNow();
    expect(conflicts(commands)).toEqual([]);
    const told = within(sheet).getAllByText((_, node) => node?.tagName === "KBD");
    const keys = new Set(told.map((one) => one.textContent));
    for (const command of commands)
      for (const key of shownKeys(command)) expect(keys).toContain(key);
    expect(await brokenRules()).toEqual([]);
  });

  it("are searched in the sheet", async () => {
    const user = userEvent.setup();
    await openInbox("/inbox/all/c1");
    await threadShown();
    fireEvent.keyDown(document.body, { key: "?" });
    await user.type(
      await screen.findByRole("textbox", { name: "Search shortcuts" }, PATIENCE),
      "稍後",
    );
    const sheet = screen.getByRole("dialog", { name: "Keyboard shortcuts" });
    expect(within(sheet).queryByText("Assign")).toBeNull();
    expect(within(sheet).getByText("Z")).toBeInTheDocument();
  });

  it("without a modifier can be switched off", async () => {
    const user = userEvent.setup();
    await openInbox("/inbox/all/c1");
    await threadShown();
    fireEvent.keyDown(document.body, { key: "?" });
    await user.click(await screen.findByRole("switch", { name: /Single-key/ }, PATIENCE));
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    fireEvent.keyDown(document.body, { key: "e" });
    fireEvent.keyDown(document.body, { key: "?" });
    expect(page.server.asks("POST conversations/c1/resolve")).toHaveLength(0);
    expect(screen.queryByRole("dialog")).toBeNull();
    fireEvent.keyDown(document.body, { key: "k", ctrlKey: true });
    await user.type(await field(), "keyboard{Enter}");
    await user.click(await screen.findByRole("switch", { name: /Single-key/ }, PATIENCE));
  });
});
