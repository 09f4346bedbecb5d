import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it } from "vitest";
import { aCard, aConversation } from "../test/builders";
import { fakePage, openInbox } from "../test/page";
// Loaded before: what is lazy would take the time of the first test.
import "../contacts/ContactSide";
import "./TagPicker";
import type { Tag } from "./queries";
import { fitting, groupsOf } from "./TagPicker";

const page = fakePage();

function aTag(some: Partial<Tag>): Tag {
  return {
    id: "t1",
    region_id: 1,
    name: "VIP",
    colour: "yellow",
    group: "",
    description: "",
    scope: "both",
    archived_at: null,
    merged_into: null,
    uses: null,
    version: 1,
    ...some,
  };
}

const TAGS = [
  aTag({}),
  aTag({ id: "t2", name: "Wholesale", group: "Business" }),
  aTag({ id: "t3", name: "Urgent", scope: "conversation" }),
  aTag({ id: "t4", name: "Elsewhere", region_id: 2 }),
];

beforeEach(() => {
  page.server.conversations = [aConversation()];
  page.server.user = page.server.user && {
    ...page.server.user,
    permissions: [...page.server.user.permissions, "tag.apply", "tag.manage"],
  };
  page.server.overrides["GET contacts/p1/card"] = { body: aCard({}) };
  page.server.overrides["GET tags"] = { body: { results: TAGS, next: null } };
  page.server.overrides["POST contacts/p1/tags"] = { body: { results: [], next: null } };
});

async function openPicker() {
  await openInbox("/inbox/all/c1");
  const inside = within(await screen.findByRole("complementary", { name: "Contact" }));
  await userEvent.click(await inside.findByRole("button", { name: "Add or remove tags" }));
  const field = await screen.findByRole("combobox", { name: /Find or name a tag/ });
  await screen.findByRole("option", { name: /VIP/ });
  return field;
}

const asked = () => page.server.asks("POST contacts/p1/tags").map(({ body }) => body);

it("puts a tag on with the keys alone: words narrow, Enter takes the first", async () => {
  await userEvent.type(await openPicker(), "whole{Enter}");
  await waitFor(() => expect(asked()).toEqual([{ add: ["t2"] }]));
});

it("moves by the arrows, and tells which one is meant", async () => {
  const field = await openPicker();
  await userEvent.type(field, "{ArrowDown}");
  const named = document.getElementById(field.getAttribute("aria-activedescendant") ?? "");
  expect(named).toHaveTextContent("Wholesale");
  await userEvent.type(field, "{Enter}");
  await waitFor(() => expect(asked()).toEqual([{ add: ["t2"] }]));
});

it("makes a tag that is not there yet, and puts it on", async () => {
  page.server.overrides["POST tags"] = { body: aTag({ id: "t9", name: "Regular" }) };
  await userEvent.type(await openPicker(), "Regular{Enter}");
  await waitFor(() => expect(asked()).toEqual([{ add: ["t9"] }]));
  expect(page.server.asks("POST tags")[0]?.body).toEqual({ region_id: 1, name: "Regular" });
});

it("is done at Escape, and gives the focus back", async () => {
  await userEvent.type(await openPicker(), "{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
  expect(screen.getByRole("button", { name: "Add or remove tags" })).toHaveFocus();
});

it("offers what fits: of its region, for its kind, by name or group", () => {
  const of = { name: "Mei", regionId: 1, has: new Set<string>(), scope: "contact" as const };
  expect(fitting(TAGS, of, "").map(({ id }) => id)).toEqual(["t1", "t2"]);
  expect(fitting(TAGS, of, "busi").map(({ id }) => id)).toEqual(["t2"]);
  expect(fitting(TAGS, { ...of, scope: "conversation" }, "").map(({ id }) => id)).toContain("t3");
  expect(fitting(TAGS, { ...of, has: new Set(["t3"]) }, "urg").map(({ id }) => id)).toEqual(["t3"]);
  expect(groupsOf(TAGS).map(([group]) => group)).toEqual(["", "Business"]);
});
