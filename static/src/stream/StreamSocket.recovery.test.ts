import { describe, expect, it, vi } from "vitest";
import { FakeSocket } from "../test/FakeSocket";
import { eventsFrame as events, socketHarness } from "../test/socketHarness";

const line = socketHarness();

describe("a lost connection", () => {
  it("waits longer each time, and says until when", () => {
    const waits: number[] = [];
    for (let n = 0; n < 7; n += 1) {
      FakeSocket.last.drops();
      const state = line.states.at(-1);
      if (state?.phase !== "waiting") throw new Error("expected to wait");
      waits.push(state.retryAt - Date.now());
      vi.advanceTimersByTime(waits.at(-1) ?? 0);
    }
    expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 15_000, 15_000]);
  });

  it("starts over with short waits only after a steady connection", () => {
    FakeSocket.last.drops();
    vi.advanceTimersByTime(500);
    FakeSocket.last.welcomes();
    FakeSocket.last.drops();
    expect(line.states.at(-1)).toMatchObject({ retryAt: Date.now() + 1000 });
    vi.advanceTimersByTime(1000);
    FakeSocket.last.welcomes();
    vi.advanceTimersByTime(5000);
    FakeSocket.last.drops();
    expect(line.states.at(-1)).toMatchObject({ retryAt: Date.now() + 500 });
  });

  it("is retried at once when asked, when the network is back, or on return to the tab", () => {
    FakeSocket.last.drops();
    line.socket.retryNow();
    expect(FakeSocket.all).toHaveLength(2);
    FakeSocket.last.drops();
    line.look();
    expect(FakeSocket.all).toHaveLength(3);
    FakeSocket.last.drops();
    line.become("online");
    expect(FakeSocket.all).toHaveLength(4);
  });

  it("is not retried while open", () => {
    FakeSocket.last.welcomes();
    line.socket.retryNow();
    expect(FakeSocket.all).toHaveLength(1);
  });
});

describe("no network", () => {
  it("is noticed at once, and still tried: the server may be on this machine", () => {
    FakeSocket.last.welcomes();
    line.become("offline");
    expect(line.states.at(-1)?.phase).toBe("offline");
    expect(FakeSocket.last.closed).toBe(true);
    vi.advanceTimersByTime(500);
    FakeSocket.last.welcomes();
    expect(line.states.at(-1)?.phase).toBe("open");
  });

  it("while waiting changes nothing", () => {
    FakeSocket.last.drops();
    const before = line.states.length;
    line.become("offline");
    expect(line.states).toHaveLength(before);
  });
});

describe("a close with a reason", () => {
  it("4401: signed out, and no more tries", () => {
    FakeSocket.last.drops(4401);
    vi.advanceTimersByTime(60_000);
    line.look();
    line.become("online");
    expect(line.told.signedOut).toBe(1);
    expect(FakeSocket.all).toHaveLength(1);
  });

  it.each([
    [4403, "origin"],
    [4410, "outdated"],
  ])("%i: refused as %s, and no tries by itself", (code, reason) => {
    FakeSocket.last.drops(code);
    expect(line.states.at(-1)).toEqual({ phase: "refused", reason });
    vi.advanceTimersByTime(60_000);
    expect(FakeSocket.all).toHaveLength(1);
  });

  it("4409: everything anew, from empty cursors", () => {
    FakeSocket.last.welcomes();
    FakeSocket.last.drops(4409);
    expect(line.told.reset).toBe(1);
    vi.advanceTimersByTime(500);
    FakeSocket.last.welcomes({ "region:1": 99 });
    expect(FakeSocket.last.sent[0]?.since).toEqual({});
    expect(line.told.fresh).toBe(2);
  });
});

it("a reset frame drops the cursors and goes on from the heads it names", () => {
  FakeSocket.last.welcomes();
  FakeSocket.last.says({ type: "reset", heads: { "region:1": 50 } });
  expect(line.told.reset).toBe(1);
  FakeSocket.last.drops();
  vi.advanceTimersByTime(500);
  FakeSocket.last.opens();
  expect(FakeSocket.last.sent[0]?.since).toEqual({ "region:1": 50 });
});

it("once stopped hears nothing and tries nothing", () => {
  const last = FakeSocket.last;
  last.welcomes();
  line.socket.stop();
  last.says(events("region:1", 11, [11]));
  last.drops();
  line.become("online");
  vi.advanceTimersByTime(60_000);
  expect(line.heard).toEqual([]);
  expect(FakeSocket.all).toHaveLength(1);
  expect(line.states.at(-1)?.phase).toBe("stopped");
});
