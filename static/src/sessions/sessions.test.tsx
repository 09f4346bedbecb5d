import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";
import { brokenRules, fakePage, openInbox } from "../test/page";

const page = fakePage();
const HERE = {
  id: "s1",
  is_this: true,
  device: "Chrome · Windows",
  device_name: "",
  ip: "168.95.1.1",
  country: "TW",
  how: "password",
  begun_at: "2026-03-03T01:00:00Z",
  last_active_at: "2026-03-03T02:00:00Z",
};
const THERE = {
  ...HERE,
  id: "s2",
  is_this: false,
  device: "Firefox · Linux",
  device_name: "Old laptop",
  country: "DE",
};
const DEVICE = {
  id: "d1",
  is_this: true,
  name: "",
  kind: "Chrome · Windows",
  ip: "168.95.1.1",
  country: "TW",
  first_seen_at: "2026-03-01T01:00:00Z",
  last_seen_at: "2026-03-03T01:00:00Z",
  trusted_until: null,
};

beforeEach(() => {
  page.server.overrides["GET me/factor"] = {
    body: { enrolled: false, since: null, last_used_at: null, recovery_left: 0, fresh_until: null },
  };
  page.server.overrides["GET me/sessions"] = { body: { results: [HERE, THERE], next: null } };
  page.server.overrides["GET me/devices"] = { body: { results: [DEVICE], next: null } };
  vi.stubGlobal(
    "confirm",
    vi.fn(() => true),
  );
});

async function openPart(name: string) {
  await openInbox("/settings/security");
  const part = within(await screen.findByRole("region", { name }));
  await part.findByText(/Chrome · Windows/);
  return part;
}

it("lists where one is signed in and marks this browser, which cannot be ended there", async () => {
  const part = await openPart("Where you are signed in");
  const [here, there] = part.getAllByRole("listitem");
  expect(here).toHaveTextContent("This browser");
  expect(here).toHaveTextContent("Taiwan · 168.95.1.1");
  expect(within(here as HTMLElement).queryByRole("button")).toBeNull();
  expect(there).toHaveTextContent("Old laptop");
  expect(there).toHaveTextContent("Germany");
  expect(await brokenRules()).toEqual([]);
});

it("ends one after asking", async () => {
  page.server.overrides["DELETE me/sessions/s2"] = { status: 204 };
  const part = await openPart("Where you are signed in");
  const end = part.getByRole("button", { name: "Sign out Old laptop" });
  vi.mocked(confirm).mockReturnValueOnce(false);
  await userEvent.click(end);
  expect(page.server.asks("DELETE me/sessions/s2")).toHaveLength(0);
  page.server.overrides["GET me/sessions"] = { body: { results: [HERE], next: null } };
  await userEvent.click(end);
  expect(await part.findByText("You are signed in nowhere else.")).toBeInTheDocument();
  expect(page.server.asks("DELETE me/sessions/s2")).toHaveLength(1);
});

it("ends all others", async () => {
  page.server.overrides["DELETE me/sessions"] = { status: 204 };
  const part = await openPart("Where you are signed in");
  await userEvent.click(part.getByRole("button", { name: "Sign out everywhere else" }));
  await waitFor(() => expect(page.server.asks("DELETE me/sessions")).toHaveLength(1));
});

it("says what went wrong, and reads the list again", async () => {
  page.server.refuse("DELETE me/sessions/s2", 404, { message: "It is gone" });
  const part = await openPart("Where you are signed in");
  const before = page.server.asks("GET me/sessions").length;
  await userEvent.click(part.getByRole("button", { name: "Sign out Old laptop" }));
  expect(await screen.findByText("It is gone")).toBeInTheDocument();
  await waitFor(() => expect(page.server.asks("GET me/sessions").length).toBeGreaterThan(before));
});

it("offers to try again when the list cannot be had", async () => {
  page.server.refuse("GET me/sessions", 500, { message: "Broken" });
  await openInbox("/settings/security");
  const part = within(await screen.findByRole("region", { name: "Where you are signed in" }));
  expect(await part.findByText("Broken", undefined, { timeout: 10_000 })).toBeInTheDocument();
  page.server.overrides["GET me/sessions"] = { body: { results: [HERE], next: null } };
  await userEvent.click(part.getByRole("button", { name: "Try again" }));
  expect(await part.findByText(/Chrome · Windows/)).toBeInTheDocument();
}, 20_000);

it("names a device, and shows a refusal beside the field", async () => {
  const part = await openPart("Your devices");
  await userEvent.click(part.getByRole("button", { name: "Rename Chrome · Windows" }));
  page.server.refuse("PATCH me/devices/d1", 400, { message: "Too long" });
  await userEvent.type(await screen.findByLabelText("Name"), "  Work  ");
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByText("Too long")).toBeInTheDocument();
  page.server.overrides["PATCH me/devices/d1"] = { body: { ...DEVICE, name: "Work" } };
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(screen.queryByLabelText("Name")).toBeNull());
  expect(page.server.asks("PATCH me/devices/d1").at(-1)?.body).toEqual({ name: "Work" });
});

it("forgets a device after asking, and says when none is known", async () => {
  page.server.overrides["DELETE me/devices/d1"] = { status: 204 };
  const part = await openPart("Your devices");
  page.server.overrides["GET me/devices"] = { body: { results: [], next: null } };
  await userEvent.click(part.getByRole("button", { name: "Forget Chrome · Windows" }));
  expect(await part.findByText(/No device is known yet/)).toBeInTheDocument();
});

it("shows that a device is trusted, and takes that back", async () => {
  page.server.overrides["GET me/devices"] = {
    body: { results: [{ ...DEVICE, trusted_until: "2099-03-03T01:00:00Z" }], next: null },
  };
  page.server.overrides["DELETE me/devices/d1/trust"] = { status: 204 };
  const part = await openPart("Your devices");
  expect(part.getByText(/^Trusted until/)).toBeInTheDocument();
  page.server.overrides["GET me/devices"] = { body: { results: [DEVICE], next: null } };
  await userEvent.click(part.getByRole("button", { name: "Stop trusting Chrome · Windows" }));
  await waitFor(() => expect(part.queryByText(/^Trusted until/)).toBeNull());
  expect(page.server.asks("DELETE me/devices/d1/trust")).toHaveLength(1);
});
