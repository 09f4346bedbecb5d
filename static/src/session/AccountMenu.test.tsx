import { act, cleanup, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Me } from "../api/types";
import { draftOf, saveDraft } from "../composer/drafts";
import { aConversation, ben } from "../test/builders";
import { FakeSocket } from "../test/FakeSocket";
import { fakePage, openInbox } from "../test/page";
import { noteSignedOut } from "./signedOut";

const page = fakePage();

beforeEach(() => {
  page.server.conversations = [aConversation({ window_closes_at: "2099-01-01T00:00:00Z" })];
});

async function openMenu() {
  const user = userEvent.setup();
  await openInbox();
  await user.click(await screen.findByRole("button", { name: /Account menu/ }));
  await screen.findByRole("menu");
  return user;
}

it("opens by the keyboard, and gives the focus back", async () => {
  const user = userEvent.setup();
  await openInbox();
  const button = () => screen.findByRole("button", { name: /Account menu/ });
  (await button()).focus();
  await user.keyboard("{Enter}");
  await screen.findByRole("menu");
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("menu")).toBeNull());
  await waitFor(async () => expect(await button()).toHaveFocus());
});

it("changes the language at once, and for the account", async () => {
  const user = await openMenu();
  await user.click(await screen.findByRole("menuitemradio", { name: "繁體中文" }));
  expect(await screen.findByRole("link", { name: /^我的(?!表現)/ })).toBeInTheDocument();
  expect(document.documentElement.lang).toBe("zh-Hant");
  expect(page.server.asks("PATCH me")[0]?.body).toEqual({ language: "zh-hant" });
  const last = page.server.asked.at(-1);
  expect(last?.headers.get("Accept-Language")).toBe("zh-Hant");
});

it("keeps a language whose page was left before the account knew", async () => {
  page.server.overrides["PATCH me"] = { status: 0 };
  const user = await openMenu();
  await user.click(await screen.findByRole("menuitemradio", { name: "繁體中文" }));
  await waitFor(() => expect(page.server.asks("PATCH me")).toHaveLength(1));
  page.server.overrides = {};
  cleanup();
  await openInbox();
  expect(await screen.findByRole("link", { name: /^我的(?!表現)/ })).toBeInTheDocument();
  await waitFor(() => expect(page.server.user?.language).toBe("zh-hant"));
  await waitFor(() => expect(localStorage.getItem("kefu.language.picked")).toBeNull());
});

it("changes availability, and back when refused", async () => {
  page.server.refuse("PATCH me", 400, { message: "Not now" });
  const user = await openMenu();
  const away = await screen.findByRole("menuitemradio", { name: "Away" });
  await user.click(away);
  expect(await screen.findByText("Not now")).toBeInTheDocument();
  await waitFor(() => expect(away).not.toBeChecked());
  page.server.overrides = {};
  await user.click(away);
  await waitFor(() => expect(away).toBeChecked());
});

it("changes the theme and remembers it", async () => {
  const user = await openMenu();
  await user.click(await screen.findByRole("menuitemradio", { name: "Dark" }));
  expect(document.documentElement.dataset.mantineColorScheme).toBe("dark");
  expect(localStorage.getItem("mantine-color-scheme-value")).toBe("dark");
});

it("has sound and notifications off until asked for", async () => {
  const user = await openMenu();
  const sound = await screen.findByRole("menuitemcheckbox", { name: "Sound for new messages" });
  expect(sound).not.toBeChecked();
  expect(screen.getByRole("menuitemcheckbox", { name: "Desktop notifications" })).not.toBeChecked();
  await user.click(sound);
  expect(sound).toBeChecked();
  expect(localStorage.getItem("kefu.sound")).toBe("1");
});

it("signs out and leaves nothing behind for the next person", async () => {
  const user = await openMenu();
  await screen.findByText("王小明");
  saveDraft("c1", "customer's words", 7);
  await user.click(await screen.findByRole("menuitem", { name: "Sign out" }));
  expect(await screen.findByLabelText("Password")).toBeInTheDocument();
  expect(draftOf("c1", 7)).toBe("");
  expect(FakeSocket.last.closed).toBe(true);
  page.server.conversations = [];
  await user.type(screen.getByLabelText("Email"), "cho@example.com");
  await user.type(screen.getByLabelText("Password"), "secret");
  await user.click(screen.getByRole("button", { name: "Sign in" }));
  await vi.waitFor(() => expect(FakeSocket.all).toHaveLength(2));
  FakeSocket.last.welcomes();
  expect(await screen.findByText("No open conversations yet")).toBeInTheDocument();
});

describe("a session that expired", () => {
  async function expire() {
    await openInbox("/inbox/all/c1");
    await screen.findByRole("heading", { level: 1, name: "王小明" });
    saveDraft("c1", "my words", 7);
    saveDraft("c2", "to another customer", 7);
    page.server.user = null;
    FakeSocket.last.drops(4401);
    await screen.findByLabelText("Password");
  }

  async function signInAs(person: Me) {
    const user = userEvent.setup();
    page.server.overrides["POST session"] = () => {
      page.server.user = person;
      return { body: { user: person } };
    };
    await user.type(screen.getByLabelText("Email"), "ben@example.com");
    await user.type(screen.getByLabelText("Password"), "secret");
    await user.click(screen.getByRole("button", { name: "Sign in" }));
    await vi.waitFor(() => expect(FakeSocket.all).toHaveLength(2));
    act(() => FakeSocket.last.welcomes());
  }

  it("says so, and leaves everything as it was for the same person", async () => {
    await expire();
    expect(await screen.findByText("Your session has expired")).toBeInTheDocument();
    await signInAs(ben);
    const field = await screen.findByRole("textbox", { name: /Message to/ });
    expect(field).toHaveValue("my words");
    expect(draftOf("c2", 7)).toBe("to another customer");
    expect(location.pathname).toBe("/inbox/all/c1");
  });

  it("leaves nothing to anybody else", async () => {
    await expire();
    await signInAs({ ...ben, id: 8, name: "Cho" });
    await screen.findByRole("heading", { level: 1, name: "王小明" });
    expect([draftOf("c1", 7), draftOf("c2", 7)]).toEqual(["", ""]);
  });

  it("is no such thing when another tab signed out: nothing stays", async () => {
    await openInbox();
    await screen.findByText("王小明");
    saveDraft("c1", "my words", 7);
    noteSignedOut();
    page.server.user = null;
    FakeSocket.last.drops(4401);
    await screen.findByLabelText("Password");
    await waitFor(() => expect(draftOf("c1", 7)).toBe(""));
    expect(screen.queryByText("Your session has expired")).toBeNull();
  });
});
