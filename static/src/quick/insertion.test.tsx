import { fireEvent, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { aMessage } from "../test/builders";
import { fakeThread, lastPosted, openThread, POST } from "../thread/test/openThread";

const scene = fakeThread();
const asks = {
  id: "r1",
  shortcut: "size",
  title: "Size",
  text: "Which size?",
  region: null,
  buttons: ["S", "M"],
};
const field = () => screen.findByRole<HTMLTextAreaElement>("textbox", { name: /Message to/ });

beforeEach(() => {
  scene.server.overrides["GET conversations/c1/replies"] = {
    body: {
      results: [asks],
      suggested: [],
      values: {},
      offers: {},
      variables: [],
      greeting: "",
      language: "en",
      opens_at: "2026-03-03T01:00:00Z",
    },
  };
});

async function choose(): Promise<() => void> {
  const { leave } = openThread(scene.server, [aMessage()]);
  await userEvent.type(await field(), "/size");
  await screen.findByRole("option");
  await userEvent.keyboard("{Enter}");
  expect(await field()).toHaveValue("Which size?");
  return leave;
}

describe("a canned reply's buttons", () => {
  it("are still there after a look elsewhere, and leave with it", async () => {
    const leave = await choose();
    leave();
    openThread(scene.server, [aMessage()]);
    await userEvent.type(await field(), "{Enter}");
    await waitFor(() => expect(lastPosted(scene.server).type).toBe("interactive"));
    expect(lastPosted(scene.server)).toMatchObject({ canned_reply: "r1" });
  });

  it("do not go with other words, once its own were deleted", async () => {
    await choose();
    fireEvent.change(await field(), { target: { value: "" } });
    await userEvent.type(await field(), "Something else{Enter}");
    await waitFor(() => expect(scene.server.asks(POST)).toHaveLength(1));
    expect(lastPosted(scene.server)).toMatchObject({ type: "text", text: "Something else" });
    expect(lastPosted(scene.server).canned_reply).toBeUndefined();
  });

  it("are not left over for the next one after sending", async () => {
    await choose();
    await userEvent.type(await field(), "{Enter}Next{Enter}");
    await waitFor(() => expect(scene.server.asks(POST)).toHaveLength(2));
    expect(lastPosted(scene.server).type).toBe("text");
  });
});
