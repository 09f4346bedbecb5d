import { MantineProvider } from "@mantine/core";
import { Notifications, notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { act, render } from "@testing-library/react";
import axe from "axe-core";
import { afterEach, beforeEach, vi } from "vitest";
import { App } from "../App";
import i18n from "../i18n";
import { createQueryClient } from "../queryClient";
import { cssVariablesResolver, theme } from "../theme";
import { FakeSocket } from "./FakeSocket";
import { FakeServer } from "./fakeServer";

/** The whole page on a fake server, made anew for each test of the file that calls this. */
export function fakePage(): { server: FakeServer } {
  const page = { server: new FakeServer() };
  beforeEach(async () => {
    page.server = new FakeServer();
    page.server.install();
    // The virtual list asks for sizes that a page without layout does not have.
    vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(800);
    vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(340);
    await i18n.changeLanguage("en");
  });
  afterEach(() => {
    notifications.clean();
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
  });
  return page;
}

export function openPage(path: string): void {
  history.replaceState(null, "", path);
  render(
    <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} env="test">
      <QueryClientProvider client={createQueryClient()}>
        <Notifications />
        <App />
      </QueryClientProvider>
    </MantineProvider>,
  );
}

/** Opens a page of the signed-in app, with the stream connected. */
export async function openInbox(path = "/inbox/all"): Promise<void> {
  openPage(path);
  await vi.waitFor(() => FakeSocket.last);
  act(() => FakeSocket.last.welcomes());
}

export function streamSays(kind: string, payload: unknown, seq = 11): void {
  const events = [{ seq, kind, payload }];
  act(() => FakeSocket.last.says({ type: "events", stream: "region:1", upto: seq, events }));
}

/** Rule ids broken, by axe. Contrast needs a real browser and is measured there. */
export async function brokenRules(): Promise<string[]> {
  const { violations } = await axe.run(document.body, {
    rules: { "color-contrast": { enabled: false }, region: { enabled: false } },
  });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`);
}
