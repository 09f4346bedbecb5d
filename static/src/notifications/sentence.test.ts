import { describe, expect, it } from "vitest";
import type { Notification } from "../api/types";
import { pathOf, sentence } from "./sentence";

function alarm(data: Record<string, unknown>): Notification {
  return {
    id: "1",
    kind: "alarm.raised",
    conversation_id: null,
    contact_name: null,
    actor: null,
    note: null,
    data,
    created_at: "2026-11-28T00:00:00Z",
    read_at: null,
  };
}

/** Tells which words are asked for. */
const asked = ((key: string) => key) as unknown as Parameters<typeof sentence>[0];

describe("an alarm", () => {
  it("says whether the account was locked", () => {
    expect(sentence(asked, alarm({ done: "told" }))).toBe("notifications.kind.alarm.raised.says");
    expect(sentence(asked, alarm({ done: "locked" }))).toBe(
      "notifications.kind.alarm.raised.locked",
    );
    expect(sentence(asked, alarm({ done: "anything" }))).toBe(
      "notifications.kind.alarm.raised.says",
    );
  });

  it("leads to its page in the admin", () => {
    expect(pathOf(alarm({ alarm: "7f" }))).toBe("/admin/security/behaviouralarm/7f/change/");
  });
});

it("leads from a changed behaviour rule to that rule", () => {
  const changed = { ...alarm({ rule: "4" }), kind: "behaviour.changed" };
  expect(pathOf(changed)).toBe("/admin/security/behaviourrule/4/change/");
});
