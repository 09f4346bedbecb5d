import { describe, expect, it } from "vitest";
import type { MessageStatus } from "../../api/types";
import { aMessage } from "../../test/builders";
import { stepsOf, tickOf } from "./tick";

describe("the tick", () => {
  it.each<[MessageStatus, string | null]>([
    ["queued", "clock"],
    ["sending", "clock"],
    ["accepted", "sent"],
    ["sent", "sent"],
    ["delivered", "delivered"],
    ["read", "read"],
    ["played", "played"],
    ["failed", "failed"],
    ["unconfirmed", "unconfirmed"],
  ])("of %s is %s", (status, tick) => expect(tickOf({ direction: "out", status })).toBe(tick));

  it("is not there on what the customer wrote", () => {
    expect(tickOf({ direction: "in", status: "read" })).toBeNull();
  });

  it("survives a status this build does not know", () => {
    expect(tickOf({ direction: "out", status: "warped" as MessageStatus })).toBeNull();
  });

  it("tells its steps, newest first", () => {
    const message = aMessage({ sent_at: "a", read_at: "c" });
    expect(stepsOf(message)).toEqual([
      { step: "read_at", at: "c" },
      { step: "sent_at", at: "a" },
    ]);
  });
});
