import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import i18n from "../i18n";
import { ben } from "../test/builders";
import { anOperation, aSeal } from "../test/logBuilders";
import { brokenRules, fakePage, openInbox } from "../test/page";
import { dayBegins } from "./filters";

const page = fakePage();
const dee = { ...ben, permissions: [...ben.permissions, "operations.see", "operations.export"] };

function serve(...results: ReturnType<typeof anOperation>[]) {
  page.server.overrides["GET operations"] = { body: { results, next: null } };
}

beforeEach(() => {
  page.server.user = dee;
  page.server.overrides["GET operations/seal"] = { body: aSeal() };
  serve(anOperation());
});

const asked = () =>
  new URLSearchParams(page.server.asks("GET operations").at(-1)?.path.split("?")[1]);

describe("the operation log", () => {
  it("tells each line as a sentence, with names and from where", async () => {
    await openInbox("/log");
    const line = await screen.findByText("Fay assigned the conversation with 王小明 to Ben");
    await userEvent.click(line);
    expect(
      screen.getByText(/Firefox · Windows · 10\.1\.2\.3 · 台灣 · line 41/),
    ).toBeInTheDocument();
    expect(screen.getByRole("link", { name: "Open the conversation with 王小明" })).toHaveAttribute(
      "href",
      "/inbox/all/c1",
    );
    expect(screen.getByText(/Sealed up to line 40/)).toBeInTheDocument();
    expect(await brokenRules()).toEqual([]);
  });

  it("speaks Chinese too, and keeps names apart from it", async () => {
    page.server.user = { ...dee, language: "zh-hant" };
    await openInbox("/log");
    expect(await screen.findByText("Fay 將與王小明的對話指派給 Ben")).toBeInTheDocument();
    await i18n.changeLanguage("en");
  });

  it("says taking and giving up as what they are", async () => {
    const change = (before: string | null, after: string | null) => [
      { name: "change", label: "", before, after, changed: true, words: false },
    ];
    serve(
      anOperation({ id: 3, facts: change(null, "Fay") }),
      anOperation({ id: 2, facts: change("Ben", null) }),
    );
    await openInbox("/log");
    expect(await screen.findByText("Fay took the conversation with 王小明")).toBeInTheDocument();
    expect(
      screen.getByText("Fay took the assignment off the conversation with 王小明"),
    ).toBeInTheDocument();
  });

  it("tells a deed it has no words for by its name, and an unseen object by its kind", async () => {
    const subject = {
      kind: "inbox.conversation",
      id: "c9",
      name: null,
      opens: null,
      opens_id: null,
    };
    serve(
      anOperation({ id: 3, action: "moon.landed" }),
      anOperation({ id: 2, subject, action: "conversation.viewed", facts: [] }),
    );
    await openInbox("/log");
    expect(
      await screen.findByText("Fay: moon.landed (the conversation with 王小明)"),
    ).toBeInTheDocument();
    expect(screen.getByText("Fay looked at a conversation")).toBeInTheDocument();
  });

  it("offers to look for whoever is called what was typed", async () => {
    await openInbox("/log?q=cHO");
    await userEvent.click(await screen.findByRole("button", { name: "Only lines of Cho" }));
    await waitFor(() => expect(asked().get("q")).toBeNull());
    expect(asked().get("person")).toBe("8");
  });

  it("shows what changed in a text, and that there is more one may not read", async () => {
    const text = { label: "", changed: true, words: true, before: "two boxes", after: "ten boxes" };
    serve(
      anOperation({ id: 3, action: "message.edited", facts: [{ ...text, name: "text" }] }),
      anOperation({ id: 2, action: "contact.edited", facts: [], covered: true }),
    );
    await openInbox("/log");
    await userEvent.click(await screen.findByText(/The customer edited a message/));
    expect(screen.getByText("wo", { selector: "del" })).toBeInTheDocument();
    expect(screen.getByText("en", { selector: "ins" })).toBeInTheDocument();
    expect(
      screen.getByText("There are words in this line that you may not read."),
    ).toBeInTheDocument();
  });

  it("filters by the address, and whole days in the reader's time zone", async () => {
    await openInbox("/log?from=2026-03-01&to=2026-03-02");
    await screen.findByText(/Fay assigned/);
    expect(asked().get("from")).toBe("2026-02-28T16:00:00.000Z");
    expect(asked().get("to")).toBe("2026-03-02T16:00:00.000Z");
    await userEvent.selectOptions(screen.getByLabelText("Subject"), "conversation");
    await waitFor(() => expect(asked().get("action")).toBe("conversation"));
    await userEvent.type(screen.getByLabelText("Search details, ids, addresses"), "sale");
    await waitFor(() => expect(asked().get("q")).toBe("sale"));
    expect(location.search).toContain("q=sale");
    await userEvent.click(screen.getByRole("button", { name: "Clear filters" }));
    await waitFor(() => expect(location.search).toBe(""));
  });

  it("goes to all lines about one object", async () => {
    await openInbox("/log");
    await userEvent.click(await screen.findByText(/Fay assigned/));
    await userEvent.click(screen.getByRole("button", { name: "Only lines about this" }));
    await waitFor(() => expect(asked().get("object")).toBe("c1"));
  });

  it("goes on where a search stopped, also from an empty page", async () => {
    page.server.overrides["GET operations"] = { body: { results: [], next: "further" } };
    await openInbox("/log?q=sale");
    expect(await screen.findByText("Nothing found so far")).toBeInTheDocument();
    serve(anOperation());
    await userEvent.click(screen.getByRole("button", { name: "Show older lines" }));
    expect(await screen.findByText(/Fay assigned/)).toBeInTheDocument();
    expect(asked().get("cursor")).toBe("further");
  });

  it("says when nothing fits, and when it could not be read", async () => {
    serve();
    await openInbox("/log");
    expect(await screen.findByText("No such lines")).toBeInTheDocument();
    page.server.refuse("GET operations", 500, { code: "own_fault", message: "Our fault" });
    await userEvent.selectOptions(screen.getByLabelText("Subject"), "file");
    expect(within(await screen.findByRole("alert")).getByText("Our fault")).toBeInTheDocument();
  });

  it("exports what is looked for, for those who may", async () => {
    const make = vi.fn(() => "blob:x");
    vi.stubGlobal("URL", Object.assign(URL, { createObjectURL: make, revokeObjectURL: vi.fn() }));
    vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(() => {});
    page.server.overrides["POST operations/export"] = { body: "line" };
    await openInbox("/log?action=conversation");
    await userEvent.click(await screen.findByRole("button", { name: "Export CSV" }));
    await waitFor(() => expect(make).toHaveBeenCalled());
    expect(page.server.asks("POST operations/export")[0]?.path).toContain("action=conversation");
  });

  it("asks for a code where the server wants one, and exports then", async () => {
    const make = vi.fn(() => "blob:x");
    vi.stubGlobal("URL", Object.assign(URL, { createObjectURL: make, revokeObjectURL: vi.fn() }));
    vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(() => {});
    page.server.refuse("POST operations/export", 403, { code: "second_factor_required" });
    page.server.overrides["POST session/factor"] = {
      body: { fresh_until: "2027-01-01T00:00:00Z" },
    };
    await openInbox("/log");
    await userEvent.click(await screen.findByRole("button", { name: "Export CSV" }));
    const dialog = await screen.findByRole("dialog");
    page.server.overrides["POST operations/export"] = { body: "line" };
    await userEvent.type(within(dialog).getByRole("textbox"), "123456");
    await waitFor(() => expect(make).toHaveBeenCalled());
    expect(page.server.asks("POST operations/export")).toHaveLength(2);
  });

  it("is not there for those who may not read it", async () => {
    page.server.user = ben;
    await openInbox("/log");
    expect(await screen.findByText("This page is not for you")).toBeInTheDocument();
    expect(screen.queryByRole("link", { name: "Operation log" })).toBeNull();
    expect(page.server.asks("GET operations")).toHaveLength(0);
  });
});

describe("the beginning of a day", () => {
  it("is midnight there, also where the clock is set at night", () => {
    expect(dayBegins("2026-07-01", "Asia/Taipei")).toBe("2026-06-30T16:00:00.000Z");
    expect(dayBegins("2026-03-29", "Europe/London")).toBe("2026-03-29T00:00:00.000Z");
    expect(dayBegins("2026-03-30", "Europe/London")).toBe("2026-03-29T23:00:00.000Z");
    expect(dayBegins("2026-11-01", "America/New_York")).toBe("2026-11-01T04:00:00.000Z");
  });
});
