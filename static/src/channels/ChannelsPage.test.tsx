import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import i18n from "../i18n";
import { aChannel, aChannelDetail, aMessage, anAccountEvent, aPause, ben } from "../test/builders";
import { brokenRules, fakePage, openInbox, streamSays } from "../test/page";

const page = fakePage();
const paused = aChannel({ state: "paused", pauses: [aPause()], paused_reason: "Too fast" });
const dee = { ...ben, permissions: [...ben.permissions, "channel.manage"] };

function serve(channel = aChannel(), detail = aChannelDetail({ channel })) {
  page.server.overrides["GET channels"] = { body: { results: [channel], next: null } };
  page.server.overrides["GET channels/ch1"] = { body: detail };
  page.server.overrides["POST channels/ch1/check"] = { body: detail };
}

const aTemplate = (name: string, change: object = {}) => ({
  name,
  language: "en_US",
  category: "UTILITY",
  parameter_format: "POSITIONAL",
  components: [{ type: "BODY", text: "Hello" }],
  fixed: true,
  ...change,
});

function serveTemplates(...results: object[]) {
  page.server.overrides["GET channels/ch1/templates"] = { body: { results, next: null } };
}

async function part(name: string) {
  return within(await screen.findByRole("region", { name }));
}

beforeEach(() => {
  page.server.user = dee;
  serve();
  serveTemplates(
    aTemplate("a_value", { fixed: false }),
    aTemplate("welcome", { language: "zh_TW" }),
    aTemplate("hello_world"),
  );
});

