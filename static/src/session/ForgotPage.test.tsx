import { screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { fakePage, openPage } from "../test/page";

const page = fakePage();

it("promises no mail where none can be sent", async () => {
  page.server.overrides["GET session"] = {
    body: { user: null, over: "", idle: null, mail: false },
  };
  openPage("/forgot-password");
  expect(await screen.findByText(/sends no mail here/, {}, { timeout: 8000 })).toBeInTheDocument();
  expect(screen.queryByRole("button", { name: "Send the link" })).toBeNull();
});
