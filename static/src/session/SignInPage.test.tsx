import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it } from "vitest";
import { brokenRules, fakePage, openPage } from "../test/page";

const page = fakePage();

beforeEach(() => {
  page.server.user = null;
});

const email = () => screen.findByLabelText("Email");
const password = () => screen.getByLabelText("Password");
const submit = () => screen.getByRole("button", { name: "Sign in" });

async function signIn(address = "ben@example.com", secret = "secret") {
  const user = userEvent.setup();
  await user.type(await email(), address);
  await user.type(password(), secret);
  await user.click(submit());
}

it("signs in and remembers the address", async () => {
  openPage("/inbox/all");
  await signIn();
  expect(await screen.findByRole("link", { name: /Mine/ })).toBeInTheDocument();
  expect(page.server.asks("POST session")[0]?.body).toEqual({
    email: "ben@example.com",
    password: "secret",
  });
  expect(localStorage.getItem("kefu.email")).toBe("ben@example.com");
});

it("starts at the password when the address is remembered", async () => {
  localStorage.setItem("kefu.email", "ben@example.com");
  openPage("/");
  expect(await email()).toHaveValue("ben@example.com");
  expect(password()).toHaveFocus();
});

it("says beside the field what is missing, and asks the server nothing", async () => {
  const user = userEvent.setup();
  openPage("/");
  await email();
  await user.click(submit());
  expect(await email()).toHaveAccessibleDescription("Enter your email");
  expect(password()).toHaveAccessibleDescription("Enter your password");
  expect(await email()).toHaveFocus();
  await user.type(await email(), "ben@example.com");
  await user.click(submit());
  expect(password()).toHaveAccessibleDescription("Enter your password");
  expect(page.server.asks("POST session")).toEqual([]);
});

it("shows a refusal beside the field it is about", async () => {
  page.server.refuse("POST session", 400, { field: "email", message: "Not an address" });
  openPage("/");
  await signIn();
  await waitFor(() => expect(screen.getByText("Not an address")).toBeInTheDocument());
  expect(await email()).toHaveAccessibleDescription("Not an address");
});

it("says no longer what was wrong once the field is changed", async () => {
  page.server.refuse("POST session", 400, { field: "email", message: "Not an address" });
  openPage("/");
  await signIn();
  await screen.findByText("Not an address");
  await userEvent.type(await email(), "x");
  expect(screen.queryByText("Not an address")).toBeNull();
});

it("sends what was typed anew when Enter is pressed while the answer is awaited", async () => {
  let answer = () => {};
  const refusal = { code: "refused", message: "Wrong", field: "password", remedy: null };
  page.server.overrides["POST session"] = () =>
    new Promise((resolve) => {
      answer = () => resolve({ status: 400, body: refusal });
    });
  openPage("/");
  await signIn();
  await userEvent.type(password(), "2{Enter}{Enter}");
  expect(page.server.asks("POST session")).toHaveLength(1);
  answer();
  await waitFor(() => expect(page.server.asks("POST session")).toHaveLength(2));
  expect(page.server.asks("POST session")[1]?.body).toMatchObject({ password: "secret2" });
  answer();
  await screen.findByText("Wrong");
  expect(page.server.asks("POST session")).toHaveLength(2);
});

it("shows any other refusal above, with what to do", async () => {
  page.server.refuse("POST session", 429, { message: "Too many tries", remedy: "Wait an hour" });
  openPage("/");
  await signIn();
  const alert = await screen.findByRole("alert");
  expect(alert).toHaveTextContent("Too many tries");
  expect(alert).toHaveTextContent("Wait an hour");
});

it("says so when the server cannot be reached", async () => {
  page.server.overrides["POST session"] = { status: 0 };
  openPage("/");
  await signIn();
  expect(await screen.findByRole("alert")).toHaveTextContent("Can’t reach the server");
});

it("switches the language at once, and for the account on signing in", async () => {
  const user = userEvent.setup();
  openPage("/inbox/all");
  await user.click(await screen.findByRole("button", { name: "繁體中文" }));
  expect(document.documentElement.lang).toBe("zh-Hant");
  await user.type(screen.getByLabelText("電子郵件"), "ben@example.com");
  await user.type(screen.getByLabelText("密碼"), "secret");
  await user.click(screen.getByRole("button", { name: "登入" }));
  expect(await screen.findByRole("link", { name: /^我的(?!表現)/ })).toBeInTheDocument();
  expect(page.server.asks("PATCH me")[0]?.body).toEqual({ language: "zh-hant" });
});

it("shows the password on request", async () => {
  const user = userEvent.setup();
  openPage("/");
  await email();
  await user.type(password(), "secret");
  expect(password()).toHaveAttribute("type", "password");
  await user.click(screen.getByRole("button", { name: "Show or hide password" }));
  expect(password()).toHaveAttribute("type", "text");
});

it("breaks no accessibility rule", async () => {
  openPage("/");
  await email();
  expect(await brokenRules()).toEqual([]);
});