describe("the channel page", () => {
  it("lists the numbers and opens one", async () => {
    await openInbox("/channels");
    expect(await screen.findByText("Pick a number")).toBeInTheDocument();
    await userEvent.click(await screen.findByRole("link", { name: /Taipei shop/ }));
    expect(await screen.findByRole("article", { name: "Taipei shop" })).toBeInTheDocument();
    expect(location.pathname).toBe("/channels/ch1");
    const health = await part("How WhatsApp judges this number");
    expect(await health.findByText("2,000 people")).toBeInTheDocument();
    expect(health.getByText("High")).toBeInTheDocument();
    expect(await brokenRules()).toEqual([]);
  });

  it("asks WhatsApp anew when the answer at hand is old, and only then", async () => {
    const old = aChannelDetail();
    serve(aChannel(), { ...old, health: { ...old.health, stale: true, quality: "" } });
    page.server.overrides["POST channels/ch1/check"] = { body: aChannelDetail() };
    await openInbox("/channels/ch1");
    await waitFor(() => expect(page.server.asks("POST channels/ch1/check")).toHaveLength(1));
    const health = await part("How WhatsApp judges this number");
    expect(await health.findByText("High")).toBeInTheDocument();
    await userEvent.click(health.getByRole("button", { name: "Check now" }));
    expect(page.server.asks("POST channels/ch1/check")).toHaveLength(2);
  });

  it("says that a check failed, and why", async () => {
    const detail = aChannelDetail();
    const words = { en: { message: "The token is no longer good.", remedy: "Store a new one." } };
    serve(aChannel(), { ...detail, health: { ...detail.health, check_error: words } });
    await openInbox("/channels/ch1");
    expect(await screen.findByRole("alert")).toHaveTextContent(/token is no longer good/);
  });

  it("says why a number is quiet, since when, until when, and lets it go on", async () => {
    serve(paused);
    await openInbox("/channels/ch1");
    const sending = await part("Sending");
    expect(await sending.findByText(/Too many at a time/)).toBeInTheDocument();
    expect(sending.getByText(/612 messages.*more than 500/)).toBeInTheDocument();
    page.server.overrides["POST channels/ch1/resume"] = { body: aChannelDetail() };
    serve();
    await userEvent.click(sending.getByRole("button", { name: "Resume" }));
    expect(await sending.findByRole("button", { name: "Pause" })).toBeInTheDocument();
    expect(sending.queryByText(/Too many at a time/)).toBeNull();
  });

  it("pauses for an hour, or until somebody resumes", async () => {
    page.server.overrides["POST channels/ch1/pause"] = { body: aChannelDetail() };
    await openInbox("/channels/ch1");
    const sending = await part("Sending");
    await userEvent.click(await sending.findByRole("button", { name: "Pause for an hour" }));
    await userEvent.click(sending.getByRole("button", { name: "Pause" }));
    const bodies = page.server.asks("POST channels/ch1/pause").map(({ body }) => body);
    expect(bodies).toEqual([{ minutes: 60 }, { minutes: null }]);
  });

  it("tells account events in words, and marks the warnings as seen for everybody", async () => {
    const event = anAccountEvent();
    const odd = anAccountEvent({ id: "e2", field: "a_new_field", event: "", told: {} });
    page.server.overrides["GET channels/ch1/events"] = {
      body: { results: [event, odd], next: null },
    };
    serve(aChannel({ alerts: 1 }));
    page.server.overrides["POST channels/ch1/events/seen"] = { status: 204 };
    await openInbox("/channels/ch1");
    const events = await part("What WhatsApp told");
    expect(await events.findByText("The account was restricted")).toBeInTheDocument();
    expect(events.getByText(/No templates until/)).toBeInTheDocument();
    expect(events.getByText("a_new_field")).toBeInTheDocument();
    await userEvent.click(events.getByRole("button", { name: "Mark 1 as seen" }));
    expect(page.server.asks("POST channels/ch1/events/seen")).toHaveLength(1);
  });

  it("shows the bodies when asked, and tries again what was set aside", async () => {
    serve(aChannel(), aChannelDetail({ set_aside: 2 }));
    const row = {
      id: "w1",
      received_at: "2026-03-01T08:00:00Z",
      state: "set_aside",
      attempts: 3,
      error: "Unparsable: not JSON",
      size: 7,
      body: "… (7 bytes that are no JSON)",
    };
    page.server.overrides["GET channels/ch1/webhooks"] = { body: { results: [row], next: null } };
    page.server.overrides["POST channels/ch1/webhooks/replay"] = { body: { count: 2 } };
    await openInbox("/channels/ch1");
    const webhooks = await part("Last webhooks");
    expect(page.server.asks("GET channels/ch1/webhooks")).toHaveLength(0);
    await userEvent.click(webhooks.getByRole("button", { name: "Show the bodies" }));
    expect(await webhooks.findByText("Unparsable: not JSON")).toBeInTheDocument();
    await userEvent.click(webhooks.getByRole("button", { name: "Try 2 set aside again" }));
    expect(await screen.findByText("2 bodies are tried again")).toBeInTheDocument();
  });

  it("sends a test and shows its ticks as they come", async () => {
    const sent = aMessage({ id: "t1", direction: "out", status: "queued", client_ref: "x" });
    page.server.overrides["POST channels/ch1/test"] = { status: 201, body: sent };
    page.server.overrides["GET conversations/c1/messages"] = {
      body: { results: [sent], next: null },
    };
    await openInbox("/channels/ch1");
    const test = await part("Send a test");
    await userEvent.type(test.getByLabelText(/Phone number/), "+886900000555");
    const choice = test.getByRole("combobox", { name: /Template/ });
    expect(choice).toHaveValue("hello_world (en_US)");
    expect(within(choice).getAllByRole("option")).toHaveLength(2);
    await userEvent.selectOptions(choice, "welcome (zh_TW)");
    await userEvent.click(test.getByRole("button", { name: "Send" }));
    const steps = await test.findByRole("status");
    expect(page.server.asks("POST channels/ch1/test")[0]?.body).toEqual({
      phone: "+886900000555",
      template: { name: "welcome", language: "zh_TW" },
    });
    await waitFor(() => expect(page.server.asks("GET conversations/c1/messages")).toHaveLength(1));
    const sent_at = "2026-03-01T08:00:01Z";
    streamSays("message.changed", {
      ...sent,
      version: 2,
      status: "delivered",
      sent_at,
      delivered_at: sent_at,
    });
    await waitFor(() => expect(steps).toHaveTextContent(/Sent 16:00.*Delivered 16:00/));
  });

  it("says when no template goes as it is, and tests people who wrote lately all the same", async () => {
    serveTemplates(aTemplate("order_left", { fixed: false }));
    await openInbox("/channels/ch1");
    const test = await part("Send a test");
    expect(await test.findByText(/something to fill in/)).toBeInTheDocument();
    expect(test.queryByRole("combobox")).toBeNull();
    await userEvent.type(test.getByLabelText(/Phone number/), "+886900000555{Enter}");
    const asked = () => page.server.asks("POST channels/ch1/test");
    await waitFor(() => expect(asked()[0]?.body).toMatchObject({ template: null }));
  });

  it("says when WhatsApp does not list its templates", async () => {
    page.server.refuse("GET channels/ch1/templates", 424, {
      code: "whatsapp_unreachable",
      message: "WhatsApp did not answer as it should.",
    });
    await openInbox("/channels/ch1");
    const test = await part("Send a test");
    expect(await test.findByText(/did not answer/)).toBeInTheDocument();
  });

  it("says what is wrong with the number of a test", async () => {
    const refusal = { code: "invalid", message: "Begin with +.", field: "phone" };
    page.server.refuse("POST channels/ch1/test", 400, refusal);
    await openInbox("/channels/ch1");
    const test = await part("Send a test");
    await userEvent.type(test.getByLabelText(/Phone number/), "12{Enter}");
    expect(await test.findByText(/Begin with \+/)).toBeInTheDocument();
  });

  it("says when there is no number yet, and when the list could not be loaded", async () => {
    page.server.overrides["GET channels"] = { body: { results: [], next: null } };
    await openInbox("/channels");
    expect(await screen.findByText("No number is connected yet")).toBeInTheDocument();
  });

  it("offers another try when the list could not be loaded", async () => {
    page.server.refuse("GET channels", 500, { message: "Something went wrong" });
    await openInbox("/channels");
    expect(await screen.findByText("Something went wrong")).toBeInTheDocument();
    serve();
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByRole("link", { name: /Taipei shop/ })).toBeInTheDocument();
  });

  it("is not for agents, and their rail does not lead there", async () => {
    page.server.user = ben;
    await openInbox("/channels/ch1");
    expect(await screen.findByText("This page is not for you")).toBeInTheDocument();
    expect(screen.queryByRole("link", { name: /Channels/ })).toBeNull();
    expect(page.server.asks("GET channels/ch1")).toHaveLength(0);
  });

  it("speaks Chinese", async () => {
    page.server.user = { ...dee, language: "zh-hant" };
    serve(paused);
    await i18n.changeLanguage("zh-Hant");
    await openInbox("/channels/ch1");
    expect(await screen.findByRole("heading", { name: "頻道" })).toBeInTheDocument();
    const sending = await part("發送狀態");
    expect(await sending.findByText("一次傳太多。")).toBeInTheDocument();
    expect(sending.getByRole("button", { name: "恢復發送" })).toBeInTheDocument();
  });
});

