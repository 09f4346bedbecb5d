import { beforeEach, describe, expect, it, vi } from "vitest";
import { clearDrafts, draftOf, draftsOf, saveDraft, subscribeDrafts } from "./drafts";

beforeEach(() => draftsOf(7));

describe("a draft", () => {
  it("is kept per conversation", () => {
    saveDraft("c1", "您好");
    saveDraft("c2", "hello");
    expect([draftOf("c1"), draftOf("c2"), draftOf("c3")]).toEqual(["您好", "hello", ""]);
  });

  it("is one person's own", () => {
    saveDraft("c1", "Ben's words");
    draftsOf(8);
    expect(draftOf("c1")).toBe("");
    expect(draftOf("c1", 7)).toBe("Ben's words");
  });

  it("of nothing but blanks is none", () => {
    saveDraft("c1", "x");
    saveDraft("c1", "  \n");
    expect(draftOf("c1")).toBe("");
    expect(localStorage).toHaveLength(0);
  });

  it("is gone after signing out, for everyone at this browser", () => {
    saveDraft("c1", "secret");
    saveDraft("c1", "other", 8);
    localStorage.setItem("kefu.locale", "en");
    clearDrafts();
    expect(draftOf("c1", 7) + draftOf("c1", 8)).toBe("");
    expect(localStorage.getItem("kefu.locale")).toBe("en");
  });

  it("tells lists that it changed, once", () => {
    const heard = vi.fn();
    const stop = subscribeDrafts(heard);
    saveDraft("c1", "x");
    saveDraft("c1", "x");
    stop();
    saveDraft("c1", "y");
    expect(heard).toHaveBeenCalledTimes(1);
  });

  it("that does not fit does not stop the typing", () => {
    const full = vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
      throw new DOMException("full", "QuotaExceededError");
    });
    expect(() => saveDraft("c1", "long")).not.toThrow();
    full.mockRestore();
  });
});
