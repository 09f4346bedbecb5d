import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it } from "vitest";
import { fakePage, openInbox } from "../test/page";

const SLOW = { timeout: 8000 };
const BEGIN = "POST me/factor";
const page = fakePage();
const refusal = { code: "refused", message: "Wrong password", field: "password", remedy: null };

beforeEach(() => {
  page.server.overrides["GET me/factor"] = { body: { enrolled: false } };
});

async function password(): Promise<HTMLElement> {
  await openInbox("/settings/security");
  await userEvent.click(await screen.findByRole("button", { name: /Set up/ }, SLOW));
  return screen.findByLabelText("Password", {}, SLOW);
}

it("says nothing about a password that stands there no more, and loses no Enter", async () => {
  let answer = () => {};
  page.server.overrides[BEGIN] = () =>
    new Promise((resolve) => {
      answer = () => resolve({ status: 400, body: refusal });
    });
  const field = await password();
  await userEvent.type(field, "wrong{Enter}");
  await userEvent.clear(field);
  await userEvent.type(field, "right{Enter}");
  answer();
  await waitFor(() => expect(page.server.asks(BEGIN)).toHaveLength(2));
  expect(page.server.asks(BEGIN)[1]?.body).toEqual({ password: "right" });
  answer();
  expect(await screen.findByText("Wrong password")).toBeInTheDocument();
  await userEvent.type(field, "x");
  expect(screen.queryByText("Wrong password")).toBeNull();
  expect(screen.getByRole("button", { name: "Show or hide password" })).toBeInTheDocument();
});
