import { act, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it } from "vitest";
import { company } from "../../stream/company";
import { aMessage } from "../../test/builders";
import { fakeThread, openConversation, openThread, POST } from "../../thread/test/openThread";
import { attachments } from "../attachments";
import { adoptDraft, saveDraft } from "../drafts";

const scene = fakeThread();
const fay = { id: 9, name: "Fay" };
const theirs = aMessage({
  id: "m9",
  direction: "out",
  author: fay,
  content: { text: "It comes tomorrow" },
});
const field = () => screen.findByRole<HTMLTextAreaElement>("textbox", { name: /Message to/ });
const stopped = (name = "Somebody was faster") => screen.findByRole("dialog", { name });
const sent = () => scene.server.asks(POST);

function open(): () => void {
  const { becomes } = openThread(scene.server, [aMessage(), theirs]);
  return () => becomes(openConversation({ version: 9, answer_count: 1 }));
}

afterEach(() => {
  act(() => company.goTo(null));
});

describe("an answer is stopped when a colleague answered since", () => {
  it("its first file was chosen", async () => {
    const upload = { id: "u1", name: "u1.png", kind: "image", mime_type: "image/png", size: 3 };
    const colleagueAnswers = open();
    await field();
    act(() => attachments.restore("c1", [{ upload: upload as never, caption: "" }]));
    colleagueAnswers();
    await userEvent.type(await field(), "Here{Enter}");
    await stopped();
    expect(sent()).toEqual([]);
  });

  it("it came from another device", async () => {
    const colleagueAnswers = open();
    await field();
    act(() => adoptDraft("c1", "From the sofa", 7));
    colleagueAnswers();
    await userEvent.type(await field(), "{Enter}");
    await stopped();
  });

  it("it was found as a draft", async () => {
    saveDraft("c1", "Begun before", 7);
    const colleagueAnswers = open();
    await field();
    colleagueAnswers();
    await userEvent.type(await field(), "{Enter}");
    await stopped();
  });

  it("its refused words were taken back", async () => {
    scene.server.refuse(POST, 400, { field: "text", message: "Not so" });
    const colleagueAnswers = open();
    await userEvent.type(await field(), "Hm{Enter}");
    await screen.findByText(/Not so/);
    expect(await field()).toHaveValue("Hm");
    colleagueAnswers();
    await userEvent.type(await field(), "{Enter}");
    await stopped();
    expect(sent()).toHaveLength(1);
  });
});

it("a colleague's typing is asked about for each answer anew", async () => {
  open();
  act(() => {
    company.goTo("c1");
    company.told({
      type: "here",
      place: "conversation:c1",
      people: [{ ...fay, typing: true }],
    } as never);
  });
  for (const count of [1, 2]) {
    await userEvent.type(await field(), "Hm{Enter}");
    await stopped("Somebody is writing");
    await userEvent.click(screen.getByRole("button", { name: "Send anyway" }));
    await waitFor(() => expect(sent()).toHaveLength(count));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  }
});
