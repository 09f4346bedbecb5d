import { vi } from "vitest";
import type { Asked as AskedList, Conversation, Me, Refusal, View } from "../api/types";
import { belongsTo } from "../stream/lists";
import { aCard, aContact, anAssignee, ben, cho } from "./builders";
import { FakeSocket } from "./FakeSocket";

export interface Asked {
  method: string;
  path: string;
  body: unknown;
  headers: Headers;
}

interface Answer {
  status?: number;
  body?: unknown;
}

const nothingWaits = { waiting: 0, own: 0, unread: 0, to_review: 0, promotions: 0 };

/** Kefu's API over `fetch` and its stream over `WebSocket`, in memory, for whole-page tests. */
/** Nobody has written a canned reply. */
const nothingPrepared = {
  results: [],
  suggested: [],
  values: {},
  offers: {},
  variables: ["contact.name", "order.number"],
  greeting: "",
  language: "en",
  opens_at: "2026-03-03T01:00:00Z",
};

export class FakeServer {
  user: Me | null = ben;
  conversations: Conversation[] = [];
  asked: Asked[] = [];
  /** Answers given instead of the usual ones, by "METHOD path". */
  overrides: Record<string, Answer | (() => Answer | Promise<Answer>)> = {};

  install(): void {
    FakeSocket.all = [];
    vi.stubGlobal("WebSocket", FakeSocket);
    vi.stubGlobal("fetch", (path: string, init: RequestInit) => this.respond(path, init));
  }

  refuse(call: string, status: number, refusal: Partial<Refusal>): void {
    const body = { code: "refused", message: "No", field: null, remedy: null, ...refusal };
    this.overrides[call] = { status, body };
  }

  asks(call: string): Asked[] {
    return this.asked.filter(({ method, path }) => `${method} ${path.split("?")[0]}` === call);
  }

  private async respond(url: string, init: RequestInit): Promise<Response> {
    const path = url.replace("/api/v1/", "");
    const method = init.method ?? "GET";
    const body = typeof init.body === "string" ? JSON.parse(init.body) : undefined;
    this.asked.push({ method, path, body, headers: new Headers(init.headers) });
    const override = this.overrides[`${method} ${path.split("?")[0]}`];
    const answer =
      (await (typeof override === "function" ? override() : override)) ??
      this.usual(method, path, body);
    if (answer.status === 0) throw new TypeError("Failed to fetch");
    const status = answer.status ?? 200;
    return new Response(status === 204 ? null : JSON.stringify(answer.body), { status });
  }

  private usual(method: string, path: string, body: unknown): Answer {
    const [bare = "", query] = path.split("?");
    const [noun, id, verb] = bare.split("/");
    if (bare === "session") return this.session(method);
    if (bare === "me") {
      this.user = { ...(this.user ?? ben), ...(body as Partial<Me>) };
      return { body: this.user };
    }
    if (bare === "notifications/unread") return { body: { unread: 0, mentions: 0 } };
    if (bare === "notifications/settings") return { body: { kinds: [], volume: 60 } };
    if (bare === "people") return { body: { results: [cho], next: null } };
    if (bare === "coaching/summary") return { body: nothingWaits };
    if (bare === "conversations/counts") return { body: this.counts() };
    if (bare === "conversations") return { body: this.list(new URLSearchParams(query)) };
    if (noun === "conversations" && id) return this.conversation(id, verb, body);
    if (noun === "contacts" && verb === "card") return { body: aCard() };
    if (noun === "contacts" && !verb) return { body: aContact(body as object) };
    return { body: { results: [], next: null } };
  }

  private session(method: string): Answer {
    if (method === "DELETE") {
      this.user = null;
      return { status: 204 };
    }
    if (method === "POST") this.user = ben;
    return { body: { user: this.user, over: "", idle: null } };
  }

  private counts() {
    const of = (view: View) =>
      this.conversations.filter((one) => belongsTo({ view }, one, ben)).length;
    return {
      mine: of("mine"),
      team: of("team"),
      unassigned: of("unassigned"),
      all: of("all"),
      snoozed: of("snoozed"),
      at_risk: of("at_risk"),
      resolved: of("resolved"),
    };
  }

  private list(query: URLSearchParams) {
    const asked = Object.fromEntries(query) as unknown as AskedList;
    const contact = query.get("contact");
    const results = this.conversations
      .filter((one) => belongsTo(asked, one, ben))
      .filter((one) => contact === null || one.contact.id === contact);
    return { results, next: null };
  }

  private conversation(id: string, verb: string | undefined, body: unknown): Answer {
    const found = this.conversations.find((one) => one.id === id);
    if (!found) return { status: 404, body: { code: "not_found", message: "Not found" } };
    if (verb === "assignees") {
      const people = [anAssignee({ id: ben.id, name: ben.name }), anAssignee()];
      return { body: { people, teams: [{ id: 3, name: "Orders" }] } };
    }
    if (verb === "replies") return { body: nothingPrepared };
    if (verb === "scheduled-replies") return { body: { results: [], next: null } };
    if (verb === "coaching") return { body: { held: [], remarks: [] } };
    if (verb && ["messages", "notes", "handovers", "mentionable"].includes(verb)) {
      return { body: { results: [], next: null } };
    }
    const change = this.change(found, verb, body);
    if (!change) return { body: found };
    const changed = { ...found, ...change, version: found.version + 1 };
    this.conversations = this.conversations.map((one) => (one.id === id ? changed : one));
    return { body: changed };
  }

  private snooze(body: unknown): Partial<Conversation> {
    if (!body) return { state: "open", snooze: null };
    const { until, reason = "" } = body as { until: string; reason?: string };
    const by = { id: ben.id, name: ben.name };
    const snooze = { until, wake_at: until, wakes_on_reply: true, reason, by };
    return { state: "snoozed", snooze };
  }

  private change(found: Conversation, verb: string | undefined, body: unknown) {
    if (verb === "snooze") return this.snooze(body);
    if (verb === "priority") return body as Partial<Conversation>;
    if (verb === "resolve") return { state: "resolved" as const };
    if (verb === "reopen") return { state: "open" as const };
    if (verb === "read") return { read_count: found.inbound_count };
    if (verb === "team") {
      const { team } = body as { team: number | null };
      return { team: team === null ? null : { id: team, name: "Orders" }, assignee: null };
    }
    if (verb !== "assign") return null;
    const { assignee } = body as { assignee: number | null };
    const person = [ben, cho].find((one) => one.id === assignee);
    return { assignee: person ? { id: person.id, name: person.name } : null };
  }
}
