import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it } from "vitest";
import { ben } from "../../test/builders";
import { brokenRules, fakePage, openInbox } from "../../test/page";

const SLOW = { timeout: 8000 };
const SECRET = `kefu_${"0a".repeat(32)}`;
const page = fakePage();

const key = {
  id: "0199a000-0000-7000-8000-000000000001",
  name: "Shop",
  begins: "kefu_0a0a0a0a0a",
  permissions: ["conversation.see", "board.see"],
  lost: [] as string[],
  regions: [{ id: 1, code: "asia", name: "亞洲", time_zone: "Asia/Taipei" }],
  addresses: ["203.0.113.0/24"],
  state: "running",
  made_at: "2026-01-01T00:00:00Z",
  ends_at: "2099-01-01T00:00:00Z",
  revoked_at: null,
  last_used_at: "2026-01-02T00:00:00Z",
  last_used_ip: "203.0.113.7",
  last_used_country: "",
};

function listed(...results: object[]) {
  const numbers = { longest_days: 180, overlap_days: 7, calls_per_second: 5, burst: 5 };
  page.server.overrides["GET api-keys"] = { body: { results, ...numbers } };
}

beforeEach(() => {
  page.server.user = { ...ben, permissions: [...ben.permissions, "key.make"] };
  listed(key);
});

async function dialog(open: string): Promise<ReturnType<typeof within>> {
  await openInbox("/settings/keys");
  await userEvent.click(await screen.findByRole("button", { name: open }, SLOW));
  return within(await screen.findByRole("dialog"));
}

it("tells how far a key reaches, until when, and when it was used", async () => {
  listed({ ...key, lost: ["board.see"] }, { ...key, id: "2", name: "Old", state: "revoked" });
  await openInbox("/settings/keys");
  expect(await screen.findByText("Shop", {}, SLOW)).toBeInTheDocument();
  expect(screen.getAllByText(/亞洲 · 2 permissions · only from 203.0.113.0\/24/)).toHaveLength(2);
  expect(screen.getAllByText(/from 203.0.113.7/)).toHaveLength(2);
  expect(screen.getByText(/You have lost these.*See the board/)).toBeInTheDocument();
  expect(screen.getByRole("button", { name: "Revoke Shop" })).toBeInTheDocument();
  expect(screen.queryByRole("button", { name: "Revoke Old" })).toBeNull();
  expect(await brokenRules()).toEqual([]);
});

it("makes a key within one's own permissions and shows the secret until it is kept", async () => {
  page.server.overrides["POST api-keys"] = { status: 201, body: { secret: SECRET, key } };
  const form = await dialog("New key");
  await userEvent.type(form.getByLabelText("Name"), "Till");
  expect(form.queryByLabelText("Make API keys")).toBeNull();
  await userEvent.click(form.getByLabelText("Answer conversations"));
  await userEvent.type(form.getByLabelText("Only from these addresses"), "10.0.0.1{Enter}10.0.0.2");
  expect(await brokenRules()).toEqual([]);
  await userEvent.click(form.getByRole("button", { name: "Make the key" }));
  expect(await screen.findByText(SECRET)).toBeInTheDocument();
  expect(page.server.asks("POST api-keys")[0]?.body).toEqual({
    name: "Till",
    days: 180,
    regions: [1],
    permissions: ["conversation.reply"],
    addresses: ["10.0.0.1", "10.0.0.2"],
  });
  await userEvent.keyboard("{Escape}");
  expect(screen.getByText(SECRET)).toBeInTheDocument();
  await userEvent.click(screen.getByRole("button", { name: "I have kept it" }));
  await waitFor(() => expect(screen.queryByText(SECRET)).toBeNull());
});

it("says a refusal at its field", async () => {
  page.server.refuse("POST api-keys", 400, { field: "addresses", message: "No such network" });
  const form = await dialog("New key");
  await userEvent.type(form.getByLabelText("Name"), "Till");
  await userEvent.click(form.getByRole("button", { name: "Everything" }));
  await userEvent.click(form.getByRole("button", { name: "Make the key" }));
  expect(await form.findByText("No such network")).toBeInTheDocument();
  expect(form.getByLabelText("Only from these addresses")).toBeInvalid();
});

it("revokes only when one is sure", async () => {
  page.server.overrides[`DELETE api-keys/${key.id}`] = { status: 204 };
  const sure = await dialog("Revoke Shop");
  expect(page.server.asks(`DELETE api-keys/${key.id}`)).toHaveLength(0);
  await userEvent.click(sure.getByRole("button", { name: "Revoke" }));
  await waitFor(() => expect(page.server.asks(`DELETE api-keys/${key.id}`)).toHaveLength(1));
  expect(await screen.findByText("The key is revoked")).toBeInTheDocument();
});

it("rotates with the days of the overlap told", async () => {
  page.server.overrides[`POST api-keys/${key.id}/rotate`] = {
    status: 201,
    body: { secret: SECRET, key },
  };
  const sure = await dialog("Rotate Shop");
  expect(sure.getByText(/goes on for 7 days/)).toBeInTheDocument();
  await userEvent.click(sure.getByRole("button", { name: "Make the successor" }));
  expect(await screen.findByText(SECRET)).toBeInTheDocument();
});

it("says that there are none", async () => {
  listed();
  await openInbox("/settings/keys");
  expect(await screen.findByText("You have no API keys.", {}, SLOW)).toBeInTheDocument();
});

it("tells from which country a key was last used", async () => {
  listed({ ...key, last_used_country: "TW" });
  await openInbox("/settings/keys");
  expect(await screen.findByText(/from 203.0.113.7 \(Taiwan\)/, {}, SLOW)).toBeInTheDocument();
});
