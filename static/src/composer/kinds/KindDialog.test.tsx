import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { aMessage } from "../../test/builders";
import {
  fakeThread,
  lastPosted,
  openConversation,
  openThread,
  POST,
} from "../../thread/test/openThread";

const scene = fakeThread();

async function choose(kind: string): Promise<HTMLElement> {
  await userEvent.click(await screen.findByRole("button", { name: "More to send" }));
  await userEvent.click(await screen.findByRole("menuitem", { name: kind }));
  return screen.findByRole("dialog", { name: kind });
}

const send = (dialog: HTMLElement) =>
  userEvent.click(within(dialog).getByRole("button", { name: "Send" }));

describe("reply buttons", () => {
  it("are sent as put together, shown at once, and the form closes", async () => {
    // The server takes its time: meanwhile the bubble stands there.
    scene.server.overrides[POST] = () => new Promise(() => {});
    openThread(scene.server, [aMessage()]);
    const dialog = await choose("Reply buttons");
    await userEvent.type(within(dialog).getByLabelText(/^Text/), "Which tea?");
    await userEvent.type(within(dialog).getByLabelText(/^Title/), "Oolong");
    await userEvent.click(within(dialog).getByRole("button", { name: "Add (Button)" }));
    await userEvent.type(within(dialog).getAllByLabelText(/^Title/)[1] as HTMLElement, "Black");
    await send(dialog);
    await waitFor(() => expect(scene.server.asks(POST)).toHaveLength(1));
    expect(lastPosted(scene.server)).toMatchObject({
      type: "interactive",
      interactive: {
        type: "button",
        text: "Which tea?",
        buttons: [{ title: "Oolong" }, { title: "Black" }],
      },
    });
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(await screen.findByText("Oolong")).toBeInTheDocument();
  });

  it("that are incomplete say what is missing, and are not sent", async () => {
    openThread(scene.server, [aMessage()]);
    const dialog = await choose("Reply buttons");
    await send(dialog);
    expect(within(dialog).getAllByText("Fill this in.")).toHaveLength(2);
    expect(scene.server.asks(POST)).toEqual([]);
  });
});

describe("a location", () => {
  it("is taken from a map's address", async () => {
    openThread(scene.server, [aMessage()]);
    const dialog = await choose("Location");
    await userEvent.type(within(dialog).getByLabelText(/^Map link/), "25.03, 121.56");
    await send(dialog);
    await waitFor(() => expect(scene.server.asks(POST)).toHaveLength(1));
    expect(lastPosted(scene.server)).toMatchObject({
      type: "location",
      latitude: 25.03,
      longitude: 121.56,
    });
  });
});

describe("a form", () => {
  const kind = "Form (WhatsApp Flow)";
  const listed = (...results: object[]) => {
    scene.server.overrides["GET channels/ch1/flows"] = { body: { results, next: null } };
  };

  it("is chosen by name from those of the number, the first one to begin with", async () => {
    listed({ id: "71", name: "Tea tasting" }, { id: "72", name: "Returns" });
    openThread(scene.server, [aMessage()]);
    const dialog = await choose(kind);
    const choice = await within(dialog).findByLabelText("Form");
    await waitFor(() => expect(choice).toHaveValue("71"));
    await userEvent.selectOptions(choice, "Returns");
    await userEvent.type(within(dialog).getByLabelText(/^Text/), "Please fill this in");
    await userEvent.type(within(dialog).getByLabelText(/^Words on the button/), "Begin");
    await send(dialog);
    await waitFor(() => expect(scene.server.asks(POST)).toHaveLength(1));
    expect(lastPosted(scene.server)).toMatchObject({
      interactive: { type: "flow", flow: { id: "72", label: "Begin" } },
    });
  });

  it("that WhatsApp does not list is named by its id, and it is said where that stands", async () => {
    listed();
    openThread(scene.server, [aMessage()]);
    const dialog = await choose(kind);
    expect(await within(dialog).findByText(/WhatsApp Manager/)).toBeInTheDocument();
    await userEvent.type(within(dialog).getByLabelText(/^Form id/), "99");
    expect(within(dialog).getByLabelText(/^Form id/)).toHaveValue("99");
  });
});

describe("when the window is closed", () => {
  const closed = () => openConversation({ window_closes_at: "2026-01-01T00:00:00Z" });
  const hello = {
    name: "hello",
    language: "en",
    category: "UTILITY",
    parameter_format: "POSITIONAL",
    components: [{ type: "BODY", text: "Hello {{1}}" }],
  };

  it("a template is chosen, filled and sent", async () => {
    scene.server.overrides["GET channels/ch1/templates"] = {
      body: { results: [hello], next: null },
    };
    openThread(scene.server, [aMessage()], closed());
    await userEvent.click(await screen.findByRole("button", { name: "Use a template" }));
    await userEvent.click(await screen.findByRole("button", { name: /hello en/ }));
    const dialog = screen.getByRole("dialog");
    await userEvent.type(within(dialog).getByLabelText("Text: 1"), "Ana");
    await send(dialog);
    await waitFor(() => expect(scene.server.asks(POST)).toHaveLength(1));
    expect(lastPosted(scene.server)).toMatchObject({
      type: "template",
      template: {
        name: "hello",
        language: "en",
        text: "Hello Ana",
        components: [{ type: "body", parameters: [{ type: "text", text: "Ana" }] }],
      },
    });
  });

  it("and WhatsApp does not answer, that is said, with a way to ask again", async () => {
    const refusal = { code: "whatsapp_unreachable", message: "WhatsApp did not answer" };
    scene.server.refuse("GET channels/ch1/templates", 502, refusal);
    openThread(scene.server, [aMessage()], closed());
    await userEvent.click(await screen.findByRole("button", { name: "Use a template" }));
    expect(await screen.findByText(/WhatsApp did not answer/)).toBeInTheDocument();
  });
});
