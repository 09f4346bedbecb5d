import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { commandsNow } from "../commands/registry";
import { macroDialog } from "../quick/openMacros";
import { aConversation, ben } from "../test/builders";
import { fakePage, openInbox } from "../test/page";

// What is loaded later would take the time of the first test.
import "./OpenConversation";

const SLOW = { timeout: 8000 };
const page = fakePage();
const wang = aConversation({ id: "c1" });
const locked = {
  by: { id: 99, name: "Fay" },
  since: new Date().toISOString(),
  until: new Date(Date.now() + 3_600_000).toISOString(),
  reason: "A refund",
};
const press = (keys: string) => userEvent.setup().keyboard(keys);
const names = () => commandsNow().map(({ id }) => id);
const opened = () => screen.findByRole("heading", { level: 1, name: "王小明" }, SLOW);

beforeEach(() => {
  page.server.conversations = [wang];
});

describe("what a conversation offers", () => {
  it("is asked of the same rights by key, palette and button", async () => {
    await openInbox("/inbox/all/c1");
    await opened();
    await waitFor(() =>
      expect(names()).toEqual(
        expect.arrayContaining(["conversation.macro", "conversation.payment.inbox.payment.mark"]),
      ),
    );
    expect(names()).not.toContain("conversation.delete.together.delete");
  });

  it("leaves out what a person who may not answer cannot do", async () => {
    const permissions = ben.permissions.filter((one) => one !== "conversation.reply");
    page.server.user = { ...ben, permissions };
    await openInbox("/inbox/all/c1");
    await opened();
    await waitFor(() => expect(names()).toContain("conversation.contact"));
    expect(names()).not.toContain("conversation.priority");
    expect(names()).not.toContain("conversation.macro");
    await press("m");
    expect(macroDialog.isOpen()).toBe(false);
  });

  it("leads whoever may see rules to what they did there, also where somebody else has locked it", async () => {
    page.server.user = { ...ben, permissions: [...ben.permissions, "rule.see"] };
    page.server.conversations = [{ ...wang, lock: locked }];
    await openInbox("/inbox/all/c1");
    await opened();
    await waitFor(() => expect(names()).toContain("conversation.rules.together.rules"));
    await userEvent.click(await screen.findByRole("button", { name: "More" }, SLOW));
    await userEvent.click(await screen.findByRole("menuitem", { name: "What rules did" }));
    expect(window.location.pathname + window.location.search).toBe(
      "/settings/rules?conversation=c1",
    );
  });

  it("of one that somebody else has locked is to say that it is risky, and nothing more", async () => {
    page.server.user = {
      ...ben,
      permissions: [...ben.permissions, "risk.flag", "conversation.lock"],
    };
    page.server.conversations = [{ ...wang, lock: locked }];
    await openInbox("/inbox/all/c1");
    await opened();
    await userEvent.click(await screen.findByRole("button", { name: "More" }, SLOW));
    const items = within(await screen.findByRole("menu")).getAllByRole("menuitem");
    expect(items.map(({ textContent }) => textContent)).toEqual([expect.stringMatching(/risky/i)]);
    expect(names()).toContain("conversation.flag.together.flag");
    expect(names()).not.toContain("conversation.resolve");
  });
});
