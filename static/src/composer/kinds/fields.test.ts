import { describe, expect, it } from "vitest";
import { coordinatesIn } from "./coordinates";
import { cleaned, emptyValues, findProblems } from "./fields";
import { kindNamed, kinds } from "./kinds";

const list = kindNamed("list");
const row = (title: string) => ({ title });
const filled = {
  text: "Pick",
  button: "Open",
  sections: [{ title: "A", rows: [row("one"), row("two")] }],
};

describe("a form", () => {
  it.each(kinds.map(({ name }) => name))(
    "of %s begins with what is missing told by name",
    (name) => {
      const { fields } = kindNamed(name);
      const problems = findProblems(fields, emptyValues(fields));
      expect(Object.keys(problems).length).toBeGreaterThan(0);
      expect(Object.values(problems).every(({ code }) => code === "required")).toBe(true);
    },
  );

  it("finds nothing wrong with a complete list", () => {
    expect(findProblems(list.fields, filled)).toEqual({});
  });

  it("counts characters as WhatsApp does", () => {
    const values = { ...filled, button: "👍".repeat(20) };
    expect(findProblems(list.fields, values)).toEqual({});
    expect(findProblems(list.fields, { ...filled, button: "👍".repeat(21) })).toEqual({
      button: { code: "tooLong", n: 20 },
    });
  });

  it("names the row that is too long", () => {
    const sections = [{ rows: [row("fine"), row("x".repeat(25))] }];
    expect(findProblems(list.fields, { ...filled, sections })).toEqual({
      "sections.0.rows.1.title": { code: "tooLong", n: 24 },
    });
  });

  it("wants titles once there are several sections, and ten rows altogether at most", () => {
    const six = Array.from({ length: 6 }, (_, n) => row(`r${n}`));
    const sections = [{ title: "A", rows: six }, { rows: six }];
    expect(findProblems(list.fields, { ...filled, sections })).toEqual({
      sections: { code: "tooMany", n: 10 },
      "sections.1.title": { code: "required" },
    });
  });

  it("wants buttons that differ, and links that are links", () => {
    const buttons = [row("Yes"), row("Yes ")];
    expect(findProblems(kindNamed("button").fields, { text: "?", buttons })).toEqual({
      "buttons.1.title": { code: "repeated" },
    });
    const link = { text: "?", label: "Open", url: "javascript:alert(1)" };
    expect(findProblems(kindNamed("cta_url").fields, link)).toEqual({ url: { code: "notALink" } });
  });

  it("sends trimmed texts and real numbers, without what was left empty", () => {
    const { fields } = kindNamed("location");
    const values = { name: " Shop ", address: "  ", latitude: "25.03", longitude: "121.5" };
    expect(cleaned(fields, values)).toEqual({ name: "Shop", latitude: 25.03, longitude: 121.5 });
    const card = { contacts: [{ name: "Ana", phones: [" +886 900 000 000 ", ""], emails: [""] }] };
    expect(cleaned(kindNamed("contacts").fields, card)).toEqual({
      contacts: [{ name: "Ana", phones: ["+886 900 000 000"], emails: [] }],
    });
  });
});

describe("a place copied from a map", () => {
  it.each([
    ["25.0330, 121.5654", "25.0330", "121.5654"],
    ["25.0330，121.5654", "25.0330", "121.5654"],
    ["https://www.google.com/maps/@25.03,121.56,17z", "25.03", "121.56"],
    ["https://www.google.com/maps/place/X/@1,2,3z/data=!3d25.04!4d121.5", "25.04", "121.5"],
    ["https://maps.google.com/?q=-33.86,151.2", "-33.86", "151.2"],
    ["https://www.openstreetmap.org/?mlat=25.1&mlon=121.2#map=17/25.1/121.2", "25.1", "121.2"],
  ])("is found in %s", (text, latitude, longitude) => {
    expect(coordinatesIn(text)).toEqual({ latitude, longitude });
  });

  it.each(["", "somewhere", "91, 10", "10, 181", "https://example.com/"])(
    "is not found in “%s”",
    (text) => {
      expect(coordinatesIn(text)).toBeNull();
    },
  );
});
