import { describe, expect, it, vi } from "vitest";
import { FakeSocket } from "../test/FakeSocket";
import { eventsFrame as events, socketHarness } from "../test/socketHarness";

const line = socketHarness();

describe("hello", () => {
  it("starts without cursors and is open once answered", () => {
    FakeSocket.last.welcomes();
    expect(FakeSocket.last.sent).toEqual([{ type: "hello", since: {} }]);
    expect(line.states.map((state) => state.phase)).toEqual(["connecting", "open"]);
    expect(line.told.fresh).toBe(1);
  });

  it("comes back with the cursors reached, and is then no fresh start", () => {
    FakeSocket.last.welcomes({ "region:1": 10, "person:7": 3 });
    FakeSocket.last.says(events("region:1", 12, [11, 12]));
    FakeSocket.last.drops();
    vi.advanceTimersByTime(500);
    FakeSocket.last.welcomes({ "region:1": 20, "person:7": 3 });
    expect(FakeSocket.last.sent[0]?.since).toEqual({ "region:1": 12, "person:7": 3 });
    expect(line.told.fresh).toBe(1);
  });

  it("starts a stream met later at its head", () => {
    FakeSocket.last.welcomes({ "region:1": 10 });
    FakeSocket.last.drops();
    vi.advanceTimersByTime(500);
    FakeSocket.last.welcomes({ "region:1": 11, "region:2": 90 });
    FakeSocket.last.drops();
    vi.advanceTimersByTime(5000);
    FakeSocket.last.opens();
    expect(FakeSocket.last.sent[0]?.since).toEqual({ "region:1": 10, "region:2": 90 });
  });

  it("that is never answered is given up", () => {
    FakeSocket.last.opens();
    vi.advanceTimersByTime(10_000);
    expect(line.states.at(-1)?.phase).toBe("waiting");
    expect(FakeSocket.last.closed).toBe(true);
  });
});

describe("events", () => {
  it("are handed on, and the cursor moves to upto also when none is for us", () => {
    FakeSocket.last.welcomes();
    FakeSocket.last.says(events("region:1", 13, [11, 13]));
    FakeSocket.last.says(events("region:1", 15));
    expect(line.heard[0]?.events.map((event) => event.seq)).toEqual([11, 13]);
    FakeSocket.last.drops();
    vi.advanceTimersByTime(500);
    FakeSocket.last.opens();
    expect(FakeSocket.last.sent[0]?.since).toEqual({ "region:1": 15 });
  });

  it("replayed in overlap never move the cursor back", () => {
    FakeSocket.last.welcomes();
    FakeSocket.last.says(events("region:1", 15, [15]));
    FakeSocket.last.says(events("region:1", 12, [12]));
    expect(line.heard).toHaveLength(2);
    FakeSocket.last.drops();
    vi.advanceTimersByTime(500);
    FakeSocket.last.opens();
    expect(FakeSocket.last.sent[0]?.since).toEqual({ "region:1": 15 });
  });

  it("that make no sense are passed over", () => {
    FakeSocket.last.welcomes();
    FakeSocket.last.says("not json");
    FakeSocket.last.says({ no: "type" });
    FakeSocket.last.says({ type: "weather" });
    FakeSocket.last.onmessage?.({ data: new ArrayBuffer(2) });
    expect(line.states.at(-1)?.phase).toBe("open");
    expect(line.heard).toEqual([]);
  });
});

describe("silence", () => {
  it("of two and a half beats ends the connection", () => {
    FakeSocket.last.welcomes();
    vi.advanceTimersByTime(37_499);
    expect(line.states.at(-1)?.phase).toBe("open");
    vi.advanceTimersByTime(1);
    expect(line.states.at(-1)?.phase).toBe("waiting");
  });

  it("is broken by a heartbeat, which is answered", () => {
    FakeSocket.last.welcomes();
    vi.advanceTimersByTime(30_000);
    FakeSocket.last.says({ type: "heartbeat", heads: { "region:1": 10 } });
    expect(FakeSocket.last.sent.at(-1)).toEqual({ type: "heartbeat" });
    vi.advanceTimersByTime(30_000);
    expect(line.states.at(-1)?.phase).toBe("open");
  });

  it("in a hidden tab is judged by the clock on return", () => {
    FakeSocket.last.welcomes();
    vi.setSystemTime(Date.now() + 60_000);
    line.look();
    expect(FakeSocket.all).toHaveLength(2);
  });

  it("short enough on return changes nothing", () => {
    FakeSocket.last.welcomes();
    vi.setSystemTime(Date.now() + 10_000);
    line.look();
    expect(FakeSocket.all).toHaveLength(1);
  });
});

describe("a head we stay behind", () => {
  const beat = (head: number) =>
    FakeSocket.last.says({ type: "heartbeat", heads: { "region:1": head } });

  it("is asked for again after one more beat", () => {
    FakeSocket.last.welcomes();
    beat(12);
    expect(FakeSocket.all).toHaveLength(1);
    beat(12);
    expect(FakeSocket.all).toHaveLength(2);
    FakeSocket.last.opens();
    expect(FakeSocket.last.sent[0]?.since).toEqual({ "region:1": 10 });
  });

  it("is left in peace when the events arrive in time", () => {
    FakeSocket.last.welcomes();
    beat(12);
    FakeSocket.last.says(events("region:1", 12, [12]));
    beat(12);
    expect(FakeSocket.all).toHaveLength(1);
  });

  it("is asked for once only: the replay had nothing for us", () => {
    FakeSocket.last.welcomes();
    beat(12);
    beat(12);
    FakeSocket.last.welcomes({ "region:1": 12 });
    beat(12);
    beat(12);
    beat(12);
    expect(FakeSocket.all).toHaveLength(2);
  });
});
