import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import i18n from "../i18n";
import { ApiError, api, whenSignedOut } from "./client";

let requests: { url: string; init: RequestInit }[] = [];
let answer: () => Response | Promise<Response>;

beforeEach(async () => {
  requests = [];
  // biome-ignore lint/suspicious/noDocumentCookie: the cookie store is not everywhere yet, and not in the test page
  document.cookie = "csrftoken=tok%3D1";
  await i18n.changeLanguage("en");
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    requests.push({ url, init });
    return answer();
  });
});
afterEach(() => {
  whenSignedOut(() => {});
  vi.unstubAllGlobals();
});

const headers = () => new Headers(requests[0]?.init.headers);
const caught = (call: Promise<unknown>) =>
  call.then(
    () => null,
    (error: ApiError) => error,
  );

describe("a call", () => {
  it("says the language, and on writing the csrf token", async () => {
    answer = () => Response.json({ ok: true });
    expect(await api.post("me", { a: 1 })).toEqual({ ok: true });
    expect(requests[0]?.url).toBe("/api/v1/me");
    expect(headers().get("Accept-Language")).toBe("en");
    expect(headers().get("X-CSRFToken")).toBe("tok=1");
    expect(headers().get("Content-Type")).toBe("application/json");
    expect(requests[0]?.init.body).toBe('{"a":1}');
  });

  it("that only reads sends no token", async () => {
    answer = () => Response.json({});
    await api.get("me");
    expect(headers().has("X-CSRFToken")).toBe(false);
  });

  it("without an answer body gives nothing", async () => {
    answer = () => new Response(null, { status: 204 });
    expect(await api.delete("session")).toBeUndefined();
  });
});

describe("a refusal", () => {
  it("keeps code, message, field and remedy", async () => {
    const refusal = {
      code: "text_too_long",
      message: "Too long",
      field: "text",
      remedy: "Shorten",
    };
    answer = () => Response.json(refusal, { status: 400 });
    const error = await caught(api.post("x"));
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ ...refusal, status: 400 });
  });

  it("that is a proxy's page is told in our own words", async () => {
    answer = () => new Response("<h1>Bad gateway</h1>", { status: 502 });
    const error = await caught(api.get("x"));
    expect(error).toMatchObject({ code: "http_502", status: 502 });
    expect(error?.message).toBe("The server can’t handle this right now");
  });

  it("for want of a session tells so, but not when signing in", async () => {
    let signedOut = 0;
    whenSignedOut(() => {
      signedOut += 1;
    });
    answer = () => Response.json({ code: "sign_in_failed", message: "No" }, { status: 401 });
    await caught(api.post("session", {}));
    expect(signedOut).toBe(0);
    await caught(api.get("conversations"));
    expect(signedOut).toBe(1);
  });
});

describe("a refusal for want of the csrf token", () => {
  const stale = () => Response.json({ code: "csrf_failed", message: "Stale" }, { status: 403 });

  it("is answered with a fresh one, once", async () => {
    // biome-ignore lint/suspicious/noDocumentCookie: as above
    document.cookie = "csrftoken=";
    answer = () => {
      const { init } = requests.at(-1) as { init: RequestInit };
      // biome-ignore lint/suspicious/noDocumentCookie: as above
      if (init.method === "GET") document.cookie = "csrftoken=fresh";
      const token = new Headers(init.headers).get("X-CSRFToken");
      return init.method === "POST" && token !== "fresh" ? stale() : Response.json({ ok: true });
    };
    expect(await api.post("session", {})).toEqual({ ok: true });
    expect(requests.map(({ url }) => url)).toEqual(Array(3).fill("/api/v1/session"));
  });

  it("is told when that does not help", async () => {
    answer = () => (requests.at(-1)?.init.method === "POST" ? stale() : Response.json({}));
    expect(await caught(api.post("me", {}))).toMatchObject({ code: "csrf_failed" });
    expect(requests).toHaveLength(3);
  });
});

describe("no network", () => {
  it("has its own code and words", async () => {
    answer = () => Promise.reject(new TypeError("Failed to fetch"));
    const error = await caught(api.get("x"));
    expect(error).toMatchObject({ code: "offline", status: 0, message: "Can’t reach the server" });
  });

  it("is not what a call given up by us is", async () => {
    const given = new AbortController();
    answer = () => {
      given.abort();
      return Promise.reject(new DOMException("Aborted", "AbortError"));
    };
    const error = await caught(api.get("x", given.signal));
    expect(error).not.toBeInstanceOf(ApiError);
    expect(error?.name).toBe("AbortError");
  });
});

it("gives a change up that finds no answer, as when there is no line", async () => {
  vi.useFakeTimers();
  vi.stubGlobal(
    "fetch",
    (_path: string, { signal }: RequestInit) =>
      new Promise((_resolve, reject) => {
        signal?.addEventListener("abort", () => reject(signal.reason));
      }),
  );
  const failure = api.post("conversations/c1/messages", {}).catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(30_000);
  expect(await failure).toMatchObject({ code: "offline" });
  vi.useRealTimers();
});
