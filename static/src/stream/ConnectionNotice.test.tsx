import { act, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { FakeSocket } from "../test/FakeSocket";
import { fakePage, openInbox } from "../test/page";

fakePage();

const pause = (ms: number) => act(() => new Promise((resolve) => setTimeout(resolve, ms)));

it("says nothing of a hiccup", async () => {
  await openInbox();
  act(() => FakeSocket.last.drops());
  await waitFor(() => expect(FakeSocket.all).toHaveLength(2));
  act(() => FakeSocket.last.welcomes());
  await pause(1100);
  expect(screen.queryByText("Connection lost")).not.toBeInTheDocument();
  expect(screen.queryByText("Connecting…")).not.toBeInTheDocument();
});

it("says after a second that the connection is lost, and retries when asked", async () => {
  await openInbox();
  for (let n = 0; n < 5; n += 1) {
    act(() => FakeSocket.last.drops());
    if (n < 4) await waitFor(() => expect(FakeSocket.all.length).toBe(n + 2), { timeout: 6000 });
  }
  expect(await screen.findByText("Connection lost")).toBeInTheDocument();
  expect(screen.getByText(/retrying in \d+ s/)).toBeInTheDocument();
  const before = FakeSocket.all.length;
  await userEvent.click(screen.getByRole("button", { name: "Retry now" }));
  expect(FakeSocket.all).toHaveLength(before + 1);
  act(() => FakeSocket.last.welcomes());
  expect(screen.queryByText("Connection lost")).not.toBeInTheDocument();
});

it("asks for a reload when the server refuses the address", async () => {
  await openInbox();
  act(() => FakeSocket.last.drops(4403));
  expect(await screen.findByText(/refuses live connections/, {}, { timeout: 2000 })).toBeVisible();
  expect(screen.getByRole("button", { name: "Reload" })).toBeInTheDocument();
});
