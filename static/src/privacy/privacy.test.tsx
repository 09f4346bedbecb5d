import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
// Loaded before: what is lazy would take the time of the first test.
import "../contacts/ContactSide";
import { aContact, aConversation, ben } from "../test/builders";
import { brokenRules, fakePage, openInbox, streamSays } from "../test/page";
import { anExport, erasure } from "../test/privacyBuilders";

const page = fakePage();
const ALL = ["see", "edit", "merge", "hold", "export", "erase"].map((deed) => `contact.${deed}`);
const rights = [...ALL, "conversation.reply"];

beforeEach(() => {
  page.server.conversations = [aConversation()];
  page.server.user = { ...ben, permissions: rights };
  page.server.overrides["GET contacts/p1"] = { body: aContact() };
});

function answers(route: string, results: unknown[]): void {
  page.server.overrides[`GET ${route}`] = { body: { results, next: null } };
}

/** Opens the dialog behind an entry of the menu on the card. */
async function open(entry: RegExp) {
  const user = userEvent.setup();
  await openInbox("/inbox/all/c1");
  const panel = within(await screen.findByRole("complementary", { name: "Contact" }));
  await panel.findByText("Chinese (Taiwan)");
  await user.click(panel.getByRole("button", { name: "Privacy" }));
  await user.click(await screen.findByRole("menuitem", { name: entry }));
  return { user, dialog: within(await screen.findByRole("dialog")) };
}

it("the menu offers what one may do and nothing else", async () => {
  page.server.user = { ...ben, permissions: ["contact.see", "contact.merge"] };
  const user = userEvent.setup();
  await openInbox("/inbox/all/c1");
  await user.click(await screen.findByRole("button", { name: "Privacy" }));
  const names = (await screen.findAllByRole("menuitem")).map((one) => one.textContent);
  expect(names).toEqual(["Consent register…", "Merge duplicates…"]);
});

describe("erasing", () => {
  it("says that nothing brings it back, and waits for the name and a reason", async () => {
    page.server.overrides["POST contacts/p1/erase"] = { status: 202, body: erasure };
    answers("erasures", [erasure]);
    const { user, dialog } = await open(/Erase for ever/);
    expect(await dialog.findByText("Nothing brings it back")).toBeInTheDocument();
    const submit = dialog.getByRole("button", { name: "Erase for ever" });
    expect(submit).toBeDisabled();
    await user.type(dialog.getByLabelText(/Type the name/), "王小");
    await user.type(dialog.getByLabelText(/Reason/), "Request 4711");
    expect(submit).toBeDisabled();
    await user.type(dialog.getByLabelText(/Type the name/), "明");
    await user.click(submit);
    await waitFor(() => expect(window.location.pathname).toBe("/erasures"));
    const [asked] = page.server.asks("POST contacts/p1/erase");
    expect(asked?.body).toEqual({ confirm: "王小明", reason: "Request 4711" });
    expect(await screen.findByText(/12 rows removed so far/)).toBeInTheDocument();
  });

  it("stays as typed when it is refused", async () => {
    page.server.refuse("POST contacts/p1/erase", 409, { message: "It is being merged" });
    const { user, dialog } = await open(/Erase for ever/);
    await user.type(await dialog.findByLabelText(/Type the name/), "王小明");
    await user.type(dialog.getByLabelText(/Reason/), "Request");
    await user.click(dialog.getByRole("button", { name: "Erase for ever" }));
    expect(await screen.findByText("It is being merged")).toBeInTheDocument();
    expect(dialog.getByLabelText(/Reason/)).toHaveValue("Request");
  });

  it("is not offered for a contact that must be kept", async () => {
    const held_at = "2026-02-20T08:00:00Z";
    page.server.overrides["GET contacts/p1"] = { body: aContact({ held_at }) };
    const { dialog } = await open(/Erase for ever/);
    expect(await dialog.findByText(/end the hold first/)).toBeInTheDocument();
    expect(dialog.getByLabelText(/Type the name/)).toBeDisabled();
  });
});

it("shows what was erased with its proof", async () => {
  const done = { ...erasure, finished_at: "2026-03-01T08:01:00Z", digest: "c0ffee" };
  answers("erasures", [done]);
  await openInbox("/erasures");
  expect(
    await screen.findByText("1 key destroyed, 12 rows and 2 files removed"),
  ).toBeInTheDocument();
  const link = screen.getByRole("link", { name: "Proof to read" });
  expect(link).toHaveAttribute("href", "/api/v1/erasures/e1/proof?as=html");
  expect(await brokenRules()).toEqual([]);
});

