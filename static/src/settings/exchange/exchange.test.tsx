import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { ben } from "../../test/builders";
import { brokenRules, fakePage, openInbox } from "../../test/page";

const page = fakePage();
const source = {
  id: "s1",
  region_id: 1,
  code: "shop",
  name: "Shop",
  kind: "shopify",
  base_url: "https://shop.example",
  country: "HK",
  doing: "paused",
  paused_at: "2026-11-29T01:00:00Z",
  told_at: null,
  error: "refused",
  error_at: "2026-11-29T01:00:00Z",
  next_at: null,
  expected: null,
  counts: [],
  webhook_path: "/webhooks/exchange/s1",
  created_at: "2026-11-29T01:00:00Z",
  version: 1,
};
const erp = {
  ...source,
  id: "s2",
  name: "ERP",
  code: "erp",
  kind: "webhook",
  doing: "listening",
  webhook_path: "/webhooks/exchange/s2",
};
const subscription = {
  id: "u1",
  region_id: 1,
  name: "Books",
  url: "https://books.example/in",
  kinds: ["order.paid"],
  failing_since: null,
  stopped_at: null,
  stopped_why: "",
  waiting: 0,
  dead: 0,
  created_at: "2026-11-29T01:00:00Z",
  version: 1,
};
const list = (...results: unknown[]) => ({ body: { results, next: null } });

beforeEach(() => {
  page.server.user = {
    ...ben,
    level: "admin",
    permissions: [...ben.permissions, "exchange.arrange"],
  };
  page.server.overrides["GET exchange/sources"] = list(source, { ...erp, paused_at: null });
  page.server.overrides["GET exchange/subscriptions"] = list(subscription);
  page.server.overrides["GET exchange/kinds"] = list(
    { name: "order.paid", words: "an order is paid" },
    { name: "order.shipped", words: "an order is shipped" },
  );
});

async function pressed(name: string): Promise<HTMLElement> {
  await userEvent.click(await screen.findByRole("button", { name }));
  return screen.findByRole("dialog");
}

describe("the page of exchange", () => {
  it("gives a shop other credentials, and keeps them where none are typed", async () => {
    page.server.overrides["PATCH exchange/sources/s1"] = { body: source };
    await openInbox("/settings/exchange");
    let dialog = await pressed("Change Shop");
    await userEvent.click(within(dialog).getByRole("button", { name: "Save" }));
    await waitFor(() =>
      expect(page.server.asks("PATCH exchange/sources/s1")[0]?.body).toEqual({ name: "Shop" }),
    );
    await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
    dialog = await pressed("Change Shop");
    await userEvent.type(within(dialog).getByLabelText(/^Access token/), "new");
    await userEvent.click(within(dialog).getByRole("button", { name: "Save" }));
    await waitFor(() =>
      expect(page.server.asks("PATCH exchange/sources/s1")[1]?.body).toEqual({
        name: "Shop",
        credentials: { token: "new" },
      }),
    );
  });

  it("shows what a system sent, why rows were refused, and its whole address", async () => {
    page.server.overrides["GET exchange/sources/s2/hooks"] = list({
      id: "h1",
      received_at: "2026-11-29T01:00:00Z",
      state: "applied",
      error: "",
      applied_at: "2026-11-29T01:00:01Z",
      written: 2,
      refused: 1,
      why: ["orders[1]: required (contact)"],
    });
    await openInbox("/settings/exchange");
    expect(await screen.findByText(`${location.origin}/webhooks/exchange/s2`)).toBeVisible();
    const dialog = await pressed("What ERP sent");
    expect(await within(dialog).findByText("2 written, 1 refused")).toBeVisible();
    expect(within(dialog).getByText("orders[1]: required (contact)")).toBeVisible();
    expect(await brokenRules()).toEqual([]);
  });

  it("changes the secret of either, and tells it once", async () => {
    page.server.overrides["POST exchange/subscriptions/u1/secret"] = { body: { secret: "whs_2" } };
    await openInbox("/settings/exchange");
    const dialog = await pressed("Change the signing secret of Books");
    await userEvent.click(within(dialog).getByRole("button", { name: "Change" }));
    expect(await screen.findByText("whs_2")).toBeVisible();
    expect(screen.getByText("Signing secret of Books")).toBeVisible();
  });

  it("changes a subscription, and sends its address only where that is another", async () => {
    page.server.overrides["PATCH exchange/subscriptions/u1"] = { body: subscription };
    await openInbox("/settings/exchange");
    const dialog = await pressed("Change Books");
    await userEvent.click(within(dialog).getByRole("checkbox", { name: "an order is shipped" }));
    await userEvent.click(within(dialog).getByRole("button", { name: "Save" }));
    await waitFor(() =>
      expect(page.server.asks("PATCH exchange/subscriptions/u1")[0]?.body).toEqual({
        name: "Books",
        kinds: ["order.paid", "order.shipped"],
      }),
    );
  });
});
