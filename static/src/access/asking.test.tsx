import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import type { AccessRequest } from "../api/types";
import { aConversation, ben } from "../test/builders";
import { fakePage, openInbox, streamSays } from "../test/page";

const page = fakePage();

function aRequest(permission: string): AccessRequest {
  return {
    id: "r1",
    version: 1,
    asker: { id: ben.id, name: ben.name },
    right: { permission, duty: "", object_label: "", object_id: "", object_name: "" },
    reason: "Dee is away",
    hours: 24,
    state: "open",
    asked_at: "2026-03-02T09:59:00Z",
    decided_at: null,
    decided_by: null,
    comment: "",
    ends_at: null,
    mine: true,
  };
}

function waits(...permissions: string[]) {
  const results = permissions.map(aRequest);
  page.server.overrides["GET access-requests"] = { body: { results, next: null } };
}

describe("a page that is not for somebody", () => {
  it.each([
    ["/board", "See the board", "board.see"],
    ["/log", "See the operation log", "operations.see"],
    ["/bin", "Delete conversations", "conversation.delete"],
    ["/settings/risk", "Set risk words and who is told", "risk.manage"],
  ])("%s names what is lacking, and it can be asked for there", async (path, words, permission) => {
    await openInbox(path);
    expect(await screen.findByText(`You lack the permission: ${words}`)).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "Ask for it" }));
    await userEvent.type(await screen.findByLabelText(/Reason/), "Dee is away");
    page.server.overrides["POST access-requests"] = { status: 201, body: aRequest(permission) };
    waits(permission);
    await userEvent.click(screen.getByRole("button", { name: "Ask" }));
    expect(await screen.findByText(/Asked at .*, waiting for a decision/)).toBeInTheDocument();
    expect(screen.queryByRole("button", { name: "Ask for it" })).toBeNull();
    expect(page.server.asks("POST access-requests")[0]?.body).toMatchObject({ permission });
  });

  it("says after a reload that it was asked, and offers it anew once that is decided", async () => {
    waits("board.see");
    await openInbox("/board");
    expect(await screen.findByText(/Asked at .*, waiting for a decision/)).toBeInTheDocument();
    expect(page.server.asks("GET access-requests")[0]?.path).toContain("box=asked");
    waits();
    streamSays("request.changed", { id: "r1", state: "refused", version: 2 });
    expect(await screen.findByRole("button", { name: "Ask for it" })).toBeInTheDocument();
  });
});

describe("a colleague's conversation", () => {
  it("offers to ask for what would let one answer", async () => {
    const permissions = ben.permissions.filter((name) => name !== "conversation.assign");
    page.server.user = { ...ben, permissions };
    const assignee = { id: 9, name: "Fay" };
    page.server.conversations = [aConversation({ id: "c1", assignee })];
    await openInbox("/inbox/all/c1");
    const words = "You lack the permission: Assign any conversation and answer in any";
    await screen.findByText("Fay looks after this conversation");
    expect(await screen.findByText(words)).toBeInTheDocument();
    expect(screen.getByRole("button", { name: "Ask for it" })).toBeInTheDocument();
  });
});

describe("my requests", () => {
  it("let one ask for whatever one lacks, and say what waits already", async () => {
    page.server.overrides["GET access-requests/summary"] = {
      body: {
        waiting: 0,
        median_wait_seconds: null,
        permissions: ["board.see", "view.share"],
        duties: ["finance"],
      },
    };
    await openInbox("/access");
    await userEvent.click(await screen.findByRole("button", { name: "Ask for a permission" }));
    await userEvent.click(await screen.findByRole("combobox", { name: /What/ }));
    await userEvent.click(await screen.findByRole("option", { name: "Finance" }));
    await userEvent.type(screen.getByLabelText(/Reason/), "Month’s end");
    await userEvent.click(screen.getByRole("button", { name: "Ask" }));
    await waitFor(() =>
      expect(page.server.asks("POST access-requests")[0]?.body).toEqual({
        duty: "finance",
        reason: "Month’s end",
        hours: 24,
      }),
    );
  });

  it("are not asked a second time in silence", async () => {
    page.server.overrides["GET access-requests/summary"] = {
      body: { waiting: 0, median_wait_seconds: null, permissions: ["board.see"], duties: [] },
    };
    waits("board.see");
    await openInbox("/access");
    await userEvent.click(await screen.findByRole("button", { name: "Ask for a permission" }));
    await userEvent.click(await screen.findByRole("combobox", { name: /What/ }));
    await userEvent.click(await screen.findByRole("option", { name: "See the board" }));
    await userEvent.type(screen.getByLabelText(/Reason/), "Really");
    expect(await screen.findByText(/Asked at .*, waiting for a decision/)).toBeInTheDocument();
    expect(screen.getByRole("button", { name: "Ask" })).toBeDisabled();
  });
});
