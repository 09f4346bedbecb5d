import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import type { Message, MessageContent } from "../../api/types";
import { aMessage } from "../../test/builders";
import { fakeThread, openThread } from "../test/openThread";
import { answersIn } from "./FlowAnswer";
import { peaksOf } from "./waveform";

const scene = fakeThread();

function shows(kind: Message["kind"], content: MessageContent, change: Partial<Message> = {}) {
  openThread(scene.server, [aMessage({ kind, content, ...change })]);
}

describe("what a customer sent", () => {
  it("from an ad shows the ad", async () => {
    const referral = { source_type: "ad", headline: "New tea", source_url: "https://fb.example/1" };
    shows("text", { text: "Hi", referral });
    expect(await screen.findByText("New tea")).toBeInTheDocument();
    expect(screen.getByRole("link", { name: "Open" })).toHaveAttribute(
      "href",
      "https://fb.example/1",
    );
  });

  it("never makes a link of an ad's script", async () => {
    shows("text", { text: "Hi", referral: { headline: "x", source_url: "javascript:alert(1)" } });
    expect(await screen.findByText("x")).toBeInTheDocument();
    expect(screen.queryByRole("link")).toBeNull();
  });

  it("forwarded says so", async () => {
    shows("text", { text: "Hi", forwarded: true });
    expect(await screen.findByText("Forwarded")).toBeInTheDocument();
  });

  it("edited says so, and what it was before", async () => {
    const at = "2026-03-01T08:05:00Z";
    shows("text", { text: "Three", earlier: ["Two"], edited_at: at });
    await userEvent.click(await screen.findByText("Edited"));
    expect(screen.getByText("Two")).toBeInTheDocument();
  });

  it("and took back is not shown", async () => {
    shows("text", { revoked: true });
    expect(await screen.findByText("The customer deleted this message")).toBeInTheDocument();
  });

  it("and we took back on the phone says who did", async () => {
    shows("text", { revoked: true }, { direction: "out" });
    expect(await screen.findByText("Deleted by us on the phone")).toBeInTheDocument();
  });

  it("as a form reads question by question", async () => {
    const response = '{"screen_0_Delivery_date_1":"0_Monday","flow_token":"t"}';
    shows("interactive", { type: "nfm_reply", response });
    expect(await screen.findByText("Delivery date")).toBeInTheDocument();
    expect(screen.getByText("Monday")).toBeInTheDocument();
  });
});

describe("what we sent", () => {
  it("as a list holds its rows", async () => {
    const sections = [{ title: "Teas", rows: [{ title: "Oolong", description: "dark" }] }];
    const content = { type: "list", text: "Pick", button: "Open", sections };
    shows("interactive", content, { direction: "out" });
    await userEvent.click(await screen.findByText("Open"));
    expect(screen.getByText("Oolong")).toBeInTheDocument();
  });

  it("with a link leads there", async () => {
    const content = { type: "cta_url", text: "See", label: "Order", url: "https://example.com/" };
    shows("interactive", content, { direction: "out" });
    const link = await screen.findByRole("link", { name: "Order" });
    expect(link).toHaveAttribute("href", "https://example.com/");
  });

  it("as an order adds up", async () => {
    const amount = (value: number) => ({ value, offset: 100 });
    const order = {
      reference_id: "A-1",
      currency: "INR",
      total_amount: amount(2600),
      order: {
        status: "pending",
        items: [{ name: "Tea", quantity: 2, amount: amount(1250) }],
        tax: amount(100),
      },
    };
    shows("interactive", { type: "order_details", text: "Yours", order }, { direction: "out" });
    expect(await screen.findByText(/26/)).toBeInTheDocument();
    expect(screen.getByText(/Waiting for payment/)).toBeInTheDocument();
  });
});

describe("the answers of a form", () => {
  it.each(["", "no json", "[1]", "null", "5"])("in “%s” are none", (response) => {
    expect(answersIn(response)).toBeNull();
  });

  it("are cut where a customer's phone wrote too much", () => {
    const many = Object.fromEntries(
      Array.from({ length: 99 }, (_, n) => [`q${n}`, "x".repeat(999)]),
    );
    const answers = answersIn(JSON.stringify(many)) ?? [];
    expect(answers.length).toBe(40);
    expect(answers[0]?.[1].length).toBe(600);
  });
});

describe("a waveform", () => {
  it("is as loud as its loudest moment", () => {
    const samples = new Float32Array(400).fill(0.1);
    samples[399] = -0.5;
    const peaks = peaksOf(samples, 4);
    expect(peaks[3]).toBe(1);
    expect(peaks[0]).toBeCloseTo(0.2);
  });

  it("of silence is flat", () => {
    expect(peaksOf(new Float32Array(100), 4)).toEqual([0, 0, 0, 0]);
  });
});
