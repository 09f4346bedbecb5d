import i18n from "../i18n";
import type { Refusal } from "./types";

const BASE = "/api/v1/";

/** A refused or failed call. `code` is stable; `message` and `remedy` are for the reader. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly field: string | null;
  readonly remedy: string | null;

  constructor(status: number, refusal: Refusal) {
    super(refusal.message);
    this.name = "ApiError";
    this.status = status;
    this.code = refusal.code;
    this.field = refusal.field;
    this.remedy = refusal.remedy;
  }
}

export function cookie(name: string): string {
  const found = document.cookie.split("; ").find((pair) => pair.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
}

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

export interface CallOptions {
  /** Plain objects are sent as JSON; FormData as it is. */
  body?: unknown;
  signal?: AbortSignal;
}

function headersFor(method: Method, body: unknown): Headers {
  const headers = new Headers({ Accept: "application/json", "Accept-Language": i18n.language });
  if (method !== "GET")
    headers.set("X-CSRFToken", cookie("__Host-csrftoken") || cookie("csrftoken"));
  if (body !== undefined && !(body instanceof FormData)) {
    headers.set("Content-Type", "application/json");
  }
  return headers;
}

/** A change that finds no answer for so long has none coming: the line is dead, though nothing says so. */
const ANSWER_WITHIN_MS = 30_000;

/** The call may or may not have arrived: no answer came. */
export function isOffline(error: Error): boolean {
  return error instanceof ApiError && error.code === "offline";
}

function offline(): ApiError {
  return new ApiError(0, {
    code: "offline",
    message: i18n.t("error.offline"),
    field: null,
    remedy: i18n.t("error.offlineRemedy"),
  });
}

/** Reads the one error shape; anything else (a proxy's page) becomes code `http_<status>`. */
export async function refusalOf(response: Response): Promise<ApiError> {
  const body: Partial<Refusal> | null = await response.json().catch(() => null);
  if (body && typeof body.code === "string" && typeof body.message === "string") {
    const { code, message, field = null, remedy = null } = body;
    return new ApiError(response.status, { code, message, field, remedy });
  }
  return new ApiError(response.status, {
    code: `http_${response.status}`,
    message: i18n.t("error.server"),
    field: null,
    remedy: i18n.t("error.serverRemedy"),
  });
}

let onTierUnmet: (() => void) | null = null;

/** Called once a call is refused since the security tier asks for more than this session has shown. */
export function whenTierUnmet(listener: () => void): void {
  onTierUnmet = listener;
}

let onSignedOut: ((code: string) => void) | null = null;

function tellIfSignedOut({ status, code }: ApiError, path: string): void {
  if (status === 401 && path !== "session") onSignedOut?.(code);
  if (code === "tier_unmet") onTierUnmet?.();
}

/** Called once a call finds the session gone (401 outside the sign-in call itself), with the refusal's code. */
export function whenSignedOut(listener: (code: string) => void): void {
  onSignedOut = listener;
}

async function ask(method: Method, path: string, { body, signal }: CallOptions): Promise<Response> {
  try {
    return await fetch(BASE + path, {
      method,
      credentials: "same-origin",
      headers: headersFor(method, body),
      body: body === undefined ? undefined : body instanceof FormData ? body : JSON.stringify(body),
      signal,
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw offline();
  }
}

/** The token's cookie is gone (all cookies were deleted) or is another session's. Asking for the session sets it. */
function lacksToken(error: ApiError): boolean {
  return error.code === "csrf_failed";
}

async function answerTo(method: Method, path: string, options: CallOptions): Promise<Response> {
  let response = await ask(method, path, options);
  let refusal = response.ok ? null : await refusalOf(response);
  if (refusal && lacksToken(refusal)) {
    await ask("GET", "session", { signal: options.signal });
    response = await ask(method, path, options);
    refusal = response.ok ? null : await refusalOf(response);
  }
  if (refusal) {
    tellIfSignedOut(refusal, path);
    throw refusal;
  }
  return response;
}

export async function call<T>(method: Method, path: string, options: CallOptions = {}): Promise<T> {
  const response = await answerTo(method, path, options);
  return (response.status === 204 ? undefined : await response.json()) as T;
}

/** A file that is made for this call. It may be large: no time is set. */
export async function made(path: string): Promise<Blob> {
  return withFactor(path, async () => (await answerTo("POST", path, {})).blob());
}

/** Never left hanging: what is queued behind it would hang as well. */
function change<T>(method: Method, path: string, body?: unknown): Promise<T> {
  return withFactor(path, () => changeOnce<T>(method, path, body));
}

async function changeOnce<T>(method: Method, path: string, body?: unknown): Promise<T> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), ANSWER_WITHIN_MS);
  try {
    return await call<T>(method, path, { body, signal: stop.signal });
  } catch (error) {
    throw stop.signal.aborted && !(error instanceof ApiError) ? offline() : error;
  } finally {
    clearTimeout(timer);
  }
}

export interface UploadOptions {
  /** Share sent so far, 0 to 1. */
  onProgress?: (share: number) => void;
  signal?: AbortSignal;
}

/** Multipart upload with progress, which fetch cannot report. Same errors as `call`. */
export function upload<T>(path: string, form: FormData, options: UploadOptions = {}): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", BASE + path);
    headersFor("POST", form).forEach((value, name) => {
      request.setRequestHeader(name, value);
    });
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) options.onProgress?.(event.loaded / event.total);
    };
    request.onload = async () => {
      const status = request.status;
      if (status >= 200 && status < 300) return resolve(JSON.parse(request.responseText) as T);
      const refusal = await refusalOf(new Response(request.responseText, { status }));
      tellIfSignedOut(refusal, path);
      reject(refusal);
    };
    request.onerror = () => reject(offline());
    request.onabort = () => reject(new DOMException("Aborted", "AbortError"));
    options.signal?.addEventListener("abort", () => request.abort(), { once: true });
    request.send(form);
  });
}

type AskForFactor = () => Promise<boolean>;
let onFactorNeeded: AskForFactor | null = null;

/** Asks for a code of the second factor; a call that was refused for want of one is made again then. */
export function whenFactorNeeded(ask: AskForFactor): void {
  onFactorNeeded = ask;
}

async function withFactor<T>(path: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    const lacking = error instanceof ApiError && error.code === FACTOR_REQUIRED;
    if (!lacking || path === "session/factor" || !(await onFactorNeeded?.())) throw error;
    return run();
  }
}

/** A colleague has answered since. */
export const CROSSED = "answered_meanwhile";
/** Who was asked for a code and would rather not knows why nothing happened. */
export const FACTOR_REQUIRED = "second_factor_required";

export const api = {
  get: <T>(path: string, signal?: AbortSignal) => call<T>("GET", path, { signal }),
  post: <T>(path: string, body?: unknown) => change<T>("POST", path, body),
  put: <T>(path: string, body: unknown) => change<T>("PUT", path, body),
  patch: <T>(path: string, body: unknown) => change<T>("PATCH", path, body),
  delete: <T = void>(path: string) => change<T>("DELETE", path),
};
