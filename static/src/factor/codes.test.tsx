import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { fakePage, openInbox } from "../test/page";

const SLOW = { timeout: 8000 };
const page = fakePage();
const RENEW = "POST me/factor/recovery-codes";
const passkey = {
  id: "0199a000-0000-7000-8000-000000000002",
  name: "Laptop",
  made_at: "2026-01-01T00:00:00Z",
  last_used_at: null,
  rp_id: "localhost",
  backed_up: false,
};

function holds(enrolled: boolean, passkeys: object[]) {
  page.server.overrides["GET me/factor"] = { body: { enrolled, recovery_left: 2 } };
  page.server.overrides["GET me/passkeys"] = { body: passkeys };
  page.server.overrides[RENEW] = { body: { codes: ["abcde-fghjk"] } };
}

it("tells whoever has only passkeys how many recovery codes are left, and draws new ones", async () => {
  holds(false, [passkey]);
  await openInbox("/settings/security");
  expect(await screen.findByText("Recovery codes left: 2", {}, SLOW)).toBeInTheDocument();
  await userEvent.click(screen.getByRole("button", { name: "New recovery codes" }));
  expect(await screen.findByText("abcde-fghjk", {}, SLOW)).toBeInTheDocument();
});

it("says nothing of codes to whoever has no factor at all", async () => {
  holds(false, []);
  await openInbox("/settings/security");
  await screen.findByRole("button", { name: /Set up/ }, SLOW);
  expect(screen.queryByRole("button", { name: "New recovery codes" })).toBeNull();
});
