import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { showBadge } from "./badge";

const PLAIN = "http://localhost/plain.svg";
let pictures: { onload: (() => void) | null }[] = [];

beforeEach(() => {
  pictures = [];
  document.head.innerHTML = `<link rel="icon" href="${PLAIN}">`;
  class FakePicture {
    onload: (() => void) | null = null;
    src = "";
    constructor() {
      pictures.push(this);
    }
  }
  vi.stubGlobal("Image", FakePicture);
  const pen = { drawImage() {}, beginPath() {}, roundRect() {}, fill() {}, fillText: vi.fn() };
  let said = "";
  pen.fillText.mockImplementation((text: string) => {
    said = text;
  });
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(pen as never);
  vi.spyOn(HTMLCanvasElement.prototype, "toDataURL").mockImplementation(() => `data:,${said}`);
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  document.head.innerHTML = "";
});

const icon = () => document.querySelector<HTMLLinkElement>("link[rel=icon]")?.href;

it("draws the newest number only, in whichever order the pictures are there", () => {
  showBadge(3);
  showBadge(4);
  pictures[1]?.onload?.();
  pictures[0]?.onload?.();
  expect(icon()).toBe("data:,4");
});

it("is not drawn once nothing waits", () => {
  showBadge(5);
  showBadge(0);
  pictures[0]?.onload?.();
  expect(icon()).toBe(PLAIN);
});
