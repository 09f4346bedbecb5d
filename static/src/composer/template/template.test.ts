import { describe, expect, it } from "vitest";
import {
  canFill,
  componentsOf,
  filledOf,
  headerFile,
  isComplete,
  shownOf,
  slotsOf,
  type Template,
} from "./template";

const update: Template = {
  name: "order_update",
  language: "en",
  category: "UTILITY",
  parameter_format: "POSITIONAL",
  fixed: false,
  components: [
    { type: "HEADER", format: "TEXT", text: "Order {{1}}" },
    { type: "BODY", text: "Hello {{1}}, {{2}} is ready. Bye, {{1}}" },
    { type: "FOOTER", text: "Demo shop" },
    {
      type: "BUTTONS",
      buttons: [
        { type: "QUICK_REPLY", text: "Stop" },
        { type: "URL", text: "Track", url: "https://example.org/t/{{1}}" },
        { type: "COPY_CODE", text: "Copy" },
      ],
    },
  ],
};
const filled = {
  "header.1": "A-1",
  "body.1": "Ana",
  "body.2": "tea",
  "button.1": "abc",
  "button.2": "SAVE",
};

describe("a template", () => {
  it("is filled in again from what is sent of it", () => {
    expect(filledOf(update, componentsOf(update, filled))).toEqual(filled);
  });

  it("asks for each variable once, and for what its buttons need", () => {
    expect(slotsOf(update).map(({ key }) => key)).toEqual(Object.keys(filled));
    expect(isComplete(update, { ...filled, "body.2": " " })).toBe(false);
    expect(isComplete(update, filled)).toBe(true);
  });

  it("is sent with the parts that have variables, as Meta spells them", () => {
    expect(componentsOf(update, filled)).toEqual([
      { type: "header", parameters: [{ type: "text", text: "A-1" }] },
      {
        type: "body",
        parameters: [
          { type: "text", text: "Ana" },
          { type: "text", text: "tea" },
        ],
      },
      { type: "button", sub_type: "url", index: "1", parameters: [{ type: "text", text: "abc" }] },
      {
        type: "button",
        sub_type: "copy_code",
        index: "2",
        parameters: [{ type: "coupon_code", coupon_code: "SAVE" }],
      },
    ]);
  });

  it("names its variables where the template does", () => {
    const named = {
      ...update,
      parameter_format: "NAMED",
      components: [{ type: "BODY", text: "Hello {{first_name}}" }],
    };
    expect(componentsOf(named, { "body.first_name": "Ana" })).toEqual([
      { type: "body", parameters: [{ type: "text", parameter_name: "first_name", text: "Ana" }] },
    ]);
  });

  it("is shown as the customer will read it, with braces where nothing is filled in yet", () => {
    expect(shownOf(update, { "body.1": "Ana" })).toEqual({
      name: "order_update",
      language: "en",
      header: "Order {{1}}",
      text: "Hello Ana, {{2}} is ready. Bye, Ana",
      footer: "Demo shop",
      buttons: ["Stop", "Track", "Copy"],
    });
  });

  it("tells which file it begins with, and whether this form can fill it", () => {
    const picture = { ...update, components: [{ type: "HEADER", format: "IMAGE" }] };
    expect([headerFile(picture), headerFile(update)]).toEqual(["image", null]);
    expect(canFill(picture)).toBe(true);
    expect(canFill({ ...update, components: [{ type: "HEADER", format: "LOCATION" }] })).toBe(
      false,
    );
    expect(canFill({ ...update, components: [{ type: "CAROUSEL", cards: [] }] })).toBe(false);
  });
});
