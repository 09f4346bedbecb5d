import { screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { aConversation } from "../test/builders";
import { fakePage, openInbox } from "../test/page";

const page = fakePage();

it.each([
  [{ id: 7, name: "Fay" }, /^Waits for Fay; the next level is told in/],
  [null, /^Nobody has taken it; the next level is told in/],
])(
  "says for whom it waits while nobody has taken it (%o)",
  async (given_to, words) => {
    const minute = 60_000;
    const risk = {
      kind: "threat" as const,
      severity: 2,
      state: "open" as const,
      raised_at: new Date(Date.now() - minute).toISOString(),
      due_at: new Date(Date.now() + 9 * minute).toISOString(),
      given_to,
      taken_by: null,
    };
    page.server.conversations = [aConversation({ id: "c1", risk })];
    await openInbox("/inbox/all/c1");
    expect(await screen.findByText(words, undefined, { timeout: 20_000 })).toBeInTheDocument();
  },
  30_000,
);
