import { QueryClientProvider } from "@tanstack/react-query";
import { renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, expect, it, vi } from "vitest";
import { benClient } from "../test/cache";
import { usePrepared } from "./queries";

afterEach(() => vi.unstubAllGlobals());

it("asks again when the customer has written on, and shows no other conversation's in between", async () => {
  const answers: ((greeting: string) => void)[] = [];
  const fetch = vi.fn(
    () =>
      new Promise<Response>((resolve) =>
        answers.push((greeting) => resolve(Response.json({ greeting, results: [] }))),
      ),
  );
  vi.stubGlobal("fetch", fetch);
  const client = benClient();
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  );
  const { result, rerender } = renderHook((one) => usePrepared(one, true), {
    wrapper,
    initialProps: { id: "c1", inbound_count: 1 },
  });
  await waitFor(() => expect(answers).toHaveLength(1));
  answers[0]?.("Hello");
  await waitFor(() => expect(result.current.data?.greeting).toBe("Hello"));

  rerender({ id: "c1", inbound_count: 2 });
  expect(result.current.data?.greeting).toBe("Hello");
  await waitFor(() => expect(answers).toHaveLength(2));
  answers[1]?.("Hello again");
  await waitFor(() => expect(result.current.data?.greeting).toBe("Hello again"));

  rerender({ id: "c2", inbound_count: 2 });
  expect(result.current.data).toBeUndefined();
});