it("says which erasure could not go on", async () => {
  answers("erasures", [{ ...erasure, stuck_at: "2026-03-01T08:02:00Z" }]);
  await openInbox("/erasures");
  expect(await screen.findByText(/Could not go on at/)).toBeInTheDocument();
});

it("an export shows how far it is, and is downloaded once it is ready", async () => {
  answers("contacts/p1/exports", [anExport]);
  const { dialog } = await open(/Export everything/);
  expect(await dialog.findByText("Being made…")).toBeInTheDocument();
  expect(dialog.getByRole("progressbar")).toHaveAttribute("aria-valuenow", "50");
  expect(dialog.getByRole("button", { name: "Make an export" })).toBeDisabled();
  answers("contacts/p1/exports", [{ ...anExport, state: "ready", size: 2_500_000 }]);
  expect(
    await dialog.findByRole("button", { name: "Download" }, { timeout: 4000 }),
  ).toBeInTheDocument();
  expect(dialog.getByText(/2.5 MB/)).toBeInTheDocument();
});

describe("merging", () => {
  const other = { id: "p2", name: "Wang", phone: "+886 900 000 102", language: null };

  beforeEach(() => {
    answers("contacts/p1/duplicates", [{ contact: other, reason: "number", last_seen_at: null }]);
    page.server.overrides["GET contacts/p1/merge"] = {
      body: {
        kept: { ...other, id: "p1", name: "王小明" },
        merged: other,
        moves: { conversations: 1, messages: 7, files: 0, internal_notes: 2 },
        different_numbers: true,
      },
    };
  });

  it("shows what would move, and says for how long it can be undone", async () => {
    page.server.overrides["POST contacts/p1/merge"] = { status: 202, body: {} };
    const { user, dialog } = await open(/Merge duplicates/);
    const submit = dialog.getByRole("button", { name: "Merge" });
    await user.click(await dialog.findByRole("radio", { name: /Wang/ }));
    expect(
      await dialog.findByText(
        "“Wang” becomes “王小明”. For some days it can be undone under Settings → Number hygiene → Merged; not after that.",
      ),
    ).toBeInTheDocument();
    expect(dialog.getByText("7 messages")).toBeInTheDocument();
    expect(dialog.getByText(/Both have a number in use/)).toBeInTheDocument();
    expect(dialog.getByText("1 conversation")).toBeInTheDocument();
    await waitFor(() => expect(submit).toBeEnabled());
    await user.click(submit);
    expect(await screen.findByText(/Merged/)).toBeInTheDocument();
    expect(page.server.asks("POST contacts/p1/merge")[0]?.body).toEqual({ merged: "p2" });
  });

  it("is not confirmed before or without what would move", async () => {
    page.server.refuse("GET contacts/p1/merge", 409, { message: "Only contacts of one region" });
    const { user, dialog } = await open(/Merge duplicates/);
    await user.click(await dialog.findByRole("radio", { name: /Wang/ }));
    expect(await dialog.findByText("Only contacts of one region")).toBeInTheDocument();
    expect(dialog.getByRole("button", { name: "Merge" })).toBeDisabled();
    expect(page.server.asks("POST contacts/p1/merge")).toEqual([]);
  });

  it("finds another one by name", async () => {
    answers("contacts/p1/duplicates", []);
    const hit = { at: "2026-03-01T08:00:00Z", contact: other, conversation_id: null };
    answers("search/contacts", [{ ...hit, excerpt: [], region_id: 1 }]);
    page.server.overrides["POST contacts/p1/merge"] = { status: 202, body: {} };
    const { user, dialog } = await open(/Merge duplicates/);
    await user.type(await dialog.findByRole("searchbox"), "Wang");
    await user.click(await dialog.findByRole("radio", { name: /Wang/ }));
    const submit = dialog.getByRole("button", { name: "Merge" });
    await waitFor(() => expect(submit).toBeEnabled());
    await user.click(submit);
    expect(await screen.findByText(/Merged/)).toBeInTheDocument();
  });

  it("says when nobody is found", async () => {
    answers("contacts/p1/duplicates", []);
    const { dialog } = await open(/Merge duplicates/);
    expect(await dialog.findByText(/Nobody found/)).toBeInTheDocument();
    expect(dialog.getByRole("button", { name: "Merge" })).toBeDisabled();
  });
});

