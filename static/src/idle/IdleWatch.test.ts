import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type Idle, IdleWatch } from "./IdleWatch";

const FIFTEEN = { seconds_left: 900, warning_seconds: 60, report_seconds: 60 };

interface Tab {
  watch: IdleWatch;
  left: (number | null)[];
  over: number;
  reports: number[];
}

let tabs: Tab[] = [];

/** A tab of a browser in which somebody is signed in; the server gives them fifteen minutes from what it is told. */
function open(idle: Idle = FIFTEEN): Tab {
  const tab: Tab = { watch: undefined as never, left: [], over: 0, reports: [] };
  tab.watch = new IdleWatch(idle, {
    onLeft: (seconds) => tab.left.push(seconds),
    onOver: () => {
      tab.over += 1;
    },
    report: async (ago) => {
      tab.reports.push(ago);
      return { ...FIFTEEN, seconds_left: 900 - ago };
    },
  });
  tab.watch.start();
  tabs.push(tab);
  return tab;
}

/** What one tab writes the others hear. */
function tell(): void {
  window.dispatchEvent(new StorageEvent("storage", { key: "kefu.idle" }));
}

const pass = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1000);

beforeEach(() => {
  vi.useFakeTimers();
  tabs = [];
});

afterEach(() => {
  for (const { watch } of tabs) watch.stop();
  vi.useRealTimers();
});

it("warns a minute before the end, and counts down", async () => {
  const tab = open();
  await pass(839);
  expect(tab.left.at(-1)).toBeNull();
  await pass(1);
  expect(tab.left.at(-1)).toBe(60);
  await pass(20);
  expect(tab.left.at(-1)).toBe(40);
});

it("asks the server once the time is over, and says nothing more", async () => {
  const tab = open();
  await pass(901);
  expect(tab.over).toBe(1);
  await pass(600);
  expect(tab.over).toBe(1);
});

it("tells the server at once of the first movement, then once a minute at most", async () => {
  const tab = open();
  await pass(300);
  tab.watch.moved();
  await pass(0);
  expect(tab.reports).toEqual([0]);
  await pass(10);
  tab.watch.moved();
  await pass(20);
  tab.watch.moved();
  await pass(29);
  expect(tab.reports).toHaveLength(1);
  await pass(1);
  // The last movement was thirty seconds ago, and that is what it says.
  expect(tab.reports).toEqual([0, 30]);
});

it("never warns somebody who works", async () => {
  const tab = open();
  for (let minute = 0; minute < 40; minute += 1) {
    tab.watch.moved();
    await pass(60);
  }
  expect(tab.left.every((seconds) => seconds === null)).toBe(true);
});

it("takes only staying for an answer once it warns", async () => {
  const tab = open();
  await pass(850);
  tab.watch.moved();
  await pass(5);
  expect(tab.reports).toEqual([]);
  tab.watch.stay();
  await pass(0);
  expect(tab.reports).toEqual([0]);
  expect(tab.left.at(-1)).toBeNull();
});

it("counts what is done in one tab for all of them", async () => {
  const here = open();
  const there = open();
  await pass(800);
  here.watch.moved();
  await pass(0);
  tell();
  await pass(60);
  expect(there.left.at(-1)).toBeNull();
  expect(there.reports).toEqual([]);
});

it("closes the warning of every tab when somebody stays in one", async () => {
  const here = open();
  const there = open();
  await pass(850);
  expect([here.left.at(-1), there.left.at(-1)]).toEqual([50, 50]);
  there.watch.stay();
  await pass(0);
  tell();
  expect([here.left.at(-1), there.left.at(-1)]).toEqual([null, null]);
});

it("goes by the clock after a sleep", async () => {
  const tab = open();
  vi.setSystemTime(Date.now() + 3_600_000);
  document.dispatchEvent(new Event("visibilitychange"));
  expect(tab.over).toBe(1);
});

it("goes on counting when the server cannot be told", async () => {
  const tab = open();
  const failing = new IdleWatch(FIFTEEN, {
    onLeft: (seconds) => tab.left.push(seconds),
    onOver: () => {},
    report: () => Promise.reject(new Error("offline")),
  });
  failing.start();
  failing.moved();
  await pass(850);
  expect(tab.left.at(-1)).toBe(50);
  failing.stop();
});

it("is not confused by rubbish in the browser's storage", () => {
  localStorage.setItem("kefu.idle", "{nonsense");
  const tab = open();
  tell();
  expect(tab.left.at(-1)).toBeNull();
});
