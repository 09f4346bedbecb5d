import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import type { Assignment, AssignmentRule, Work } from "../api/types";
import { aConversation, ben } from "../test/builders";
import { brokenRules, fakePage, openInbox, streamSays } from "../test/page";
import { capacityIn, wordsIn } from "./WorkDialog";

const page = fakePage();

const rule: AssignmentRule = {
  channel_id: "ch1",
  channel_name: "Taipei shop",
  region_id: 1,
  method: "off",
  team: null,
  skill: "",
  language: "off",
  returning: true,
  waiting: 4,
  on_duty: 2,
};

const cho: Work = {
  id: 8,
  name: "Cho",
  level: "agent",
  trainee: true,
  availability: "away",
  is_here: true,
  region_ids: [1],
  team_ids: [3],
  load: 3,
  capacity: null,
  usual_capacity: 3,
  languages: [],
  own_language: "en",
  skills: ["returns"],
};

const given: Assignment = {
  id: 1,
  assignee: { id: 7, name: "Ben" },
  by: null,
  at: "2026-03-01T08:00:00Z",
  ended_at: null,
  ended_how: "",
  method: "least_loaded",
  rule: "least",
  language: "en",
  skill: "",
  team: "",
  candidates: [
    { id: 7, name: "Ben", load: 1, capacity: 20, out: "" },
    { id: 8, name: "Cho", load: 3, capacity: 3, out: "full" },
  ],
  more: 0,
};

function supervised(): void {
  page.server.user = {
    ...ben,
    level: "supervisor",
    permissions: [...ben.permissions, "work.arrange"],
  };
  const list = (...results: unknown[]) => ({ body: { results, next: null } });
  page.server.overrides["GET assignment-rules"] = list(rule);
  page.server.overrides["GET workloads"] = list(cho);
  page.server.overrides["GET teams"] = list({
    id: 3,
    name: "Orders",
    region_id: 1,
    person_ids: [8],
  });
}

describe("the page of assignment", () => {
  it("turns a number's queue over to a method, with the rest of its rule", async () => {
    supervised();
    page.server.overrides["PUT assignment-rules/ch1"] = {
      body: { ...rule, method: "round_robin" },
    };
    await openInbox("/settings/assignment");
    const card = await screen.findByRole("article", { name: "Taipei shop" });
    expect(card).toHaveTextContent("4 waiting · 2 on duty");
    expect(within(card).queryByLabelText("To whom")).not.toBeInTheDocument();
    await userEvent.selectOptions(
      within(card).getByLabelText("How they are assigned"),
      "To each in turn",
    );
    await waitFor(() =>
      expect(page.server.asks("PUT assignment-rules/ch1")[0]?.body).toEqual({
        method: "round_robin",
        team: null,
        skill: "",
        language: "off",
        returning: true,
      }),
    );
    expect(await within(card).findByLabelText("To whom")).toBeInTheDocument();
    expect(await brokenRules()).toEqual([]);
  });

  it("shows what each can be given and lets a supervisor change it", async () => {
    supervised();
    page.server.overrides["PUT workloads/8"] = { body: { ...cho, capacity: 9 } };
    const user = userEvent.setup();
    await openInbox("/settings/assignment");
    const row = await screen.findByRole("row", { name: /Cho/ });
    for (const words of ["Trainee", "3 of 3", "English", "returns", "Orders"]) {
      expect(row).toHaveTextContent(words);
    }
    await user.click(within(row).getByRole("button", { name: "Change what Cho can be given" }));
    const dialog = await screen.findByRole("dialog");
    await user.click(within(dialog).getByRole("checkbox", { name: "Japanese" }));
    await user.type(within(dialog).getByLabelText("Skills"), ", VIP");
    await user.type(within(dialog).getByLabelText("Capacity"), "9");
    await user.click(within(dialog).getByRole("button", { name: "Save" }));
    await waitFor(() =>
      expect(page.server.asks("PUT workloads/8")[0]?.body).toEqual({
        languages: ["ja"],
        skills: ["returns", "VIP"],
        capacity: 9,
      }),
    );
    await waitFor(() => expect(row).toHaveTextContent("3 of 9"));
  });

  it("is not for agents, who are not led there either", async () => {
    await openInbox("/settings/assignment");
    expect(await screen.findByText("This page is not for you")).toBeInTheDocument();
    expect(screen.queryByRole("link", { name: "Assignment" })).not.toBeInTheDocument();
  });
});

describe("why", () => {
  it("is told from the menu: the rule, what was asked for, and who was considered", async () => {
    page.server.conversations = [aConversation({ assignee: { id: ben.id, name: ben.name } })];
    page.server.overrides["GET conversations/c1/assignments"] = {
      body: { results: [given], next: null },
    };
    const user = userEvent.setup();
    await openInbox("/inbox/all/c1");
    await user.click(await screen.findByRole("button", { name: /Assigned to Ben/ }));
    await user.click(await screen.findByRole("option", { name: "Why Ben?" }));
    const dialog = await screen.findByRole("dialog", { name: "Why did I get this?" });
    expect(
      await within(dialog).findByText("Ben had the fewest open conversations. Asked for: English."),
    ).toBeInTheDocument();
    const other = within(dialog).getByRole("row", { name: /^Cho / });
    expect(other).toHaveTextContent("3 of 3");
    expect(other).toHaveTextContent("Was full");
  });
});

describe("what went back to the queue", () => {
  it("is told to who can help; whoever had it finds it in their bell", async () => {
    await openInbox();
    streamSays("waiting.requeued", { person_id: 8, name: "Cho", count: 2 }, 11);
    expect(await screen.findByText(/2 conversations of Cho are back/)).toBeInTheDocument();
    streamSays("waiting.requeued", { person_id: ben.id, name: "Ben", count: 1 }, 12);
    expect(screen.queryByText(/One conversation/)).toBeNull();
  });
});

it("takes words with commas of either script, and whole numbers only", () => {
  expect(wordsIn("退換貨、禮贈, VIP ，")).toEqual(["退換貨", "禮贈", "VIP"]);
  expect(capacityIn(" ")).toEqual({ capacity: null });
  expect(capacityIn("0")).toEqual({ capacity: 0 });
  for (const wrong of ["1.5", "-1", "501", "many"]) expect(capacityIn(wrong)).toBeNull();
});
