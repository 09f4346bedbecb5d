import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { aFullCard } from "../card/testCard";
import "./ContactSide"; // before: what is lazy would take the time of the first test
import { aContact, aConversation, aNote, ben } from "../test/builders";
import { brokenRules, fakePage, openInbox, streamSays } from "../test/page";

const page = fakePage();

beforeEach(() => {
  page.server.conversations = [aConversation()];
});

const panel = () => screen.findByRole("complementary", { name: "Contact" });

async function openPanel() {
  await openInbox("/inbox/all/c1");
  return within(await panel());
}

it("shows who it is and their own time of day", async () => {
  const contact = aContact({ username: "ming", time_zone: "Asia/Taipei" });
  page.server.overrides["GET contacts/p1"] = { body: contact };
  const inside = await openPanel();
  expect(await inside.findByText("ming")).toBeInTheDocument();
  expect(inside.getByText("+886 900 000 101")).toBeInTheDocument();
  expect(inside.getByText("Chinese (Taiwan)")).toBeInTheDocument();
  expect(inside.getByText(/^\d\d:\d\d$/)).toBeInTheDocument();
});

it("can be put away, and stays away", async () => {
  await openPanel();
  await userEvent.click(await screen.findByRole("button", { name: "Hide contact" }));
  await waitFor(() =>
    expect(screen.queryByRole("complementary", { name: "Contact" })).not.toBeInTheDocument(),
  );
  expect(localStorage.getItem("kefu.contactColumn")).toBe("0");
});

describe("the name", () => {
  it("is changed where it stands, and everywhere it shows", async () => {
    const user = userEvent.setup();
    const inside = await openPanel();
    page.server.overrides["PATCH contacts/p1"] = { body: aContact({ version: 2, name: "王大明" }) };
    await user.click(await inside.findByRole("button", { name: "Edit name" }));
    await user.clear(inside.getByLabelText("Name"));
    await user.type(inside.getByLabelText("Name"), "王大明{Enter}");
    expect(await screen.findByRole("heading", { level: 1, name: "王大明" })).toBeInTheDocument();
    expect(page.server.asks("PATCH contacts/p1")[0]?.body).toEqual({ name: "王大明" });
    await waitFor(() => expect(inside.getByRole("button", { name: "Edit name" })).toHaveFocus());
  });

  it("is not saved by the Enter that confirms a Chinese candidate", async () => {
    const user = userEvent.setup();
    const inside = await openPanel();
    await user.click(await inside.findByRole("button", { name: "Edit name" }));
    const field = inside.getByLabelText("Name");
    fireEvent.change(field, { target: { value: "王大" } });
    fireEvent.keyDown(field, { key: "Enter", isComposing: true });
    expect(page.server.asks("PATCH contacts/p1")).toEqual([]);
    await user.keyboard("{Escape}");
    expect(await inside.findByRole("heading", { name: "王小明" })).toBeInTheDocument();
    expect(page.server.asks("PATCH contacts/p1")).toEqual([]);
  });

  it("stays as typed when refused", async () => {
    const user = userEvent.setup();
    page.server.refuse("PATCH contacts/p1", 400, { message: "Too long", field: "name" });
    const inside = await openPanel();
    await user.click(await inside.findByRole("button", { name: "Edit name" }));
    await user.type(inside.getByLabelText("Name"), "!{Enter}");
    expect(await screen.findByText("Too long")).toBeInTheDocument();
    expect(inside.getByLabelText("Name")).toHaveValue("王小明!");
  });

  it("cannot be changed without the right to", async () => {
    page.server.user = { ...ben, permissions: ["conversation.reply"] };
    const inside = await openPanel();
    await inside.findByRole("heading", { name: "王小明" });
    expect(inside.queryByRole("button", { name: "Edit name" })).not.toBeInTheDocument();
  });

  it("follows the stream", async () => {
    const inside = await openPanel();
    await inside.findByText("Chinese (Taiwan)");
    streamSays("contact.changed", aContact({ version: 5, name: "王中明" }));
    expect(await inside.findByRole("heading", { name: "王中明" })).toBeInTheDocument();
  });
});

