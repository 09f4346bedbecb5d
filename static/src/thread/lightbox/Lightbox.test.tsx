import { fireEvent, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it } from "vitest";
import { aMessage } from "../../test/builders";
import { fakeThread, openThread } from "../test/openThread";

const scene = fakeThread();

function aPicture(id: string, minute: number) {
  const file = { mime_type: "image/jpeg", size: 9, name: null, url: `/${id}`, thumbnail_url: null };
  const media = { id, state: "ready" as const, kind: "image", width: 640, height: 480, ...file };
  return aMessage({
    id,
    kind: "image",
    at: `2026-03-01T08:0${minute}:00Z`,
    content: { text: `words ${id}`, media },
  });
}

let behind: string[] = [];
const hear = (event: KeyboardEvent) => behind.push(event.key);
beforeEach(() => {
  behind = [];
  document.addEventListener("keydown", hear);
});
afterEach(() => document.removeEventListener("keydown", hear));

const dialog = () => screen.findByRole("dialog", { name: "Picture" });
const shows = async (words: string) =>
  waitFor(async () => expect(await dialog()).toHaveTextContent(words));

async function openLast() {
  const user = userEvent.setup();
  openThread(scene.server, [aPicture("m1", 0), aPicture("m2", 1), aPicture("m3", 2)]);
  const opener = (await screen.findAllByRole("button", { name: "Enlarge image" })).at(-1);
  await user.click(opener as HTMLElement);
  await shows("words m3");
  return { user, opener };
}

it("keeps the keys from picture to picture, and gives the focus back", async () => {
  const { user, opener } = await openLast();
  for (const words of ["words m2", "words m1", "words m1"]) {
    await user.keyboard("{ArrowLeft}");
    await shows(words);
    expect(await dialog()).toContainElement(document.activeElement as HTMLElement);
  }
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(opener).toHaveFocus();
  expect(behind).toEqual([]);
});

it("keeps them when the arrow that was pressed is gone, and after a press on the picture", async () => {
  const { user } = await openLast();
  await user.click(screen.getByRole("button", { name: "Previous picture" }));
  await user.click(screen.getByRole("button", { name: "Previous picture" }));
  await shows("words m1");
  expect(screen.queryByRole("button", { name: "Previous picture" })).toBeNull();
  expect(await dialog()).toContainElement(document.activeElement as HTMLElement);
  await user.click((await dialog()).querySelector("img") as HTMLElement);
  expect(await dialog()).toContainElement(document.activeElement as HTMLElement);
});

it("hears its keys even with the focus on the page behind", async () => {
  await openLast();
  fireEvent.keyDown(document.body, { key: "ArrowLeft" });
  await shows("words m2");
  fireEvent.keyDown(document.body, { key: "Escape" });
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(behind).toEqual([]);
});
