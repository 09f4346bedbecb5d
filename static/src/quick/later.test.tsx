import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { attachments } from "../composer/attachments";
import { draftOf, saveDraft } from "../composer/drafts";
import { aMessage } from "../test/builders";
import { fakeThread, openThread } from "../thread/test/openThread";

const scene = fakeThread();
const KEPT = "POST conversations/c1/scheduled-replies";
const field = () => screen.findByRole<HTMLTextAreaElement>("textbox", { name: /Message to/ });
const bodies = () => scene.server.asks(KEPT).map(({ body }) => body as Record<string, string>);

/** The server keeps the first one of each reference, as the real one does. */
function keeps({ failing }: { failing: number[] }): Map<string, Record<string, string>> {
  const stored = new Map<string, Record<string, string>>();
  let count = 0;
  scene.server.overrides[KEPT] = () => {
    count += 1;
    if (failing.includes(count)) return { status: 503, body: { code: "unavailable" } };
    const body = bodies().at(-1) as Record<string, string>;
    const ref = body.client_ref as string;
    if (!stored.has(ref)) stored.set(ref, { ...body, id: `s${stored.size + 1}` });
    return { status: 201, body: stored.get(ref) };
  };
  return stored;
}

const file = (id: string) => ({
  upload: { id, name: `${id}.ogg`, kind: "audio", mime_type: "audio/ogg", size: 3 } as never,
  caption: "",
});

async function sendLater(): Promise<void> {
  await userEvent.click(screen.getByRole("button", { name: "Send later" }));
  await userEvent.click(await screen.findByText("In an hour"));
}

describe("what is kept for later", () => {
  it("is stored once, however often a half-done press is repeated", async () => {
    const stored = keeps({ failing: [2] });
    act(() => attachments.restore("c1", [file("u1")]));
    openThread(scene.server, [aMessage()]);
    await userEvent.type(await field(), "Tomorrow then");
    await sendLater();
    await waitFor(() => expect(bodies()).toHaveLength(2));
    await screen.findAllByRole("alert");
    expect(await field()).toHaveValue("Tomorrow then");
    await sendLater();
    await waitFor(async () => expect(await field()).toHaveValue(""));
    expect([...stored.values()].map(({ type }) => type)).toEqual(["audio", "text"]);
    expect(attachments.of("c1")).toEqual([]);
    // The first was stored for the minute of the first press.
    const [first, second] = [...stored.values()];
    const moved = scene.server.asks("PATCH scheduled-replies/s1");
    expect(moved).toHaveLength(first?.send_at === second?.send_at ? 0 : 1);
  });

  it("goes from the composer though another conversation is open by then", async () => {
    let answer: (given: object) => void = () => {};
    scene.server.overrides[KEPT] = () => new Promise((resolve) => (answer = resolve));
    const { leave } = openThread(scene.server, [aMessage()]);
    await userEvent.type(await field(), "Tomorrow then");
    await sendLater();
    await waitFor(() => expect(bodies()).toHaveLength(1));
    leave();
    expect(draftOf("c1", 7)).toBe("Tomorrow then");
    await act(async () => answer({ status: 201, body: { id: "s1", ...bodies()[0] } }));
    await waitFor(() => expect(draftOf("c1", 7)).toBe(""));
  });

  it("leaves alone what was written meanwhile", async () => {
    let answer: (given: object) => void = () => {};
    scene.server.overrides[KEPT] = () => new Promise((resolve) => (answer = resolve));
    const { leave } = openThread(scene.server, [aMessage()]);
    await userEvent.type(await field(), "Tomorrow then");
    await sendLater();
    await waitFor(() => expect(bodies()).toHaveLength(1));
    leave();
    saveDraft("c1", "Something else", 7);
    await act(async () => answer({ status: 201, body: { id: "s1", ...bodies()[0] } }));
    await waitFor(() => expect(localStorage.getItem("kefu.draft.7.c1#refs")).toBeNull());
    expect(draftOf("c1", 7)).toBe("Something else");
  });

  it("keeps its dialog and what was chosen there while the server refuses", async () => {
    scene.server.refuse(KEPT, 409, { code: "too_many", message: "Too many wait already" });
    openThread(scene.server, [aMessage()]);
    await userEvent.type(await field(), "Tomorrow then");
    await userEvent.click(screen.getByRole("button", { name: "Send later" }));
    await userEvent.click(await screen.findByText("Pick a time…"));
    const dialog = within(await screen.findByRole("dialog"));
    await userEvent.click(dialog.getByRole("radio", { name: "Send it all the same" }));
    await userEvent.click(dialog.getByRole("button", { name: "Schedule" }));
    expect(await screen.findByText("Too many wait already")).toBeInTheDocument();
    expect(dialog.getByRole("radio", { name: "Send it all the same" })).toBeChecked();
    keeps({ failing: [] });
    await userEvent.click(dialog.getByRole("button", { name: "Schedule" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(bodies().at(-1)).toMatchObject({ meanwhile: "send" });
    expect(await field()).toHaveValue("");
  });
});