describe("the banner of a paused number", () => {
  it("tells everybody who answers, and leads supervisors to the page", async () => {
    serve(paused);
    await openInbox();
    const banner = await screen.findByRole("complementary", { name: "Sending is paused" });
    expect(banner).toHaveTextContent(/“Taipei shop” is paused. Too many at a time. Since/);
    expect(banner).toHaveTextContent(/Goes on at .* 612 messages/);
    expect(within(banner).getByRole("link", { name: "Look" })).toHaveAttribute(
      "href",
      "/channels/ch1",
    );
    expect(screen.getByRole("link", { name: /Channels.*1/ })).toBeInTheDocument();
  });

  it("goes when the stream says that the number goes on", async () => {
    page.server.user = ben;
    serve(paused);
    await openInbox();
    await screen.findByRole("complementary", { name: "Sending is paused" });
    serve();
    streamSays("channel.changed", { id: "ch1", state: "active" });
    await waitFor(() =>
      expect(screen.queryByRole("complementary", { name: "Sending is paused" })).toBeNull(),
    );
  });

  it("says when only utility templates are stopped", async () => {
    serve(aChannel({ pauses: [aPause({ kind: "account", scope: "utility", sent_before: null })] }));
    await openInbox("/channels/ch1");
    const banner = await screen.findByRole("complementary", { name: "Sending is paused" });
    expect(banner).toHaveTextContent(/may send no utility templates/);
    const sending = await part("Sending");
    expect(sending.getByText("No utility templates")).toBeInTheDocument();
  });

  it("says when only templates are stopped", async () => {
    const pauses = [aPause({ kind: "account", scope: "templates", sent_before: null })];
    serve(aChannel({ pauses }));
    await openInbox();
    const banner = await screen.findByRole("complementary", { name: "Sending is paused" });
    expect(banner).toHaveTextContent(/may send no templates/);
    expect(banner).not.toHaveTextContent(/messages were sent/);
  });
});
