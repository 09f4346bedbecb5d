import { describe, expect, it } from "vitest";
import { duration, fileSize, mediaBox } from "./mediaBox";

describe("the room for a picture", () => {
  it("keeps the shape within 320 × 340", () => {
    expect(mediaBox(1280, 960)).toEqual({ width: 320, height: 240 });
    expect(mediaBox(700, 1400)).toEqual({ width: 170, height: 340 });
  });

  it("never enlarges, but can always be pressed", () => {
    expect(mediaBox(200, 150)).toEqual({ width: 200, height: 150 });
    expect(mediaBox(10, 10)).toEqual({ width: 120, height: 90 });
  });

  it("is there before the size is known", () => {
    expect(mediaBox(null, null)).toEqual({ width: 260, height: 195 });
    expect(mediaBox(0, 0)).toEqual({ width: 260, height: 195 });
  });
});

describe("numbers", () => {
  it.each([
    [0, "0 B"],
    [2048, "2 KB"],
    [5 * 1024 * 1024, "5 MB"],
    [2.44 * 1024 * 1024, "2.4 MB"],
  ])("%i bytes are %s", (bytes, words) => expect(fileSize(bytes)).toBe(words));

  it("of seconds read as a clock", () => {
    expect(duration(65)).toBe("1:05");
    expect(duration(Number.NaN)).toBe("–:––");
  });
});
