import { beforeEach, describe, expect, it } from "vitest";
import { inOwnWords } from "../api/failure";
import { keys } from "../api/keys";
import i18n from "../i18n";
import { aMessage } from "../test/builders";
import { benClient, loadMessages, messagesIn } from "../test/cache";
import { applyMessage, retellFailures } from "./applyMessage";

const at = (minute: number) => `2026-03-01T08:${String(minute).padStart(2, "0")}:00Z`;
const ids = () => messagesIn(client).map((message) => message.id);
let client = benClient();

beforeEach(() => {
  client = benClient();
});

describe("a message", () => {
  it("is put newest first", () => {
    loadMessages(client, [
      [aMessage({ id: "m2", at: at(20) }), aMessage({ id: "m1", at: at(10) })],
    ]);
    applyMessage(client, aMessage({ id: "m3", at: at(30) }));
    applyMessage(client, aMessage({ id: "m1b", at: at(15) }));
    expect(ids()).toEqual(["m3", "m2", "m1b", "m1"]);
  });

  it("orders equal times by id", () => {
    loadMessages(client, [[aMessage({ id: "b", at: at(10) })]]);
    applyMessage(client, aMessage({ id: "c", at: at(10) }));
    applyMessage(client, aMessage({ id: "a", at: at(10) }));
    expect(ids()).toEqual(["c", "b", "a"]);
  });

  it("goes into the page it belongs to", () => {
    loadMessages(client, [
      [aMessage({ id: "m4", at: at(40) })],
      [aMessage({ id: "m2", at: at(20) }), aMessage({ id: "m1", at: at(10) })],
    ]);
    applyMessage(client, aMessage({ id: "m15", at: at(15) }));
    expect(ids()).toEqual(["m4", "m2", "m15", "m1"]);
  });

  it("replaces its older version in place", () => {
    loadMessages(client, [[aMessage({ version: 1, status: "sent" })]]);
    applyMessage(client, aMessage({ version: 2, status: "read" }));
    expect(messagesIn(client)).toHaveLength(1);
    expect(messagesIn(client)[0]?.status).toBe("read");
  });

  it("moves when its time changed", () => {
    loadMessages(client, [
      [aMessage({ id: "m2", at: at(20) }), aMessage({ id: "m1", at: at(10) })],
    ]);
    applyMessage(client, aMessage({ id: "m1", version: 2, at: at(30) }));
    expect(ids()).toEqual(["m1", "m2"]);
  });

  it("never replaces a newer version", () => {
    loadMessages(client, [[aMessage({ version: 3, status: "read" })]]);
    applyMessage(client, aMessage({ version: 2, status: "sent" }));
    expect(messagesIn(client)[0]?.status).toBe("read");
  });

  it("stays one when told twice", () => {
    loadMessages(client, [[]]);
    applyMessage(client, aMessage());
    applyMessage(client, aMessage());
    expect(ids()).toEqual(["m1"]);
  });

  it("takes the place of our optimistic one with the same client_ref", () => {
    const local = aMessage({ id: "local", version: 0, client_ref: "r1", at: at(20) });
    loadMessages(client, [[local, aMessage({ id: "m0", at: at(5) })]]);
    applyMessage(client, aMessage({ id: "m9", client_ref: "r1", at: at(21) }));
    expect(ids()).toEqual(["m9", "m0"]);
  });

  it("removes an optimistic one that is still there when the real one is already known", () => {
    const local = aMessage({ id: "local", version: 0, client_ref: "r1", at: at(20) });
    const real = aMessage({ id: "m9", version: 1, client_ref: "r1", at: at(21) });
    loadMessages(client, [[real, local]]);
    applyMessage(client, real);
    expect(ids()).toEqual(["m9"]);
  });

  it("does not confuse messages without a client_ref", () => {
    loadMessages(client, [[aMessage({ id: "m1", client_ref: null })]]);
    applyMessage(client, aMessage({ id: "m2", client_ref: null, at: at(30) }));
    expect(ids()).toEqual(["m2", "m1"]);
  });

  it("older than all that is loaded waits for its page", () => {
    loadMessages(client, [[aMessage({ id: "m2", at: at(20) })]], "more");
    applyMessage(client, aMessage({ id: "m0", at: at(1) }));
    expect(ids()).toEqual(["m2"]);
  });

  it("older than all is appended when the thread is complete, also when empty", () => {
    loadMessages(client, [[aMessage({ id: "m2", at: at(20) })]]);
    applyMessage(client, aMessage({ id: "m0", at: at(1) }));
    expect(ids()).toEqual(["m2", "m0"]);
  });

  it("of a thread that is not loaded is left to the fetch", () => {
    applyMessage(client, aMessage());
    expect(client.getQueryData(keys.messages("c1"))).toBeUndefined();
  });
});

describe("why a message failed", () => {
  const words = {
    "zh-hant": { message: "已過 24 小時", remedy: "請改用模板" },
    en: { message: "24 hours are over", remedy: "" },
  };
  const failed = { code: "131047", retryable: false, message: "", remedy: null, words };
  const told = () => messagesIn(client)[0]?.error;

  it("is told in the reader's language, also after it was changed", async () => {
    await i18n.changeLanguage("zh-Hant");
    loadMessages(client, [[]]);
    applyMessage(client, aMessage({ status: "failed", error: failed }));
    expect(told()).toMatchObject({ message: "已過 24 小時", remedy: "請改用模板" });
    retellFailures(client, "en");
    expect(told()).toMatchObject({ message: "24 hours are over", remedy: null });
  });

  it("in the other language when there are no words in one's own", () => {
    const own = inOwnWords(aMessage({ error: { ...failed, words: { en: words.en } } }), "zh-Hant");
    expect(own.error?.message).toBe("24 hours are over");
  });

  it("stays as it is when it already is in words, or there is nothing to tell", () => {
    const ours = aMessage({ error: { ...failed, message: "No network", words: undefined } });
    expect(inOwnWords(ours, "en")).toBe(ours);
    const fine = aMessage();
    expect(inOwnWords(fine, "en")).toBe(fine);
  });
});
