import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { WireMessage } from "../api/types";
import { aMessage } from "../test/builders";
import { FakeServer } from "../test/fakeServer";
import { Outbox } from "./outbox";
import { asMessage } from "./waiting";

const POST = "POST conversations/c1/messages";
const draft = (text: string) => ({
  conversationId: "c1",
  author: { id: 7, name: "Ben" },
  quoted: null,
  content: { text },
  body: { type: "text" as const, text },
});

const carrier = (userId = 7, change = {}) => ({
  userId,
  sent: (message: WireMessage) => void sent.push(message),
  refused: () => undefined,
  ...change,
});

let server: FakeServer;
let outbox: Outbox;
let sent: WireMessage[];
const refs = () => server.asks(POST).map(({ body }) => (body as { client_ref: string }).client_ref);
const texts = () => server.asks(POST).map(({ body }) => (body as { text: string }).text);
const states = () => outbox.of("c1").map(({ state }) => state);
const settled = () => vi.waitFor(() => expect(states()).not.toContain("sending"));

beforeEach(() => {
  server = new FakeServer();
  server.install();
  server.overrides[POST] = { status: 201, body: aMessage({ id: "m9", direction: "out" }) };
  outbox = new Outbox();
  sent = [];
  outbox.open(carrier());
});
afterEach(() => vi.unstubAllGlobals());

describe("the outbox", () => {
  it("shows a message at once, and lets it go when the server has it", async () => {
    outbox.send(draft("hi"));
    expect(outbox.of("c1").map((waiting) => asMessage(waiting).status)).toEqual(["queued"]);
    expect(outbox.isEmpty()).toBe(false);
    await settled();
    expect(outbox.isEmpty()).toBe(true);
    expect(sent.map(({ id }) => id)).toEqual(["m9"]);
  });

  it("keeps what could not be sent, and sends it again under the same client_ref", async () => {
    server.overrides[POST] = { status: 0 };
    const { ref } = outbox.send(draft("hi"));
    await settled();
    const [failed] = outbox.of("c1");
    expect(failed && asMessage(failed)).toMatchObject({
      status: "failed",
      error: { code: "offline", retryable: true },
    });
    server.overrides[POST] = { body: aMessage({ id: "m9" }) };
    outbox.retry("c1", ref);
    expect(states()).toEqual(["sending"]);
    await settled();
    expect(refs()).toEqual([ref, ref]);
    expect(outbox.of("c1")).toEqual([]);
  });

  it("does not send twice when retry is pressed twice", async () => {
    server.overrides[POST] = { status: 0 };
    const { ref } = outbox.send(draft("hi"));
    await settled();
    outbox.retry("c1", ref);
    outbox.retry("c1", ref);
    await settled();
    expect(refs()).toHaveLength(2);
  });

  it("sends one after the other, in the order written", async () => {
    const askedWhenAnswered: number[] = [];
    outbox.open(carrier(7, { sent: () => void askedWhenAnswered.push(server.asks(POST).length) }));
    outbox.send(draft("one"));
    outbox.send(draft("two"));
    await settled();
    expect(askedWhenAnswered).toEqual([1, 2]);
    expect(texts()).toEqual(["one", "two"]);
  });

  it("does not offer to retry what is refused for what it is", async () => {
    server.refuse(POST, 403, { code: "not_allowed", message: "You may not", remedy: "Ask Ana" });
    outbox.send(draft("hi"));
    await settled();
    const [failed] = outbox.of("c1");
    expect(failed && asMessage(failed).error).toEqual({
      code: "not_allowed",
      message: "You may not",
      remedy: "Ask Ana",
      retryable: false,
    });
  });

  it("lets go of a refused message that is dealt with elsewhere", async () => {
    server.refuse(POST, 400, { code: "text_too_long", field: "text" });
    outbox.takeBack("c1", () => true);
    outbox.send(draft("hi"));
    await settled();
    expect(outbox.of("c1")).toEqual([]);
  });

  it("throws away what the agent throws away", async () => {
    server.overrides[POST] = { status: 0 };
    const { ref } = outbox.send(draft("hi"));
    await settled();
    outbox.discard("c1", ref);
    expect(outbox.of("c1")).toEqual([]);
  });
});

