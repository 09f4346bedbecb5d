import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it } from "vitest";
import { aContact, aConversation } from "../test/builders";
import { fakePage, openInbox } from "../test/page";
// Loaded before: what is lazy would take the time of the first test.
import "../contacts/ContactSide";
import { aFullCard } from "./testCard";

const page = fakePage();
const {
  tags: [vip],
  fields: [size],
} = aFullCard();

beforeEach(() => {
  page.server.conversations = [aConversation()];
  page.server.user = page.server.user && {
    ...page.server.user,
    permissions: [...page.server.user.permissions, "tag.apply", "contact.edit"],
  };
  page.server.overrides["GET contacts/p1/card"] = { body: aFullCard() };
});

async function openCard() {
  await openInbox("/inbox/all/c1");
  return within(await screen.findByRole("complementary", { name: "Contact" }));
}

it("tells first what matters, and from where it knows", async () => {
  const inside = await openCard();
  const first = await inside.findByRole("button", { name: /Return in progress: Teapot/ });
  expect(first).toHaveTextContent("from an order");
  expect(inside.getByText("Order A-17")).toBeInTheDocument();
});

it("changes a field where it stands, and keeps what was typed when it is refused", async () => {
  const inside = await openCard();
  await userEvent.click(await inside.findByRole("button", { name: "Edit Shoe size" }));
  const field = inside.getByLabelText("Shoe size");
  page.server.refuse("PUT contacts/p1/fields/f1", 400, { message: "This is no number." });
  await userEvent.clear(field);
  await userEvent.type(field, "large{Enter}");
  expect(await inside.findByText("This is no number.")).toBeInTheDocument();
  expect(inside.getByLabelText("Shoe size")).toHaveValue("large");
  page.server.overrides["PUT contacts/p1/fields/f1"] = { body: { ...size, value: "43" } };
  await userEvent.clear(inside.getByLabelText("Shoe size"));
  await userEvent.type(inside.getByLabelText("Shoe size"), "43{Enter}");
  expect(await inside.findByText("43")).toBeInTheDocument();
});

it("takes a tag off, and puts it back when asked to", async () => {
  const inside = await openCard();
  page.server.overrides["POST contacts/p1/tags"] = { body: { results: [], next: null } };
  await userEvent.click(await inside.findByRole("button", { name: "Remove the tag VIP" }));
  expect(await inside.findByText("No tags yet.")).toBeInTheDocument();
  page.server.overrides["POST contacts/p1/tags"] = { body: { results: [vip], next: null } };
  await userEvent.click(await screen.findByRole("button", { name: "Undo" }));
  await waitFor(() =>
    expect(page.server.asks("POST contacts/p1/tags").map(({ body }) => body)).toEqual([
      { remove: ["t1"] },
      { add: ["t1"] },
    ]),
  );
});

it("says what they agree to now, and from where that is known", async () => {
  const card = aFullCard();
  const line = (id: string, given: boolean, holds: boolean) => ({
    id,
    contact_id: "p1",
    purpose: "marketing",
    given,
    source: "form",
    evidence: "",
    at: "2026-02-01T08:00:00Z",
    recorded_by: { id: 7, name: "Ben" },
    recorded_at: "2026-02-01T08:00:00Z",
    holds,
    proof: null,
  });
  page.server.overrides["GET contacts/p1/card"] = {
    body: { ...card, consents: [line("n2", true, true), line("n1", false, false)] },
  };
  page.server.overrides["GET contacts/p1/consents"] = {
    body: { results: [line("n2", true, true)], next: null },
  };
  const inside = await openCard();
  const section = within(await inside.findByRole("region", { name: "Consent" }));
  expect(section.getAllByRole("listitem")).toHaveLength(1);
  expect(section.getByText(/Ben/)).toBeInTheDocument();
  await userEvent.click(section.getByRole("button", { name: "Consent register" }));
  expect(await screen.findByRole("dialog", { name: /王小明/ })).toBeInTheDocument();
});

it("leads from a highlight to the entry it follows from, and the focus goes along", async () => {
  Element.prototype.scrollIntoView = () => {};
  const inside = await openCard();
  await userEvent.click(await inside.findByRole("button", { name: /Return in progress/ }));
  expect(document.activeElement).toHaveTextContent("Order A-17");
});

it("changes the language where it stands", async () => {
  page.server.overrides["PATCH contacts/p1"] = { body: aContact({ version: 2, language: "en" }) };
  const inside = await openCard();
  await userEvent.click(await inside.findByRole("button", { name: "Edit language" }));
  await userEvent.selectOptions(inside.getByLabelText("Language"), "en");
  expect(await inside.findByText("English")).toBeInTheDocument();
  expect(page.server.asks("PATCH contacts/p1")[0]?.body).toEqual({ language: "en" });
});

it("leads from a tag that a rule put on to why it did, for whoever may ask", async () => {
  const rule = { id: "r1", name: "Second order", conversation_id: null };
  const card = { ...aFullCard(), tags: vip ? [{ ...vip, by: null, rule }] : [] };
  page.server.overrides["GET contacts/p1/card"] = { body: card };
  const inside = await openCard();
  expect(await inside.findByTitle(/by the rule “Second order”/)).toBeInTheDocument();
  expect(inside.queryByRole("link", { name: /Second order/ })).not.toBeInTheDocument();
});

it("asks in the conversation the card stands beside", async () => {
  const rule = { id: "r1", name: "Second order", conversation_id: null };
  const card = { ...aFullCard(), tags: vip ? [{ ...vip, by: null, rule }] : [] };
  page.server.overrides["GET contacts/p1/card"] = { body: card };
  page.server.user = page.server.user && {
    ...page.server.user,
    permissions: [...page.server.user.permissions, "rule.see"],
  };
  const inside = await openCard();
  expect(
    await inside.findByRole("link", { name: "The rule “Second order” put on the tag VIP: why?" }),
  ).toHaveAttribute("href", "/settings/rules?conversation=c1&rule=r1");
});