describe("notes", () => {
  it("saved while the panel was put away is no draft any more", async () => {
    let answer = () => {};
    const note = { status: 201, body: aNote({ id: "n1", text: "Wants a call" }) };
    const later = new Promise<typeof note>((resolve) => {
      answer = () => resolve(note);
    });
    page.server.overrides["POST contacts/p1/notes"] = () => later;
    const inside = await openPanel();
    await userEvent.type(await inside.findByLabelText(/Add a note/), "Wants a call");
    await userEvent.click(inside.getByRole("button", { name: "Save note" }));
    await userEvent.click(screen.getByRole("button", { name: "Hide contact" }));
    answer();
    await waitFor(() => expect(Object.keys(localStorage).join()).not.toContain("note.p1"));
    await userEvent.click(await screen.findByRole("button", { name: "Show contact" }));
    expect(await within(await panel()).findByLabelText(/Add a note/)).toHaveValue("");
  });

  it("half written waits until the agent comes back to the contact", async () => {
    const inside = await openPanel();
    await userEvent.type(await inside.findByLabelText(/Add a note/), "Wants a");
    await userEvent.click(screen.getByRole("button", { name: "Hide contact" }));
    await userEvent.click(await screen.findByRole("button", { name: "Show contact" }));
    expect(await within(await panel()).findByLabelText(/Add a note/)).toHaveValue("Wants a");
  });

  it("are added and shown at the top", async () => {
    const user = userEvent.setup();
    const inside = await openPanel();
    expect(await inside.findByText("No notes yet.")).toBeInTheDocument();
    page.server.overrides["POST contacts/p1/notes"] = {
      body: aNote({
        text: "Prefers afternoons",
        author: { id: 7, name: "Ben" },
        created_at: new Date().toISOString(),
      }),
    };
    await user.type(inside.getByLabelText(/Add a note/), "Prefers afternoons");
    await user.click(inside.getByRole("button", { name: "Save note" }));
    expect(await inside.findByRole("listitem")).toHaveTextContent("Prefers afternoonsBen · now");
    expect(inside.getByLabelText(/Add a note/)).toHaveValue("");
  });

  it("of colleagues appear by themselves, in their place", async () => {
    const older = aNote({ id: "n1", text: "Older", created_at: "2026-03-01T07:00:00Z" });
    page.server.overrides["GET contacts/p1/notes"] = { body: { results: [older], next: null } };
    const inside = await openPanel();
    await inside.findByText("Older");
    const newer = aNote({ id: "n2", text: "Newer", created_at: "2026-03-01T07:00:00.300000Z" });
    streamSays("note.added", newer);
    streamSays("note.added", newer, 12);
    streamSays("note.added", aNote({ id: "n3", contact_id: "p9", text: "Of another" }), 13);
    await inside.findByText("Newer");
    const shown = inside.getAllByText(/Older|Newer|Of another/).map((one) => one.textContent);
    expect(shown).toEqual(["Newer", "Older"]);
  });

  it("are shown once to their author, whichever of answer and stream comes first", async () => {
    const note = aNote({ id: "n1", text: "Wants a call" });
    page.server.overrides["POST contacts/p1/notes"] = () => {
      streamSays("note.added", note);
      return { status: 201, body: note };
    };
    const inside = await openPanel();
    await inside.findByText("No notes yet.");
    await userEvent.type(inside.getByLabelText(/Add a note/), "Wants a call");
    await userEvent.click(inside.getByRole("button", { name: "Save note" }));
    await waitFor(() => expect(inside.getByLabelText(/Add a note/)).toHaveValue(""));
    expect(inside.getAllByText("Wants a call")).toHaveLength(1);
  });

  it("keep what was typed when refused", async () => {
    const user = userEvent.setup();
    page.server.overrides["POST contacts/p1/notes"] = { status: 0 };
    const inside = await openPanel();
    await user.type(await inside.findByLabelText(/Add a note/), "Important");
    await user.click(inside.getByRole("button", { name: "Save note" }));
    expect(await screen.findByText("Can’t reach the server")).toBeInTheDocument();
    expect(inside.getByLabelText(/Add a note/)).toHaveValue("Important");
  });
});

it("leads to the same customer's other conversations", async () => {
  const elsewhere = { id: "ch2", name: "Web shop", phone: "+886 900 000 002" };
  page.server.conversations = [aConversation(), aConversation({ id: "c9", channel: elsewhere })];
  const inside = await openPanel();
  const link = await inside.findByRole("link", { name: /Web shop/ });
  expect(link).toHaveAttribute("href", "/inbox/all/c9");
});

it("breaks no accessibility rule", async () => {
  page.server.overrides["GET contacts/p1/card"] = { body: aFullCard() };
  const inside = await openPanel();
  await inside.findByText("Chinese (Taiwan)");
  expect(await brokenRules()).toEqual([]);
});

it("says of another conversation that its messages are older than one may read", async () => {
  const id = "c2";
  const old = { last_message: null, last_activity_at: "2026-02-01T08:00:00Z" };
  const channel = { id: "ch2", name: "Kaohsiung shop", phone: "+886 900 000 002" };
  page.server.conversations = [
    aConversation(),
    aConversation({ id, channel, ...old, reads_back_to: "2026-02-20T08:00:00Z" }),
  ];
  const inside = await openPanel();
  expect(await inside.findByText("Older than you may read")).toBeInTheDocument();
  expect(inside.queryByText("No messages yet")).toBeNull();
});
