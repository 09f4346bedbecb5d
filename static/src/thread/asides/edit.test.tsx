import { fireEvent, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { aMessage } from "../../test/builders";
import { fakeThread, openThread } from "../test/openThread";

const scene = fakeThread();
const written = {
  id: "k1",
  version: 1,
  conversation_id: "c1",
  client_ref: "r",
  text: "Look",
  mentions: [],
  files: [],
  author: { id: 7, name: "Ben" },
  created_at: new Date().toISOString(),
  edited_at: null,
  deleted_at: null,
};
const form = () => screen.findByRole("textbox", { name: "Edit" });

it("a note being changed keeps its words when its row goes, and through an input method's Esc", async () => {
  scene.server.overrides["GET conversations/c1/notes"] = {
    body: { results: [written], next: null },
  };
  const { leave } = openThread(scene.server, [aMessage()]);
  await userEvent.click(await screen.findByRole("button", { name: /note/i, expanded: false }));
  await userEvent.click(await screen.findByRole("menuitem", { name: "Edit" }));
  await userEvent.type(await form(), " here");
  fireEvent.keyDown(await form(), { key: "Escape", isComposing: true });
  leave();
  openThread(scene.server, [aMessage()]);
  expect(await form()).toHaveValue("Look here");
  scene.server.overrides["PATCH internal-notes/k1"] = {
    body: { ...written, version: 2, text: "Look here" },
  };
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(screen.queryByRole("textbox", { name: "Edit" })).toBeNull());
  expect(localStorage.getItem("kefu.draft.7.edit.k1")).toBeNull();
});
