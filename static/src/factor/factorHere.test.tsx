import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { act, render } from "@testing-library/react";
import { expect, it } from "vitest";
import { createQueryClient } from "../queryClient";
import { askForFactor } from "./asking";
import { FactorHere } from "./FactorHere";

it("gives up what waits for a code when the session ends", async () => {
  const { unmount } = render(
    <MantineProvider env="test">
      <QueryClientProvider client={createQueryClient()}>
        <FactorHere />
      </QueryClientProvider>
    </MantineProvider>,
  );
  let waits: Promise<boolean> = Promise.resolve(true);
  await act(async () => {
    waits = askForFactor();
  });
  unmount();
  await expect(waits).resolves.toBe(false);
});
