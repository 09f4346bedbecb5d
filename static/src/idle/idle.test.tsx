import { act, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it } from "vitest";
import { api } from "../api/client";
import { ben } from "../test/builders";
import { FakeSocket } from "../test/FakeSocket";
import { brokenRules, fakePage, openInbox } from "../test/page";

const page = fakePage();

function idleIn(seconds_left: number) {
  const idle = { seconds_left, warning_seconds: 60, report_seconds: 60 };
  page.server.overrides["GET session"] = () => ({
    body: { user: page.server.user, over: page.server.user ? "" : "idle", idle },
  });
}

beforeEach(() => {
  page.server.overrides["POST session/alive"] = {
    body: { seconds_left: 900, warning_seconds: 60, report_seconds: 60 },
  };
});

it("asks who has done nothing for long whether they are still there, and keeps them", async () => {
  idleIn(50);
  await openInbox();
  const dialog = await screen.findByRole("dialog", { name: "Are you still there?" });
  expect(dialog).toHaveTextContent(/signed out in \d+ seconds/);
  expect(document.title).toBe("Are you still there?");
  expect(await brokenRules()).toEqual([]);
  await userEvent.click(screen.getByRole("button", { name: "Stay signed in" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(page.server.asks("POST session/alive")[0]?.body).toEqual({ idle_seconds: 0 });
  await waitFor(() => expect(document.title).not.toBe("Are you still there?"));
});

it("asks the server when the time is over, and says why one is signed out", async () => {
  idleIn(0.2);
  await openInbox("/inbox/all");
  page.server.user = null;
  expect(
    await screen.findByText("You were signed out because you did nothing for a while"),
  ).toBeInTheDocument();
  expect(location.pathname).toBe("/inbox/all");
});

it("says why when the live connection was closed for it", async () => {
  await openInbox();
  page.server.user = null;
  act(() => FakeSocket.last.drops(4401, "by_admin"));
  expect(await screen.findByText("An admin has signed you out")).toBeInTheDocument();
});

it("says why when a call was refused for it", async () => {
  await openInbox();
  await screen.findByRole("link", { name: /Mine/ });
  page.server.user = null;
  page.server.refuse("GET people", 401, { code: "session_locked", message: "Locked" });
  await act(() => api.get("people").catch(() => {}));
  expect(await screen.findByText("Your account was locked")).toBeInTheDocument();
  expect(screen.getByText("Ask an admin to unlock it.")).toBeInTheDocument();
});

it("hears why from another tab that was told", async () => {
  await openInbox();
  page.server.user = null;
  act(() => FakeSocket.last.drops(4401));
  await screen.findByText("Your session has expired");
  localStorage.setItem("kefu.over", JSON.stringify({ over: "revoked", at: Date.now() }));
  act(() => void window.dispatchEvent(new StorageEvent("storage", { key: "kefu.over" })));
  expect(await screen.findByText("You were signed out from another browser")).toBeInTheDocument();
});

it("no longer says so to whoever is signed in again", async () => {
  await openInbox();
  page.server.user = null;
  act(() => FakeSocket.last.drops(4401, "revoked"));
  await screen.findByText("You were signed out from another browser");
  page.server.user = ben;
  await userEvent.type(screen.getByLabelText("Password"), "secret");
  await userEvent.type(screen.getByLabelText("Email"), "ben@example.com");
  await userEvent.click(screen.getByRole("button", { name: "Sign in" }));
  await screen.findByRole("link", { name: /Mine/ });
  expect(localStorage.getItem("kefu.over")).toBeNull();
});