describe("what failed on the way", () => {
  it.each([0, 401, 429, 502, 503, 504])(
    "holds what was written after it (status %i)",
    async (status) => {
      server.overrides[POST] = { status };
      outbox.send(draft("one"));
      outbox.send(draft("two"));
      await settled();
      expect(texts()).toEqual(["one"]);
      expect(states()).toEqual(["failed", "failed"]);
      server.overrides[POST] = { body: aMessage({ id: "m9" }) };
      outbox.retryHeld();
      await settled();
      expect(texts()).toEqual(["one", "one", "two"]);
    },
  );

  it("goes before what is written next, whichever is pressed", async () => {
    server.overrides[POST] = { status: 0 };
    outbox.send(draft("one"));
    await settled();
    const { ref } = outbox.send(draft("two"));
    await settled();
    expect(texts()).toEqual(["one", "one"]);
    server.overrides[POST] = { body: aMessage({ id: "m9" }) };
    outbox.retry("c1", ref);
    await settled();
    expect(texts().slice(2)).toEqual(["one", "two"]);
  });

  it("goes again in every conversation; what was refused does not", async () => {
    server.overrides[POST] = { status: 0 };
    const other = "POST conversations/c2/messages";
    server.overrides[other] = { status: 0 };
    outbox.send(draft("here"));
    outbox.send({ ...draft("there"), conversationId: "c2" });
    await vi.waitFor(() => expect(outbox.hasFailed("c2") && outbox.hasFailed("c1")).toBe(true));
    server.refuse(POST, 403, {});
    outbox.retryHeld();
    await settled();
    server.overrides[POST] = { body: aMessage({ id: "m9" }) };
    server.overrides[other] = { body: aMessage({ id: "m8" }) };
    outbox.retryHeld();
    await vi.waitFor(() => expect(outbox.of("c2")).toEqual([]));
    expect(outbox.of("c1").map(({ content }) => content.text)).toEqual(["here"]);
    expect(outbox.holdsAny()).toBe(false);
  });
});

describe("when the session ends", () => {
  /** The first post hangs until answered. */
  function hanging(): () => void {
    let answer: (response: Response) => void = () => {};
    vi.stubGlobal("fetch", (_path: string, init: RequestInit) => {
      const body = JSON.parse(String(init.body));
      server.asked.push({ method: "POST", path: POST.slice(5), body, headers: new Headers() });
      return new Promise<Response>((resolve) => {
        answer = resolve;
      });
    });
    return () => answer(new Response(JSON.stringify(aMessage({ id: "m9" })), { status: 201 }));
  }
  const pause = () => new Promise((done) => setTimeout(done, 20));

  it("nothing that was queued leaves in the next person's", async () => {
    const answer = hanging();
    outbox.send(draft("one"));
    outbox.send(draft("two"));
    outbox.clear();
    outbox.open(carrier(8));
    answer();
    await pause();
    expect(texts()).toEqual(["one"]);
    expect(sent).toEqual([]);
  });

  it("another person's messages are left alone, even before they are thrown away", async () => {
    const answer = hanging();
    outbox.send(draft("one"));
    outbox.send(draft("two"));
    outbox.open(carrier(8));
    answer();
    await pause();
    expect(texts()).toEqual(["one"]);
    expect(sent).toEqual([]);
  });

  it("the next person's own message does not wait for the one before", async () => {
    hanging();
    outbox.send(draft("one"));
    outbox.clear();
    outbox.open(carrier(8));
    outbox.send({ ...draft("mine"), author: { id: 8, name: "Cho" } });
    await pause();
    expect(texts()).toEqual(["one", "mine"]);
  });
});
