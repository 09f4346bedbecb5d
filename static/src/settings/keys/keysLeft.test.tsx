import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it } from "vitest";
import { ben } from "../../test/builders";
import { fakePage, openInbox } from "../../test/page";

const SLOW = { timeout: 8000 };
const page = fakePage();
const key = {
  id: "0199a000-0000-7000-8000-000000000001",
  name: "Shop",
  begins: "kefu_0a0a0a0a0a",
  permissions: ["conversation.see"],
  lost: [],
  regions: [],
  addresses: [],
  state: "running",
  made_at: "2026-01-01T00:00:00Z",
  ends_at: "2099-01-01T00:00:00Z",
  revoked_at: null,
  last_used_at: null,
  last_used_ip: "",
};

beforeEach(() => {
  const results = [key, { ...key, id: "2", name: "Old", state: "revoked" }];
  page.server.overrides["GET api-keys"] = { body: { results } };
  page.server.overrides["GET me/factor"] = { body: { enrolled: false } };
});

it("lets whoever may make no keys any more revoke those that work", async () => {
  page.server.overrides[`DELETE api-keys/${key.id}`] = { status: 204 };
  await openInbox("/settings/security");
  await userEvent.click(await screen.findByRole("button", { name: "Revoke Shop" }, SLOW));
  await userEvent.click(await screen.findByRole("button", { name: "Revoke" }, SLOW));
  await expect.poll(() => page.server.asks(`DELETE api-keys/${key.id}`)).toHaveLength(1);
  expect(screen.queryByRole("button", { name: "Rotate Shop" })).toBeNull();
  expect(screen.queryByText("Old")).toBeNull();
});

it("says nothing of them to whoever has a page of keys", async () => {
  page.server.user = { ...ben, permissions: [...ben.permissions, "key.make"] };
  await openInbox("/settings/security");
  await screen.findByRole("button", { name: /Set up/ }, SLOW);
  expect(screen.queryByText("API keys that still work")).toBeNull();
});
