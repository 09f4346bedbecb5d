import { MantineProvider } from "@mantine/core";
import { Notifications, notifications } from "@mantine/notifications";
import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, render } from "@testing-library/react";
import { useState } from "react";
import { afterEach, beforeEach, vi } from "vitest";
import { keys } from "../../api/keys";
import type { Conversation, Me, Message } from "../../api/types";
import { attachments } from "../../composer/attachments";
import i18n from "../../i18n";
import { createQueryClient } from "../../queryClient";
import { MeContext } from "../../session/MeContext";
import { aConversation, ben } from "../../test/builders";
import { FakeServer } from "../../test/fakeServer";
import { forgetPositions } from "../list/positions";
import { outbox } from "../outbox";
import Thread from "../Thread";
import { useCarrier } from "../useOutbox";

export const GET = "GET conversations/c1/messages";
export const POST = "POST conversations/c1/messages";

const hour = 3600 * 1000;

/** Open for a day from now, so that the composer is there. */
export function openConversation(change: Partial<Conversation> = {}): Conversation {
  return aConversation({
    window_closes_at: new Date(Date.now() + 20 * hour).toISOString(),
    inbound_count: 1,
    read_count: 1,
    ...change,
  });
}

/** As tall as the virtual list says its content is. */
function roomOf(this: Element): number {
  const room = this.firstElementChild as HTMLElement | null;
  return Number.parseFloat(room?.style.height ?? "") || 600;
}

/** The list's window, or one row in it. */
function heightOf(this: HTMLElement): number {
  return this.getAttribute("role") === "log" ? 600 : 40;
}

/** A real page tells when it has scrolled; this one only notes the number. */
function scrollAndTell(this: HTMLElement, options?: ScrollToOptions | number): void {
  if (typeof options !== "object") return;
  this.scrollTop = options.top ?? 0;
  setTimeout(() => this.dispatchEvent(new Event("scroll")));
}

/** A thread on a fake server, made anew for each test of the file that calls this. */
export function fakeThread(): { server: FakeServer } {
  const scene = { server: new FakeServer() };
  beforeEach(async () => {
    scene.server = new FakeServer();
    scene.server.install();
    scene.server.conversations = [openConversation()];
    // The virtual list asks for sizes that a page without layout does not have.
    vi.spyOn(HTMLElement.prototype, "offsetHeight", "get").mockImplementation(heightOf);
    vi.spyOn(HTMLElement.prototype, "offsetWidth", "get").mockReturnValue(800);
    vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(600);
    vi.spyOn(HTMLElement.prototype, "scrollHeight", "get").mockImplementation(roomOf);
    vi.spyOn(HTMLElement.prototype, "scrollTo").mockImplementation(scrollAndTell);
    await i18n.changeLanguage("en");
  });
  afterEach(() => {
    notifications.clean();
    outbox.clear();
    attachments.clear();
    forgetPositions();
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
  });
  return scene;
}

interface Opened {
  client: QueryClient;
  /** As the stream does: the same conversation in a newer state. */
  becomes(conversation: Conversation): void;
  leave(): void;
}

/** `messages` oldest first. */
export function openThread(
  server: FakeServer,
  messages: Message[],
  conversation = openConversation(),
  me: Me = ben,
): Opened {
  server.overrides[GET] ??= { body: { results: [...messages].reverse(), next: null } };
  const client = createQueryClient();
  client.setQueryData(keys.session, { user: me });
  let become: (next: Conversation) => void = () => {};
  function Page() {
    useCarrier();
    const [shown, setShown] = useState(conversation);
    become = setShown;
    return <Thread conversation={shown} />;
  }
  const { unmount } = render(
    <MantineProvider env="test">
      <QueryClientProvider client={client}>
        <Notifications />
        <MeContext value={me}>
          <Page />
        </MeContext>
      </QueryClientProvider>
    </MantineProvider>,
  );
  return { client, becomes: (next) => act(() => become(next)), leave: unmount };
}

/** The last body posted to the thread. */
export function lastPosted(server: FakeServer): Record<string, string> {
  return server.asks(POST).at(-1)?.body as Record<string, string>;
}
