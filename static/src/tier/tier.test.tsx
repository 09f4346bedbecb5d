import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it } from "vitest";
import type { Lack, SignInStep, Tier } from "../api/types";
import { ben } from "../test/builders";
import { brokenRules, fakePage, openInbox, openPage } from "../test/page";
import { stepsOf } from "./TierPart";

const page = fakePage();
const LATER = "2099-01-01T09:30:00Z";

function tier(more: Partial<Tier>): Tier {
  return {
    name: "advanced",
    until: null,
    incident_until: null,
    lacks: [],
    comply_until: null,
    must_comply: false,
    ...more,
  };
}

/** What the server says of the session, until something was done. */
function stands(before: Tier, after: Tier = tier({})) {
  const now = { tier: before };
  page.server.overrides["GET session"] = () => ({ body: { user: ben, tier: now.tier } });
  return () => {
    now.tier = after;
    return { status: 204 };
  };
}

beforeEach(() => {
  page.server.user = ben;
});

it("tells everybody of an incident", async () => {
  stands(tier({ incident_until: LATER }));
  await openInbox();
  expect(await screen.findByLabelText("Incident mode")).toHaveTextContent(/rights are on hold/);
});

it("tells what is lacking while there is time, and leads to where it is mended", async () => {
  stands(tier({ lacks: ["known_device"], comply_until: LATER }));
  await openInbox();
  const banner = await screen.findByLabelText("Sign-in security was raised");
  expect(banner.querySelector("a")).toHaveAttribute("href", "/settings/security");
});

it("says nothing where nothing is lacking", async () => {
  stands(tier({}));
  await openInbox();
  await screen.findByRole("link", { name: /Mine/ });
  expect(screen.queryByLabelText("Sign-in security was raised")).toBeNull();
  expect(screen.queryByLabelText("Incident mode")).toBeNull();
});

it("once the time is over asks for it before anything else, and goes on after it", async () => {
  const done = stands(tier({ lacks: ["known_device"], must_comply: true, comply_until: LATER }));
  page.server.overrides["POST me/device/confirm"] = done;
  openPage("/inbox/all");
  const button = await screen.findByRole("button", { name: "Confirm this browser" });
  expect(screen.queryByRole("link", { name: /Mine/ })).toBeNull();
  expect(await brokenRules()).toEqual([]);
  await userEvent.click(button);
  expect(await screen.findByRole("link", { name: /Mine/ })).toBeInTheDocument();
  expect(location.pathname).toBe("/inbox/all");
});

it("hears of it from the first call that is refused", async () => {
  const now = { tier: tier({}) };
  page.server.overrides["GET session"] = () => ({ body: { user: ben, tier: now.tier } });
  await openInbox();
  await screen.findByRole("link", { name: /Mine/ });
  now.tier = tier({ lacks: ["passkey"], must_comply: true });
  page.server.refuse("PATCH me", 403, { code: "tier_unmet", field: "passkey", message: "More" });
  await userEvent.click(await screen.findByRole("button", { name: /Account menu/ }));
  await userEvent.click(await screen.findByRole("menuitemradio", { name: "Away" }));
  expect(await screen.findByText("A few steps before you go on")).toBeInTheDocument();
});

it.each<[Lack[], Lack[]]>([
  [["known_device"], ["known_device"]],
  [
    ["second_factor", "known_device", "passkey", "passkey_shown"],
    ["passkey", "known_device"],
  ],
  [
    ["known_device", "passkey_shown"],
    ["passkey_shown", "known_device"],
  ],
  [
    ["known_device", "second_factor"],
    ["second_factor", "known_device"],
  ],
])("asks for each thing once, a factor before the device: %j", (lacks, asked) => {
  expect(stepsOf(lacks)).toEqual(asked);
});

async function come(step: SignInStep) {
  page.server.user = null;
  page.server.overrides["GET session"] = { body: { user: null, step } };
  openPage("/");
}

it("mails a link for a new browser, and looks again", async () => {
  await come({ name: "device", methods: ["mail", "admin"], trust_days: 0 });
  const waiting = {
    user: null,
    step: { name: "device", methods: ["mail", "admin"], trust_days: 0 },
  };
  page.server.overrides["POST session/device"] = { body: waiting };
  await userEvent.click(await screen.findByRole("button", { name: "Mail me the link" }));
  expect(await screen.findByText("Check your mail")).toBeInTheDocument();
  page.server.overrides["POST session/device"] = () => {
    page.server.user = ben;
    delete page.server.overrides["GET session"];
    return { body: { user: ben, step: null } };
  };
  await userEvent.click(screen.getByRole("button", { name: "Check again" }));
  expect(await screen.findByRole("link", { name: /Mine/ })).toBeInTheDocument();
});

it("sends to an admin where no mail is set up", async () => {
  await come({ name: "device", methods: ["admin"], trust_days: 0 });
  expect(await screen.findByRole("button", { name: "Ask an admin" })).toBeInTheDocument();
});

it("confirms by the link only when it is pressed", async () => {
  page.server.user = null;
  page.server.refuse("POST session/device/confirm", 409, { message: "Another browser" });
  openPage("/confirm-device/abc:def");
  const button = await screen.findByRole("button", { name: "Confirm this browser" });
  expect(page.server.asks("POST session/device/confirm")).toEqual([]);
  await userEvent.click(button);
  expect(await screen.findByText(/Another browser/)).toBeInTheDocument();
  page.server.overrides["POST session/device/confirm"] = () => {
    page.server.user = ben;
    return { body: { user: ben, step: null } };
  };
  await userEvent.click(button);
  expect(await screen.findByRole("link", { name: /Mine/ })).toBeInTheDocument();
  await waitFor(() =>
    expect(page.server.asks("POST session/device/confirm").at(-1)?.body).toEqual({
      token: "abc:def",
    }),
  );
});
