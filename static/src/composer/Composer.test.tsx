import { createEvent, fireEvent, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { aMessage } from "../test/builders";
import { fakeThread, lastPosted, openThread, POST } from "../thread/test/openThread";
import { draftOf } from "./drafts";

const scene = fakeThread();
const hello = aMessage();
const field = () => screen.findByRole<HTMLTextAreaElement>("textbox", { name: /Message to/ });

const plain = { language: "", buttons: [], why: [] };
const ship = { ...plain, id: "r1", shortcut: "ship", title: "Shipping", text: "Ships today." };
const hi = { ...plain, id: "r2", shortcut: "hi", title: "Greeting", text: "Hello there!" };
const order = {
  ...plain,
  id: "r3",
  shortcut: "order",
  title: "Order",
  text: "Hi {contact.name}, order {order.number} is on its way.",
};
const prepared = {
  results: [ship, hi, order],
  suggested: ["r3"],
  values: { "contact.name": "Wang" },
  offers: { "order.number": ["A-1"] },
  variables: ["contact.name", "order.number"],
  greeting: "Hello Wang, ",
  language: "en",
  opens_at: "2026-03-03T01:00:00Z",
};

describe("keys", () => {
  it("Shift+Enter makes a new line, Enter sends", async () => {
    openThread(scene.server, [hello]);
    await userEvent.type(await field(), "one{Shift>}{Enter}{/Shift}two");
    expect(scene.server.asks(POST)).toEqual([]);
    await userEvent.keyboard("{Enter}");
    await waitFor(() => expect(lastPosted(scene.server).text).toBe("one\ntwo"));
  });

  it("Enter that ends a Chinese word does not send it", async () => {
    openThread(scene.server, [hello]);
    const input = await field();
    fireEvent.change(input, { target: { value: "ㄋㄧˇ" } });
    fireEvent.keyDown(input, { key: "Enter", isComposing: true });
    // Safari: the composition is over already, only the key code tells.
    const late = createEvent.keyDown(input, { key: "Enter", keyCode: 229 });
    fireEvent(input, late);
    expect(late.defaultPrevented).toBe(false);
    expect(scene.server.asks(POST)).toEqual([]);
    fireEvent.keyDown(input, { key: "Enter" });
    await waitFor(() => expect(scene.server.asks(POST)).toHaveLength(1));
  });

  it("Esc leaves the field and keeps what stands in it: single keys are heard again", async () => {
    openThread(scene.server, [hello]);
    const input = await field();
    await userEvent.type(input, "half a sen");
    fireEvent.keyDown(input, { key: "Escape", isComposing: true });
    expect(input).toHaveFocus();
    await userEvent.keyboard("{Escape}");
    expect(input).not.toHaveFocus();
    expect(input).toHaveValue("half a sen");
  });

  it("Esc that gives up a Chinese word keeps the message being answered", async () => {
    openThread(scene.server, [hello]);
    const input = await field();
    await userEvent.click(screen.getByRole("button", { name: "Reply" }));
    expect(await screen.findByText("Reply to 王小明")).toBeInTheDocument();
    fireEvent.keyDown(input, { key: "Escape", isComposing: true });
    expect(screen.getByText("Reply to 王小明")).toBeInTheDocument();
    fireEvent.keyDown(input, { key: "Escape" });
    await waitFor(() => expect(screen.queryByText("Reply to 王小明")).toBeNull());
  });

  it("Enter on nothing but blanks sends nothing", async () => {
    openThread(scene.server, [hello]);
    await userEvent.type(await field(), "   {Enter}");
    expect(scene.server.asks(POST)).toEqual([]);
  });
});

describe("the text", () => {
  it("is kept as a draft when the thread is left, and gone once sent", async () => {
    const { leave } = openThread(scene.server, [hello]);
    await userEvent.type(await field(), "half a thought");
    leave();
    expect(draftOf("c1", 7)).toBe("half a thought");
    openThread(scene.server, [hello]);
    expect(await field()).toHaveValue("half a thought");
    await userEvent.type(await field(), "{Enter}");
    expect(draftOf("c1", 7)).toBe("");
  });

  it("is counted near the limit and held back beyond it", async () => {
    openThread(scene.server, [hello]);
    fireEvent.change(await field(), { target: { value: "字".repeat(4000) } });
    expect(await screen.findByText("4000 / 4096")).toBeInTheDocument();
    fireEvent.change(await field(), { target: { value: "字".repeat(4097) } });
    expect(await screen.findByText(/at most 4096 characters/)).toBeInTheDocument();
    fireEvent.keyDown(await field(), { key: "Enter" });
    expect(scene.server.asks(POST)).toEqual([]);
    expect(screen.getByRole("button", { name: "Send" })).toBeDisabled();
  });
});

describe("canned replies", () => {
  const open = async () => {
    scene.server.overrides["GET conversations/c1/replies"] = { body: prepared };
    openThread(scene.server, [hello]);
    return field();
  };
  const options = () => screen.findAllByRole("option");

  it("open with a slash, are chosen with arrows, put in with Enter", async () => {
    await userEvent.type(await open(), "Dear Wang, /");
    expect(await options()).toHaveLength(3);
    await userEvent.keyboard("{ArrowDown}{Enter}");
    expect(await field()).toHaveValue("Dear Wang, Hello there!");
    expect(scene.server.asks(POST)).toEqual([]);
  });

  it("are sifted while typing; Tab puts in the best", async () => {
    await userEvent.type(await open(), "/sh");
    await waitFor(async () => expect(await options()).toHaveLength(1));
    await userEvent.keyboard("{Tab}");
    expect(await field()).toHaveValue("Ships today.");
    expect(await field()).toHaveFocus();
  });

  it("ask for what is not known, and count what was sent", async () => {
    await userEvent.type(await open(), "/order");
    await waitFor(async () => expect(await options()).toHaveLength(1));
    await userEvent.keyboard("{Enter}");
    const [asked] = (await screen.findAllByLabelText("Order number")) as [HTMLElement];
    expect(asked).toHaveValue("A-1");
    await userEvent.clear(asked);
    expect(screen.getByRole("button", { name: "Insert" })).toBeDisabled();
    await userEvent.type(asked, "B-7{Enter}");
    await waitFor(async () =>
      expect(await field()).toHaveValue("Hi Wang, order B-7 is on its way."),
    );
    await userEvent.type(await field(), "{Enter}");
    await waitFor(() => expect(lastPosted(scene.server).canned_reply).toBe("r3"));
  });

  it("never leave with a variable in braces", async () => {
    const input = await open();
    fireEvent.change(input, { target: { value: "Order {order.number}" } });
    expect(await screen.findByText(/Fill in {order.number}/)).toBeInTheDocument();
    fireEvent.keyDown(input, { key: "Enter" });
    expect(scene.server.asks(POST)).toEqual([]);
  });

  it("are kept for later, and the composer is empty once the server has them", async () => {
    const kept = "POST conversations/c1/scheduled-replies";
    scene.server.overrides[kept] = { status: 201, body: {} };
    await userEvent.type(await open(), "Tomorrow then");
    await userEvent.click(screen.getByRole("button", { name: "Send later" }));
    await userEvent.click(await screen.findByText("In an hour"));
    await waitFor(async () => expect(await field()).toHaveValue(""));
    const body = scene.server.asks(kept).at(-1)?.body as Record<string, string>;
    expect(body).toMatchObject({ type: "text", text: "Tomorrow then", meanwhile: "ask" });
    expect(scene.server.asks(POST)).toEqual([]);
  });

  it("close with Esc, and Enter sends what stands there", async () => {
    await userEvent.type(await open(), "/sh");
    await options();
    await userEvent.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryAllByRole("option")).toEqual([]));
    await userEvent.keyboard("{Enter}");
    await waitFor(() => expect(lastPosted(scene.server).text).toBe("/sh"));
  });

  it("are not put in by the Enter of an input method", async () => {
    const input = await open();
    await userEvent.type(input, "/");
    await options();
    fireEvent.keyDown(input, { key: "Enter", isComposing: true });
    expect(input).toHaveValue("/");
  });

  it("do not open inside an address", async () => {
    await userEvent.type(await open(), "https://example.com/sh");
    expect(screen.queryAllByRole("option")).toEqual([]);
  });

  it("are made of what is in the composer; a refusal is said at its field", async () => {
    await userEvent.type(await open(), "Good morning");
    await userEvent.click(screen.getByRole("button", { name: "Save as canned reply" }));
    await userEvent.type(await screen.findByLabelText(/Shortcut/), "gm");
    await userEvent.type(screen.getByLabelText(/Title/), "Morning");
    const taken = { code: "taken", message: "Already used", field: "shortcut" };
    scene.server.refuse("POST canned-replies", 400, taken);
    await userEvent.click(screen.getByRole("button", { name: "Save" }));
    expect(await screen.findByText("Already used")).toBeInTheDocument();
    scene.server.overrides["POST canned-replies"] = { status: 201, body: ship };
    await userEvent.click(screen.getByRole("button", { name: "Save" }));
    expect(await screen.findByText(/Type \/gm to use it/)).toBeInTheDocument();
    expect(scene.server.asks("POST canned-replies").at(-1)?.body).toEqual({
      shortcut: "gm",
      title: "Morning",
      text: "Good morning",
    });
  });
});
