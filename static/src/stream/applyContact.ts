import type { QueryClient } from "@tanstack/react-query";
import { keys } from "../api/keys";
import type { Contact, Me, Person, WireMessage } from "../api/types";
import { patchConversation } from "./applyConversation";
import type { Colleague } from "./frames";
import { memoryOf } from "./memory";

/** Writes a contact into its panel, and its name into the conversations that show it. */
export function applyContact(client: QueryClient, contact: Contact): void {
  const memory = memoryOf(client);
  const known = memory.contactVersions.get(contact.id) ?? -1;
  if (contact.version < known) return;
  memory.contactVersions.set(contact.id, contact.version);
  client.setQueryData<Contact>(keys.contact(contact.id), (old) =>
    old && old.version <= contact.version ? { ...old, ...contact } : old,
  );
  for (const conversation of memory.conversations.values()) {
    const { id, name, phone, language } = conversation.contact;
    if (id !== contact.id) continue;
    if (name === contact.name && phone === contact.phone && language === contact.language) continue;
    const brief = { id, name: contact.name, phone: contact.phone, language: contact.language };
    patchConversation(client, conversation.id, { contact: brief });
  }
}

/**
 * What a customer sends tells when they were last seen, and no event of the contact comes with it. Never backwards: an
 * old message changes too, as when its file has been fetched.
 */
export function applySeen(
  client: QueryClient,
  { conversation_id, direction, at }: WireMessage,
): void {
  const contact = memoryOf(client).conversations.get(conversation_id)?.contact;
  if (direction !== "in" || !contact) return;
  client.setQueryData<Contact>(keys.contact(contact.id), (old) =>
    old && Date.parse(old.last_seen_at ?? old.first_seen_at) < Date.parse(at)
      ? { ...old, last_seen_at: at }
      : old,
  );
}

/**
 * People carry no version: the last word wins. One's own record updates `me` too. Only what the event
 * tells is changed; somebody not met before is fetched, as their level and regions are not told.
 */
export function applyPerson(client: QueryClient, colleague: Colleague): void {
  const { id, name, availability, is_here } = colleague;
  const people = client.getQueryData<Person[]>(keys.people);
  if (people?.some((one) => one.id === id)) {
    client.setQueryData<Person[]>(keys.people, (before) =>
      before?.map((one) => (one.id === id ? { ...one, name, availability, is_here } : one)),
    );
  } else if (people) client.invalidateQueries({ queryKey: keys.people });
  client.setQueryData<{ user: Me | null }>(keys.session, (session) =>
    session?.user?.id === id
      ? { ...session, user: { ...session.user, name, availability } }
      : session,
  );
}
