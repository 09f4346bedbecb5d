import { fireEvent, screen, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import { ben } from "../test/builders";
import { fakePage, openInbox } from "../test/page";

const page = fakePage();
const rule = {
  id: "r1",
  region_id: 1,
  name: "Refunds",
  event: "message.received",
  after_hours: null,
  conditions: null,
  actions: [{ do: "set_priority", priority: "high" }],
  cooldown_hours: 0,
  stops: false,
  is_on: true,
  paused_at: null,
  reading: "When a customer writes: set the priority.",
  version: 1,
  figures: { fired: 0, failed: 0, last_fired_at: null, last_error: null },
};

async function opened(): Promise<HTMLElement> {
  page.server.user = {
    ...ben,
    level: "supervisor",
    permissions: [...ben.permissions, "rule.see", "rule.manage"],
  };
  const { overrides } = page.server;
  overrides["GET rules"] = { body: { results: [rule], next: null } };
  overrides["GET rules/vocabulary"] = {
    body: {
      events: [{ key: "message.received", label: "a customer writes", carries: ["contact"] }],
      actions: [],
    },
  };
  overrides["GET conditions"] = { body: { facts: [], operators: [] } };
  overrides["POST rules/reading"] = { body: { zh: "…", en: "When a customer writes" } };
  await openInbox("/settings/rules");
  fireEvent.click((await screen.findByText("Refunds")).closest("button") as HTMLElement);
  return screen.findByLabelText(/^Name/);
}

it("asks before a changed rule is left", async () => {
  fireEvent.change(await opened(), { target: { value: "Refunds and returns" } });
  fireEvent.click(screen.getByLabelText("Close"));
  expect(await screen.findByText("Leave without saving?")).toBeVisible();
  expect(screen.getByLabelText(/^Name/)).toHaveValue("Refunds and returns");
  fireEvent.click(screen.getByText("Leave"));
  await waitFor(() => expect(screen.queryByLabelText(/^Name/)).not.toBeInTheDocument());
});

it("closes a rule that nobody changed at once", async () => {
  await opened();
  fireEvent.click(screen.getByLabelText("Close"));
  await waitFor(() => expect(screen.queryByLabelText(/^Name/)).not.toBeInTheDocument());
  expect(screen.queryByText("Leave without saving?")).not.toBeInTheDocument();
});
