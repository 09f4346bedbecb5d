import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { aConversation, aMessage, ben, cho } from "../test/builders";
import { FakeSocket } from "../test/FakeSocket";
import { fakePage, openInbox, streamSays } from "../test/page";
import { outbox } from "./outbox";
// Loaded when first wanted; a busy machine takes longer for it than a test waits.
import "./Thread";

const POST = "POST conversations/c1/messages";
const page = fakePage();
const hour = 3600 * 1000;
const window_closes_at = new Date(Date.now() + 20 * hour).toISOString();

beforeEach(() => {
  page.server.conversations = [
    aConversation({ window_closes_at }),
    aConversation({
      id: "c2",
      contact: { id: "p2", name: "林美", phone: null, language: null },
      window_closes_at,
    }),
  ];
  page.server.overrides[POST] = { status: 0 };
});
afterEach(() => outbox.clear());

const list = () => within(screen.getByRole("list", { name: /Conversations/ }));
const mark = () => list().queryByRole("img", { name: "A message here has not been sent" });
const asked = () => page.server.asks(POST).length;
const lastRef = () => Object(page.server.asks(POST).at(-1)?.body).client_ref as string;
const accepts = (client_ref: string) => aMessage({ id: "m9", direction: "out", client_ref });

/** Writes what cannot be sent, and goes on to another conversation. */
async function writeAndLeave(): Promise<void> {
  await openInbox("/inbox/all/c1");
  await userEvent.type(await screen.findByRole("textbox", { name: /Message to/ }), "Hi{Enter}");
  await screen.findByText("Not sent.");
  await userEvent.click(list().getByText("林美"));
  await waitFor(() => expect(screen.queryByText("Not sent.")).toBeNull());
}

/** The server was started again: the stream is lost and comes back; the browser was online all the time. */
async function serverReturns(): Promise<void> {
  page.server.overrides[POST] = () => ({
    status: 201,
    body: accepts(lastRef()),
  });
  const before = FakeSocket.all.length;
  act(() => FakeSocket.last.drops());
  await waitFor(() => expect(FakeSocket.all.length).toBeGreaterThan(before), { timeout: 3000 });
  act(() => FakeSocket.last.welcomes());
}

it("goes when the stream is back, though nobody looks at its thread", async () => {
  await writeAndLeave();
  expect(mark()).toBeInTheDocument();
  await serverReturns();
  await waitFor(() => expect(asked()).toBe(2));
  await waitFor(() => expect(mark()).toBeNull());
  expect(outbox.isEmpty()).toBe(true);
});

it("stays when somebody else has signed in meanwhile", async () => {
  await writeAndLeave();
  page.server.user = { ...ben, ...cho };
  vi.spyOn(location, "reload").mockImplementation(() => undefined);
  await serverReturns();
  await waitFor(() => expect(page.server.asks("GET session").length).toBeGreaterThan(1));
  await waitFor(() => expect(location.reload).toHaveBeenCalled());
  expect(asked()).toBe(1);
});

it("is asked about before the page is closed, wherever the person is", async () => {
  await writeAndLeave();
  const closing = new Event("beforeunload", { cancelable: true });
  window.dispatchEvent(closing);
  expect(closing.defaultPrevented).toBe(true);
  act(() => outbox.clear());
  const free = new Event("beforeunload", { cancelable: true });
  window.dispatchEvent(free);
  expect(free.defaultPrevented).toBe(false);
});

it("is settled by the stream when only the answer was lost", async () => {
  await writeAndLeave();
  streamSays("message.changed", accepts(lastRef()));
  expect(mark()).toBeNull();
  expect(outbox.isEmpty()).toBe(true);
});

it("is asked about before signing out", async () => {
  await writeAndLeave();
  const confirm = vi.fn().mockReturnValue(false);
  vi.stubGlobal("confirm", confirm);
  await userEvent.click(screen.getByRole("button", { name: /Account menu/ }));
  await userEvent.click(await screen.findByRole("menuitem", { name: "Sign out" }));
  expect(confirm).toHaveBeenCalledOnce();
  expect(page.server.asks("DELETE session")).toEqual([]);
  confirm.mockReturnValue(true);
  await userEvent.click(screen.getByRole("menuitem", { name: "Sign out" }));
  await waitFor(() => expect(outbox.isEmpty()).toBe(true));
});

it("waits for its writer when the session had expired, and the page is still not closed unasked", async () => {
  page.server.refuse(POST, 401, { code: "not_signed_in" });
  await openInbox("/inbox/all/c1");
  await userEvent.type(await screen.findByRole("textbox", { name: /Message to/ }), "Hi{Enter}");
  const email = await screen.findByLabelText(/Email/);
  const closing = new Event("beforeunload", { cancelable: true });
  window.dispatchEvent(closing);
  expect(closing.defaultPrevented).toBe(true);
  page.server.overrides[POST] = () => ({ status: 201, body: accepts(lastRef()) });
  await userEvent.type(email, ben.email);
  await userEvent.type(screen.getByLabelText("Password"), "secret{Enter}");
  await waitFor(() => expect(asked()).toBe(2));
  await waitFor(() => expect(outbox.isEmpty()).toBe(true));
});