describe("the consent register", () => {
  const line = {
    id: "k1",
    contact_id: "p1",
    purpose: "marketing",
    given: false,
    source: "whatsapp",
    evidence: "",
    at: "2026-03-01T08:00:00Z",
    recorded_by: null,
    recorded_at: "2026-03-01T08:00:00Z",
    holds: true,
  };

  it("lists what was agreed to, and takes a line more", async () => {
    answers("contacts/p1/consents", [line]);
    page.server.overrides["POST contacts/p1/consents"] = { status: 201, body: line };
    const { user, dialog } = await open(/Consent register/);
    expect(await dialog.findByText("told WhatsApp", { exact: false })).toBeInTheDocument();
    await user.selectOptions(dialog.getByLabelText("To"), "storage");
    await user.selectOptions(dialog.getByLabelText("How we know"), "paper");
    await user.type(dialog.getByLabelText(/Evidence/), "Form 12");
    await user.click(dialog.getByRole("button", { name: "Write down" }));
    expect(await screen.findByText("Written down")).toBeInTheDocument();
    const [asked] = page.server.asks("POST contacts/p1/consents");
    const wanted = { purpose: "storage", source: "paper", given: true, evidence: "Form 12" };
    expect(asked?.body).toMatchObject({ ...wanted, resume: false });
  });

  it("asks for evidence of marketing, and for when they said it", async () => {
    answers("contacts/p1/consents", []);
    page.server.overrides["POST contacts/p1/consents"] = { status: 201, body: line };
    const { user, dialog } = await open(/Consent register/);
    const submit = await dialog.findByRole("button", { name: "Write down" });
    expect(submit).toBeDisabled();
    await user.type(dialog.getByLabelText(/Evidence/), "Form 12");
    fireEvent.change(dialog.getByLabelText("When they said it"), {
      target: { value: "2026-02-20T09:00" },
    });
    await user.click(submit);
    expect(await screen.findByText("Written down")).toBeInTheDocument();
    const body = page.server.asks("POST contacts/p1/consents")[0]?.body as { at: string };
    expect(body.at).toBe("2026-02-20T01:00:00.000Z");
  });

  it("resumes marketing against a stop only when somebody says so", async () => {
    answers("contacts/p1/consents", [line]);
    page.server.refuse("POST contacts/p1/consents", 409, { code: "resumes_marketing" });
    const { user, dialog } = await open(/Consent register/);
    const submit = await dialog.findByRole("button", { name: "Write down" });
    await user.type(dialog.getByLabelText(/Evidence/), "Form 12");
    await user.click(submit);
    const known = await dialog.findByRole("checkbox", { name: /after they had stopped/ });
    expect(submit).toBeDisabled();
    page.server.overrides["POST contacts/p1/consents"] = { status: 201, body: line };
    await user.click(known);
    await user.click(submit);
    expect(await screen.findByText("Written down")).toBeInTheDocument();
    const asked = page.server.asks("POST contacts/p1/consents").map(({ body }) => body);
    expect(asked).toMatchObject([{ resume: false }, { resume: true }]);
  });

  it("hears of a line that a colleague wrote", async () => {
    answers("contacts/p1/consents", []);
    const { dialog } = await open(/Consent register/);
    await dialog.findByText("Nothing has been written down yet.");
    answers("contacts/p1/consents", [line]);
    streamSays("consent.recorded", line);
    expect(await dialog.findByText("told WhatsApp", { exact: false })).toBeInTheDocument();
  });
});

it("a legal hold is set with a reason", async () => {
  answers("contacts/p1/hold", []);
  page.server.overrides["POST contacts/p1/hold"] = { status: 201, body: {} };
  const { user, dialog } = await open(/Legal hold/);
  await user.type(await dialog.findByLabelText(/Reason/), "A court asks");
  await user.click(dialog.getByRole("button", { name: "Keep" }));
  expect(await screen.findByText("Nothing of it will be destroyed")).toBeInTheDocument();
  expect(page.server.asks("POST contacts/p1/hold")[0]?.body).toEqual({ reason: "A court asks" });
});

it("shows every hold, and ends one of them", async () => {
  const held_at = "2026-02-20T08:00:00Z";
  page.server.overrides["GET contacts/p1"] = { body: aContact({ held_at }) };
  const one = { id: "h1", reason: "One court", set_by: null, set_at: held_at };
  const running = { released_by: null, released_at: null };
  answers("contacts/p1/hold", [
    { ...one, ...running },
    { ...one, ...running, id: "h2", reason: "Another court" },
  ]);
  page.server.overrides["DELETE contacts/p1/hold?hold=h2"] = { status: 204 };
  const { user, dialog } = await open(/Legal hold/);
  expect(await dialog.findByText("One court")).toBeInTheDocument();
  await user.click(dialog.getByRole("button", { name: "End the hold: Another court" }));
  expect(await screen.findByText("That hold has ended. Others go on.")).toBeInTheDocument();
  const [ended] = page.server.asks("DELETE contacts/p1/hold");
  expect(ended?.path).toContain("hold=h2");
});
