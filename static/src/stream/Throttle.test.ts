import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Throttle } from "./Throttle";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function counting() {
  let runs = 0;
  const throttle = new Throttle(() => (runs += 1), 300, 2000);
  return { throttle, runs: () => runs };
}

it("waits for quiet", () => {
  const { throttle, runs } = counting();
  throttle.ask();
  vi.advanceTimersByTime(299);
  throttle.ask();
  vi.advanceTimersByTime(299);
  expect(runs()).toBe(0);
  vi.advanceTimersByTime(1);
  expect(runs()).toBe(1);
});

it("runs at most every two seconds under a steady rain, but does run", () => {
  const { throttle, runs } = counting();
  for (let elapsed = 0; elapsed < 10_000; elapsed += 100) {
    throttle.ask();
    vi.advanceTimersByTime(100);
  }
  expect(runs()).toBeGreaterThanOrEqual(4);
  expect(runs()).toBeLessThanOrEqual(5);
});

it("keeps its distance from the last run", () => {
  const { throttle, runs } = counting();
  throttle.ask();
  vi.advanceTimersByTime(300);
  throttle.ask();
  vi.advanceTimersByTime(1999);
  expect(runs()).toBe(1);
  vi.advanceTimersByTime(1);
  expect(runs()).toBe(2);
});

it("runs no more once cancelled", () => {
  const { throttle, runs } = counting();
  throttle.ask();
  throttle.cancel();
  vi.advanceTimersByTime(5000);
  expect(runs()).toBe(0);
});
