import { fireEvent, render, screen } from "@testing-library/react";
import { beforeEach, expect, it } from "vitest";
import { useShortcuts } from "./useShortcuts";

let pressed: string[] = [];

function Page() {
  useShortcuts({ j: () => pressed.push("j"), "?": () => pressed.push("?") });
  return (
    <>
      <a href="/x">row</a>
      <textarea aria-label="composer" />
      <div role="dialog">
        <button type="button">inside</button>
      </div>
    </>
  );
}

beforeEach(() => {
  pressed = [];
  render(<Page />);
});

it("acts with the focus on the page or in the list", () => {
  fireEvent.keyDown(document.body, { key: "j" });
  fireEvent.keyDown(screen.getByRole("link"), { key: "?" });
  expect(pressed).toEqual(["j", "?"]);
});

it("keeps quiet for keys it does not know", () => {
  const event = new KeyboardEvent("keydown", { key: "z", bubbles: true, cancelable: true });
  document.body.dispatchEvent(event);
  expect(event.defaultPrevented).toBe(false);
});

it("never takes a key from someone typing, from a dialog, or from the browser", () => {
  fireEvent.keyDown(screen.getByLabelText("composer"), { key: "j" });
  fireEvent.keyDown(screen.getByRole("button"), { key: "j" });
  fireEvent.keyDown(document.body, { key: "j", ctrlKey: true });
  fireEvent.keyDown(document.body, { key: "j", metaKey: true });
  fireEvent.keyDown(document.body, { key: "j", altKey: true });
  expect(pressed).toEqual([]);
});

it("never takes a key while Chinese is being composed", () => {
  fireEvent.keyDown(document.body, { key: "j", isComposing: true });
  fireEvent.keyDown(document.body, { key: "j", keyCode: 229 });
  expect(pressed).toEqual([]);
});

it("is dead while a dialog covers the page, wherever the focus is, even for the key that closes it", () => {
  const dialog = document.body.appendChild(document.createElement("div"));
  dialog.setAttribute("aria-modal", "true");
  fireEvent.keyDown(document.body, { key: "j" });
  window.addEventListener("keydown", () => dialog.remove(), { capture: true, once: true });
  fireEvent.keyDown(document.body, { key: "j" });
  expect(pressed).toEqual([]);
  fireEvent.keyDown(document.body, { key: "j" });
  expect(pressed).toEqual(["j"]);
});
