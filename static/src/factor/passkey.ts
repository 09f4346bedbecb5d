// Passkeys as the browser makes and shows them. What it says when it did not is told in words a person can use.
import {
  browserSupportsWebAuthn,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
  WebAuthnError,
} from "@simplewebauthn/browser";
import { ApiError, api } from "../api/client";
import i18n from "../i18n";
import "./words";

interface Options {
  options: Record<string, unknown>;
}

/** Browsers know them for names over HTTPS and for localhost, never for an IP address. */
export function passkeysWork(): boolean {
  return browserSupportsWebAuthn() && !/^[\d.]+$|^\[/.test(location.hostname);
}

/** The browser's answer to the options that `path` gives. */
export async function makePasskey(path: string, body?: unknown): Promise<unknown> {
  const { options } = await api.post<Options>(path, body);
  const optionsJSON = options as unknown as PublicKeyCredentialCreationOptionsJSON;
  return startRegistration({ optionsJSON }).catch(inWords);
}

export async function showPasskey(path = "session/passkey/options"): Promise<unknown> {
  const { options } = await api.post<Options>(path);
  const optionsJSON = options as unknown as PublicKeyCredentialRequestOptionsJSON;
  return startAuthentication({ optionsJSON }).catch(inWords);
}

function inWords(error: unknown): never {
  const there =
    error instanceof WebAuthnError && error.code === "ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED";
  // What was called off and what was not found look the same to a page: the browser tells nobody.
  const said = there ? "there" : "cancelled";
  throw new ApiError(0, {
    code: `passkey_${said}`,
    message: i18n.t(`passkey.${said}`),
    field: null,
    remedy: null,
  });
}

/** A name to begin with: what this is. */
export function passkeyName(): string {
  const agent = navigator.userAgent;
  const known = [
    ["iPhone", /iPhone/],
    ["iPad", /iPad/],
    ["Android", /Android/],
    ["Mac", /Macintosh/],
    ["Windows", /Windows/],
    ["Linux", /Linux/],
  ] as const;
  return known.find(([, pattern]) => pattern.test(agent))?.[0] ?? "";
}
