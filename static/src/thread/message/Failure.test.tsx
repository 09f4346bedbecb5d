import { renderHook, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import type { Message, MessageError } from "../../api/types";
import { useContactAsked } from "../../contacts/askForContact";
import { aMessage } from "../../test/builders";
import { fakeThread, lastPosted, openConversation, openThread, POST } from "../test/openThread";

const scene = fakeThread();
const HOUR = 3600_000;

function failed(error: Partial<MessageError>, change: Partial<Message> = {}): Message {
  const whole = {
    code: "1",
    message: "It failed.",
    remedy: "Do this.",
    retryable: false,
    ...error,
  };
  return aMessage({
    id: "m2",
    direction: "out",
    content: { text: "Our words" },
    status: "failed",
    failed_at: "2026-03-01T08:00:00Z",
    client_ref: "r2",
    error: whole,
    ...change,
  });
}

describe("a failed message", () => {
  it("says whose fault it is", async () => {
    openThread(scene.server, [failed({ fault: "template" })]);
    expect(await screen.findByText("The reason lies in the template.")).toBeInTheDocument();
  });

  it("that may be sent again later says from when, and is not sent before", async () => {
    const retry_at = new Date(Date.now() + 20 * HOUR).toISOString();
    openThread(scene.server, [failed({ action: "wait", retryable: true, retry_at })]);
    expect(await screen.findByRole("button", { name: /Retry from/ })).toBeDisabled();
  });

  it("whose time has come is sent again", async () => {
    const retry_at = new Date(Date.now() - HOUR).toISOString();
    openThread(scene.server, [failed({ action: "wait", retryable: true, retry_at })]);
    scene.server.overrides["POST messages/m2/retry"] = { body: failed({}, { status: "queued" }) };
    await userEvent.click(await screen.findByRole("button", { name: "Retry" }));
    expect(scene.server.asks("POST messages/m2/retry")).toHaveLength(1);
  });

  it("that can be written anew puts its words back into the composer", async () => {
    openThread(scene.server, [failed({ action: "edit" })]);
    await userEvent.click(await screen.findByRole("button", { name: "Write anew" }));
    expect(screen.getByRole("textbox", { name: /Message to/ })).toHaveValue("Our words");
  });

  it("to a wrong number leads to the contact", async () => {
    const shown = vi.fn();
    renderHook(() => useContactAsked(shown));
    openThread(scene.server, [failed({ action: "number" })]);
    await userEvent.click(await screen.findByRole("button", { name: "Show contact" }));
    expect(shown).toHaveBeenCalledOnce();
  });
});

describe("a message that came after the window closed", () => {
  const closed = openConversation({ window_closes_at: "2026-03-01T08:00:00Z" });
  const late = failed({ code: "131047", action: "template", fault: "customer" });
  const greeting = {
    name: "order_left",
    language: "en",
    category: "UTILITY",
    parameter_format: "POSITIONAL",
    components: [{ type: "BODY", text: "Hello {{1}}, your order {{2}} left." }],
  };

  function serve(templates: object[]) {
    scene.server.overrides["GET channels/ch1/templates"] = {
      body: { results: templates, next: null },
    };
  }

  it("offers the approved templates, and sends the one that was filled in, once", async () => {
    serve([greeting, { ...greeting, name: "carousel", components: [{ type: "CAROUSEL" }] }]);
    openThread(scene.server, [late], closed);
    await userEvent.click(await screen.findByRole("button", { name: "Send a template" }));
    await userEvent.click(await screen.findByRole("button", { name: /order_left/ }));
    expect(screen.queryByText("carousel")).toBeNull();
    const send = screen.getByRole("button", { name: "Send" });
    await userEvent.click(send);
    expect(screen.getAllByText("Fill this in.")).toHaveLength(2);
    await userEvent.type(screen.getByLabelText("Text: 1"), "Mei");
    await userEvent.type(screen.getByLabelText("Text: 2"), "A7");
    expect(screen.getByText("Hello Mei, your order A7 left.")).toBeInTheDocument();
    scene.server.overrides[POST] = { status: 201, body: aMessage({ id: "m3", kind: "template" }) };
    await userEvent.click(send);
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(lastPosted(scene.server)).toMatchObject({
      type: "template",
      template: {
        name: "order_left",
        language: "en",
        text: "Hello Mei, your order A7 left.",
        components: [
          {
            type: "body",
            parameters: [
              { type: "text", text: "Mei" },
              { type: "text", text: "A7" },
            ],
          },
        ],
      },
    });
  });

  it("says so when there is none", async () => {
    serve([]);
    openThread(scene.server, [late], closed);
    await userEvent.click(await screen.findByRole("button", { name: "Send a template" }));
    expect(await screen.findByText(/no approved template yet/)).toBeInTheDocument();
  });
});

describe("a message that did not pass through us", () => {
  it("says where it was sent", async () => {
    const content = { text: "By hand", origin: "phone" as const };
    openThread(scene.server, [aMessage({ direction: "out", status: "sent", content })]);
    expect(await screen.findByText("Sent from the phone")).toBeInTheDocument();
  });

  it("that is a call is a line of the thread", async () => {
    const content = { event: "call_missed" };
    openThread(scene.server, [aMessage({ kind: "system", content })]);
    expect(await screen.findByText("Missed call")).toBeInTheDocument();
  });
});

vi.setConfig({ testTimeout: 15_000 });
