import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it } from "vitest";
import type { SignInStep } from "../../api/types";
import { ben } from "../../test/builders";
import { brokenRules, fakePage, openPage } from "../../test/page";

const page = fakePage();
const CODES = ["aaaaa-bbbbb", "ccccc-ddddd"];

beforeEach(() => {
  page.server.user = null;
});

/** The password is right, and `step` is asked for. */
async function come(step: SignInStep) {
  page.server.overrides["POST session"] = { body: { user: null, step } };
  const user = userEvent.setup();
  openPage("/inbox/all");
  await user.type(await screen.findByLabelText("Email"), "ben@example.com");
  await user.type(screen.getByLabelText("Password"), "secret");
  await user.click(screen.getByRole("button", { name: "Sign in" }));
  return user;
}

function letIn(path: string, recovery_codes: string[] = []) {
  page.server.overrides[`POST ${path}`] = () => {
    page.server.user = ben;
    return { body: { user: ben, step: null, recovery_codes } };
  };
}

const inside = () => screen.findByRole("link", { name: /Mine/ });

it("asks for the code and goes in by itself at the sixth digit", async () => {
  letIn("session/code");
  const user = await come({ name: "factor", methods: ["totp", "recovery"], trust_days: 30 });
  await user.type(await screen.findByLabelText("Code"), "123456");
  expect(await inside()).toBeInTheDocument();
  expect(page.server.asks("POST session/code").map(({ body }) => body)).toEqual([
    { code: "123456", trust: false },
  ]);
});

it("says what was wrong with a code, and takes the next one", async () => {
  page.server.refuse("POST session/code", 403, { field: "code", message: "Not right" });
  const user = await come({ name: "factor", methods: ["totp"], trust_days: 0 });
  await user.type(await screen.findByLabelText("Code"), "000000");
  expect(await screen.findByText(/Not right/)).toBeInTheDocument();
  letIn("session/code");
  await user.type(screen.getByLabelText("Code"), "123456");
  expect(await inside()).toBeInTheDocument();
});

it("goes back to the password when it took too long", async () => {
  page.server.refuse("POST session/code", 401, { code: "sign_in_over", message: "Too long" });
  const user = await come({ name: "factor", methods: ["totp"], trust_days: 0 });
  await user.type(await screen.findByLabelText("Code"), "123456");
  expect(await screen.findByLabelText("Password")).toBeInTheDocument();
});

it("sets an app up on the way in, and shows the recovery codes before anything else", async () => {
  page.server.overrides["POST session/enrolment"] = {
    status: 201,
    body: { secret: "ABCD1234", uri: "otpauth://totp/x", qr: "<svg/>" },
  };
  letIn("session/enrolment/confirm", CODES);
  const user = await come({ name: "enrolment", methods: [], trust_days: 0 });
  await user.click(await screen.findByRole("button", { name: "Set up an authenticator app" }));
  expect(await screen.findByText("ABCD 1234")).toBeInTheDocument();
  await user.type(screen.getByLabelText(/6-digit/), "123456");
  for (const code of CODES) expect(await screen.findByText(code)).toBeInTheDocument();
  expect(screen.queryByRole("link", { name: /Mine/ })).toBeNull();
  await user.click(screen.getByRole("button", { name: "I have stored them" }));
  expect(await inside()).toBeInTheDocument();
});

it("takes a new password once it keeps the rules and was typed twice", async () => {
  letIn("session/password");
  const user = await come({ name: "password", methods: [], trust_days: 0 });
  const submit = await screen.findByRole("button", { name: "Change and sign in" });
  await user.type(screen.getByLabelText("New password"), "Orchid-tumble");
  await user.type(screen.getByLabelText("The same once more"), "Orchid-tumble");
  expect(submit).toBeDisabled();
  await user.type(screen.getByLabelText("New password"), "-42");
  expect(await screen.findByText("The two are not the same")).toBeInTheDocument();
  await user.type(screen.getByLabelText("The same once more"), "-42");
  await user.click(submit);
  expect(await inside()).toBeInTheDocument();
});

it("shows the step again after the page was loaded anew, and gives it up", async () => {
  page.server.overrides["GET session"] = {
    body: { user: null, step: { name: "factor", methods: ["totp"], trust_days: 0 } },
  };
  openPage("/");
  await screen.findByLabelText("Code");
  expect(await brokenRules()).toEqual([]);
  await userEvent.click(screen.getByRole("button", { name: "Back to sign-in" }));
  expect(await screen.findByLabelText("Password")).toBeInTheDocument();
});

it("asks for a link, and says the same whatever the address", async () => {
  page.server.overrides["POST password-reset"] = { status: 204 };
  openPage("/forgot-password");
  await userEvent.type(await screen.findByLabelText("Email"), "nobody@example.com{Enter}");
  expect(await screen.findByText("Check your mail")).toBeInTheDocument();
  expect(page.server.asks("POST password-reset")[0]?.body).toEqual({ email: "nobody@example.com" });
});

it("sets a new password by the link, or says that it holds no more", async () => {
  page.server.refuse("POST password-reset/confirm", 410, { message: "Over" });
  openPage("/reset-password/MQ/abc-def");
  await userEvent.type(await screen.findByLabelText("New password"), "Orchid-tumble-42!");
  await userEvent.type(screen.getByLabelText("The same once more"), "Orchid-tumble-42!{Enter}");
  expect(await screen.findByText(/Over/)).toBeInTheDocument();
  page.server.overrides["POST password-reset/confirm"] = { status: 204 };
  await userEvent.click(screen.getByRole("button", { name: "Save the new password" }));
  expect(await screen.findByText("Your password is changed")).toBeInTheDocument();
  await waitFor(() =>
    expect(page.server.asks("POST password-reset/confirm").at(-1)?.body).toEqual({
      who: "MQ",
      token: "abc-def",
      password: "Orchid-tumble-42!",
    }),
  );
});

it("trusts this browser when that is ticked", async () => {
  letIn("session/code");
  const user = await come({ name: "factor", methods: ["totp"], trust_days: 30 });
  await user.click(await screen.findByLabelText("Trust this browser for 30 days"));
  expect(await brokenRules()).toEqual([]);
  await user.type(screen.getByLabelText("Code"), "123456");
  expect(await inside()).toBeInTheDocument();
  expect(page.server.asks("POST session/code")[0]?.body).toEqual({ code: "123456", trust: true });
});

it("does not offer trust where the policy or the person forbids it", async () => {
  await come({ name: "factor", methods: ["totp"], trust_days: 0 });
  await screen.findByLabelText("Code");
  expect(screen.queryByRole("checkbox")).toBeNull();
});

it("asks an executive for no password", async () => {
  openPage("/executive");
  expect(await screen.findByRole("heading", { name: "For executives" })).toBeInTheDocument();
  expect(screen.queryByLabelText("Password")).toBeNull();
  expect(await brokenRules()).toEqual([]);
  await userEvent.click(screen.getByRole("link", { name: "To the ordinary sign-in" }));
  expect(await screen.findByLabelText("Password")).toBeInTheDocument();
});
