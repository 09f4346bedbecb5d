import { beforeEach, describe, expect, it } from "vitest";
import { keys } from "../api/keys";
import type { Contact, Me, Person } from "../api/types";
import { aContact, aConversation, aMessage, ben, cho } from "../test/builders";
import { benClient, listed, loadList } from "../test/cache";
import { applyEvent, changesCounts } from "./applyEvent";

let client = benClient();
const apply = (kind: string, payload: unknown) => applyEvent(client, { kind, payload });

beforeEach(() => {
  client = benClient();
});

describe("a changed contact", () => {
  it("updates its panel and its name in every list", () => {
    client.setQueryData(keys.contact("p1"), aContact());
    loadList(client, "all", [[aConversation()]]);
    apply("contact.changed", aContact({ version: 2, name: "王大明" }));
    expect(client.getQueryData<Contact>(keys.contact("p1"))?.name).toBe("王大明");
    expect(listed(client, "all")[0]?.contact.name).toBe("王大明");
  });

  it("is ignored when older", () => {
    client.setQueryData(keys.contact("p1"), aContact({ version: 3, name: "三" }));
    apply("contact.changed", aContact({ version: 2, name: "二" }));
    expect(client.getQueryData<Contact>(keys.contact("p1"))?.name).toBe("三");
    apply("contact.changed", aContact({ version: 4, name: "四" }));
    apply("contact.changed", aContact({ version: 3, name: "三" }));
    expect(client.getQueryData<Contact>(keys.contact("p1"))?.name).toBe("四");
  });

  it("leaves other contacts' conversations untouched", () => {
    const other = aConversation({ id: "c2", contact: { ...aConversation().contact, id: "p2" } });
    loadList(client, "all", [[other]]);
    apply("contact.changed", aContact({ version: 2, name: "王大明" }));
    expect(listed(client, "all")[0]).toBe(other);
  });
});

describe("what a customer sends", () => {
  const lastSeen = () => client.getQueryData<Contact>(keys.contact("p1"))?.last_seen_at;
  const later = "2026-03-01T09:30:00Z";

  beforeEach(() => {
    client.setQueryData(keys.contact("p1"), aContact());
    loadList(client, "all", [[aConversation()]]);
  });

  it("tells when they were last seen", () => {
    apply("message.changed", aMessage({ at: later }));
    expect(lastSeen()).toBe(later);
  });

  it("takes that not backwards, and what we send tells nothing", () => {
    apply("message.changed", aMessage({ id: "m0", at: "2026-02-20T08:00:00Z", version: 9 }));
    apply("message.changed", aMessage({ id: "m2", at: later, direction: "out" }));
    expect(lastSeen()).toBe("2026-03-01T08:00:00Z");
  });
});

describe("a changed person", () => {
  it("is updated among the people; what the event does not tell stays", () => {
    client.setQueryData<Person[]>(keys.people, [cho]);
    const told = { name: "Cho-yi", availability: "available", is_here: true } as const;
    apply("person.changed", { id: cho.id, ...told });
    expect(client.getQueryData<Person[]>(keys.people)).toEqual([{ ...cho, ...told }]);
  });

  it("not met before makes the people be fetched again", () => {
    client.setQueryData<Person[]>(keys.people, [cho]);
    apply("person.changed", { id: 9, name: "Dee", availability: "away" });
    expect(client.getQueryData<Person[]>(keys.people)).toEqual([cho]);
    expect(client.getQueryState(keys.people)?.isInvalidated).toBe(true);
  });

  it("updates oneself", () => {
    apply("person.changed", { ...cho, id: ben.id, name: "Benjamin" });
    const session = client.getQueryData<{ user: Me }>(keys.session);
    expect(session?.user).toMatchObject({
      name: "Benjamin",
      availability: "away",
      email: ben.email,
    });
  });

  it("leaves oneself alone when it is someone else", () => {
    apply("person.changed", cho);
    expect(client.getQueryData<{ user: Me }>(keys.session)?.user).toEqual(ben);
  });
});

it("fetches everything again when rights changed", () => {
  loadList(client, "all", [[aConversation()]]);
  apply("access.changed", {});
  expect(client.getQueryState(keys.list("all"))?.isInvalidated).toBe(true);
  expect(client.getQueryState(keys.session)?.isInvalidated).toBe(true);
});

it("asks whether this session is the one that ended", () => {
  loadList(client, "all", [[aConversation()]]);
  apply("session.ended", {});
  expect(client.getQueryState(keys.session)?.isInvalidated).toBe(true);
  expect(client.getQueryState(keys.list("all"))?.isInvalidated).toBe(false);
});

it("ignores kinds it does not know", () => {
  loadList(client, "all", [[aConversation()]]);
  const before = client.getQueryData(keys.list("all"));
  apply("weather.changed", { sunny: true });
  expect(client.getQueryData(keys.list("all"))).toBe(before);
});

it("knows after which kinds the counts may differ", () => {
  expect(changesCounts({ kind: "conversation.changed", payload: {} })).toBe(true);
  expect(changesCounts({ kind: "conversation.left", payload: {} })).toBe(true);
  expect(changesCounts({ kind: "message.changed", payload: {} })).toBe(false);
});

describe("a changed channel", () => {
  it("has the list and what is shown of this one read again, and of no other", () => {
    for (const key of [
      keys.channels,
      keys.channel("ch1"),
      keys.channelEvents("ch1"),
      keys.channel("ch2"),
    ])
      client.setQueryData(key, {});
    apply("channel.changed", { id: "ch1", state: "active" });
    const stale = (key: readonly string[]) => client.getQueryState(key)?.isInvalidated;
    expect([keys.channels, keys.channel("ch1"), keys.channelEvents("ch1")].map(stale)).toEqual([
      true,
      true,
      true,
    ]);
    expect(stale(keys.channel("ch2"))).toBe(false);
  });
});
