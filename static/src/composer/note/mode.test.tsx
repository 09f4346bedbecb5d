import { act, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { aMessage } from "../../test/builders";
import { fakeThread, lastPosted, openThread, POST } from "../../thread/test/openThread";
import { askToAnswer } from "../answerHere";
import { attachments } from "../attachments";

const scene = fakeThread();
const answer = () => screen.findByRole<HTMLTextAreaElement>("textbox", { name: /Message to/ });
const note = () => screen.findByRole<HTMLTextAreaElement>("textbox", { name: /Internal note on/ });

async function toNote(): Promise<void> {
  await answer();
  await userEvent.click(screen.getByRole("button", { name: "Internal note" }));
  await note();
}

describe("what is meant for the customer leaves the note for the answer", () => {
  it("the key R", async () => {
    openThread(scene.server, [aMessage()]);
    await toNote();
    act(() => void askToAnswer());
    expect(await answer()).toHaveFocus();
  });

  it("a reply on a message", async () => {
    openThread(scene.server, [aMessage({ id: "m1" })]);
    await toNote();
    await userEvent.click(screen.getByRole("button", { name: "Reply" }));
    await userEvent.type(await answer(), "Yes{Enter}");
    await waitFor(() => expect(lastPosted(scene.server).reply_to).toBe("m1"));
  });

  it("words that could not be sent", async () => {
    scene.server.refuse(POST, 400, { code: "odd", message: "Not so" });
    openThread(scene.server, [aMessage()]);
    await userEvent.type(await answer(), "Hm{Enter}");
    await screen.findByText(/Not so/);
    await toNote();
    await userEvent.click(screen.getByRole("button", { name: "Edit" }));
    expect(await answer()).toHaveValue("Hm");
    expect(screen.queryByText(/Not so/)).toBeNull();
  });
});

it("an answer that waits for its files is not given up for a note", async () => {
  vi.stubGlobal(
    "XMLHttpRequest",
    class {
      upload = {};
      open() {}
      setRequestHeader() {}
      send() {}
      abort() {}
    },
  );
  openThread(scene.server, [aMessage()]);
  await answer();
  act(() => attachments.add("c1", [new File(["png"], "a.png", { type: "image/png" })]));
  await userEvent.type(await answer(), "Look{Enter}");
  await userEvent.keyboard("{Control>}i{/Control}");
  expect(await screen.findByText(/leaves as soon as its files are uploaded/)).toBeInTheDocument();
  expect(await answer()).toHaveValue("Look");
  const [item] = attachments.of("c1");
  const upload = { id: "u1", name: "a.png", kind: "image", mime_type: "image/png", size: 3 };
  act(() => attachments.change("c1", item?.key ?? "", { state: "ready", upload }));
  await waitFor(() => expect(lastPosted(scene.server).upload).toBe("u1"));
});
