import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";
import { aConversation, ben } from "../test/builders";
import { fakePage, openInbox } from "../test/page";

const SLOW = { timeout: 12_000 };
vi.setConfig({ testTimeout: 40_000 });
const page = fakePage();
const wang = aConversation();
const deletion = {
  id: "d1",
  state: "binned",
  conversation_id: "c1",
  contact: { id: "p1", name: "王小明", phone: null },
  channel_name: "Taipei shop",
  reason: "Spam",
  asked_by: { id: ben.id, name: ben.name },
  asked_at: new Date().toISOString(),
  confirmed_by: null,
  stopped: 0,
  expires_at: null,
  purge_at: new Date(Date.now() + 20 * 24 * 60 * 60_000).toISOString(),
  purge_asked_by: null,
  hold: null,
};

beforeEach(() => {
  page.server.user = { ...ben, permissions: [...ben.permissions, "conversation.delete"] };
  page.server.conversations = [wang];
  page.server.overrides["POST conversations/c1/delete"] = { body: deletion };
});

async function deleteOpenOne(): Promise<void> {
  await openInbox("/inbox/all/c1");
  await screen.findByRole("heading", { level: 1, name: "王小明" }, SLOW);
  await userEvent.click(await screen.findByRole("button", { name: /^More/ }, SLOW));
  await userEvent.click(await screen.findByRole("menuitem", { name: /Delete/ }, SLOW));
  await userEvent.type(await screen.findByRole("textbox", { name: "Reason" }, SLOW), "Spam");
  await userEvent.click(screen.getByRole("button", { name: "Delete" }));
}

it("leads back to the list from what was deleted, and takes it back on request", async () => {
  page.server.overrides["POST bin/d1/restore"] = { body: deletion };
  await deleteOpenOne();
  expect(await screen.findByText("Moved to the bin", {}, SLOW)).toBeInTheDocument();
  expect(location.pathname).toBe("/inbox/all");
  await userEvent.click(screen.getByRole("button", { name: "Undo" }));
  expect(await screen.findByText("Restored", {}, SLOW)).toBeInTheDocument();
  expect(page.server.asks("POST bin/d1/restore")).toHaveLength(1);
});

it("stays with what waits for a second person", async () => {
  page.server.overrides["POST conversations/c1/delete"] = { body: { ...deletion, state: "asked" } };
  await deleteOpenOne();
  expect(await screen.findByText(/A second person has to confirm/, {}, SLOW)).toBeInTheDocument();
  expect(location.pathname).toBe("/inbox/all/c1");
  expect(screen.queryByRole("button", { name: "Undo" })).toBeNull();
});

it("does nothing twice with a row, and says what came of it when the row is gone", async () => {
  let rows = [deletion];
  page.server.overrides["GET bin"] = () => ({ body: { results: rows, next: null } });
  page.server.overrides["GET bin/counts"] = { body: { binned: 1, asked: 0 } };
  let answer = () => {};
  page.server.overrides["POST bin/d1/restore"] = () =>
    new Promise((resolve) => {
      answer = () => resolve({ body: deletion });
    });
  await openInbox("/bin");
  const row = (await screen.findByText("Spam", {}, SLOW)).closest("li") as HTMLElement;
  await userEvent.dblClick(within(row).getByRole("button", { name: "Restore" }));
  for (const button of within(row).getAllByRole("button")) expect(button).toBeDisabled();
  expect(page.server.asks("POST bin/d1/restore")).toHaveLength(1);
  rows = [];
  answer();
  await waitFor(() => expect(screen.queryByText("Spam")).toBeNull());
  expect(await screen.findByText("Restored", {}, SLOW)).toBeInTheDocument();
});

it("says that a legal hold of the contact keeps it", async () => {
  page.server.overrides["GET bin"] = {
    body: { results: [{ ...deletion, purge_at: null }], next: null },
  };
  await openInbox("/bin");
  expect(
    await screen.findByText(/its contact is under a legal hold/, {}, SLOW),
  ).toBeInTheDocument();
});
