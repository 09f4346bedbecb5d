import type { QueryClient } from "@tanstack/react-query";
import type { ContactMerged, NotificationsRead } from "../api/events";
import { keys } from "../api/keys";
import type {
  Contact,
  Conversation,
  Handover,
  InternalNote,
  Note,
  Notification,
  WireMessage,
} from "../api/types";
import { applyImport, type Import } from "../imports/queries";
import { applyHandover, applyInternalNote } from "./applyAsides";
import { applyContact, applyPerson, applySeen } from "./applyContact";
import {
  applyConversation,
  applyLeft,
  applyRead,
  patchConversation,
  rewriteConversation,
} from "./applyConversation";
import { applyMessage, knowsMessage } from "./applyMessage";
import { applyNote } from "./applyNote";
import {
  applyNotification,
  applyNotificationsRead,
  reapplyNotification,
} from "./applyNotification";
import { company } from "./company";
import type { Colleague } from "./frames";
import { memoryOf } from "./memory";

type AnyEvent = { kind: string; payload: unknown };

/** Kinds after which the counts beside the views may be different. */
const COUNTED = new Set(["conversation.changed", "conversation.left", "sla.warned"]);

export function changesCounts(event: AnyEvent): boolean {
  return COUNTED.has(event.kind);
}

/** What each kind of event does to the query cache. */
const APPLIED: Record<string, (client: QueryClient, payload: unknown) => void> = {
  "conversation.changed": (client, row) => applyConversation(client, row as Conversation),
  "message.changed": (client, row) => {
    const message = row as WireMessage;
    if (message.author && !knowsMessage(client, message)) {
      company.answered(message.conversation_id, message.author.id);
    }
    applyMessage(client, message);
    applySeen(client, message);
  },
  "conversation.left": (client, row) => {
    applyLeft(client, (row as { id: string }).id);
    // What was said of it is not this person's to see any more.
    client.invalidateQueries({ queryKey: keys.notifications });
  },
  "conversation.read": (client, row) => {
    const { id, read_count } = row as { id: string; read_count: number };
    applyRead(client, id, read_count);
  },
  "contact.changed": (client, row) => applyContact(client, row as Contact),
  "contact.merged": (client, row) => applyMerged(client, row as ContactMerged),
  "consent.recorded": (client, row) => {
    const { contact_id } = row as { contact_id: string };
    void client.invalidateQueries({ queryKey: keys.consents(contact_id) });
    rereadCard(client, contact_id);
  },
  "import.changed": (client, row) => applyImport(client, row as Import),
  "card.changed": (client, row) => rereadCard(client, (row as { id: string }).id),
  "contact.purchases_changed": (client, row) =>
    rereadCard(client, (row as { contact_id: string }).contact_id),
  "note.added": (client, row) => applyNote(client, row as Note),
  "person.changed": (client, row) => applyPerson(client, row as Colleague),
  // One of my sessions; whether it is this page's, the server knows.
  "session.ended": (client) => {
    void client.invalidateQueries({ queryKey: keys.session });
    void client.invalidateQueries({ queryKey: keys.ownSessions });
  },
  "catalogue.changed": (client, row) => rereadCatalogue(client, (row as { what: string }).what),
  "saved_view.changed": rereadSavedViews,
  "saved_view.left": rereadSavedViews,
  "exchange.changed": (client) => void client.invalidateQueries({ queryKey: keys.exchange() }),
  "team.changed": (client, row) => applyTeam(client, row as { id: number; name: string }),
  "prepared.changed": rereadPrepared,
  "prepared.left": rereadPrepared,
  "scheduled_reply.changed": (client, row) => {
    const { conversation_id } = row as { conversation_id: string };
    void client.invalidateQueries({ queryKey: keys.scheduled(conversation_id) });
    void client.invalidateQueries({ queryKey: keys.list("scheduled") });
  },
  "sla.warned": (client) => void client.invalidateQueries({ queryKey: keys.list("at_risk") }),
  "channel.changed": (client, row) => applyChannel(client, (row as { id: string }).id),
  "bin.changed": (client) => void client.invalidateQueries({ queryKey: keys.bin }),
  "request.changed": (client) => void client.invalidateQueries({ queryKey: keys.access }),
  "notification.created": (client, row) => applyNotification(client, row as Notification),
  "notification.read": (client, row) => applyNotificationsRead(client, row as NotificationsRead),
  "internal_note.changed": (client, row) => applyInternalNote(client, row as InternalNote),
  "handover.changed": (client, row) => applyHandover(client, row as Handover),
  "held.changed": rereadCoaching,
  "held.left": rereadCoaching,
  "qa.changed": rereadCoaching,
  "qa.left": rereadCoaching,
  "trainee.changed": rereadCoaching,
  "access.changed": (client) => void client.invalidateQueries(),
};

/**
 * Writes one stream event into the query cache. Safe to call twice, late or out of order: the newest
 * version of each object stays. Unknown kinds are ignored, so that the server may add some.
 */
export function applyEvent(client: QueryClient, event: AnyEvent): void {
  APPLIED[event.kind]?.(client, event.payload);
}

/** What was of another contact is here now: what is shown of this one is read again. */
function applyMerged(client: QueryClient, { kept_id, threads }: ContactMerged): void {
  client.invalidateQueries({ queryKey: keys.contact(kept_id) });
  rereadCard(client, kept_id);
  client.invalidateQueries({ queryKey: keys.lists });
  for (const id of Object.values(threads)) {
    client.invalidateQueries({ queryKey: keys.messages(id) });
    client.invalidateQueries({ queryKey: keys.internalNotes(id) });
  }
}

function rereadCard(client: QueryClient, contactId: string): void {
  void client.invalidateQueries({ queryKey: keys.card(contactId) });
}

/** Tags, fields, segments or words of a region changed, or one tag was put on many: whatever shows them. */
function rereadCatalogue(client: QueryClient, what: string): void {
  void client.invalidateQueries({ queryKey: keys.vocabularies });
  if (what === "segments") void client.invalidateQueries({ queryKey: keys.segments });
  if (what === "consent") void client.invalidateQueries({ queryKey: keys.consentRules });
  if (what !== "tags" && what !== "fields") return;
  void client.invalidateQueries({ queryKey: what === "tags" ? keys.tags : keys.fields });
  void client.invalidateQueries({ queryKey: keys.cards });
  if (what === "tags") void client.invalidateQueries({ queryKey: keys.lists });
}

/** Few at a time, and each reader sees other parts of them: what is shown is read again. */
function rereadCoaching(client: QueryClient): void {
  client.invalidateQueries({ queryKey: keys.coaching });
}

/** Whose they are and what they hold: both are read again. */
function rereadSavedViews(client: QueryClient): void {
  client.invalidateQueries({ queryKey: keys.savedViews });
  client.invalidateQueries({ queryKey: keys.savedCounts });
}

/** It is called so wherever it stands. */
function applyTeam(client: QueryClient, team: { id: number; name: string }): void {
  void client.invalidateQueries({ queryKey: keys.teams });
  for (const { id, team: theirs } of memoryOf(client).conversations.values()) {
    if (theirs?.id === team.id) patchConversation(client, id, { team: { ...theirs, ...team } });
  }
}

/** Canned replies and macros: whoever shows them asks again, in their own order. */
function rereadPrepared(client: QueryClient): void {
  for (const queryKey of [keys.cannedReplies, keys.allPrepared, keys.macros]) {
    void client.invalidateQueries({ queryKey });
  }
}

/** What it says differs by language and level: the list is read again, and what is shown of this one. */
function applyChannel(client: QueryClient, id: string): void {
  client.invalidateQueries({ queryKey: keys.channels, exact: true });
  client.invalidateQueries({ queryKey: keys.everythingOf(id) });
}

/** Puts an event back on top of a fetch that began before it and ended after it. */
export function reapplyEvent(client: QueryClient, event: AnyEvent): void {
  if (event.kind === "access.changed" || event.kind === "session.ended") return;
  if (event.kind === "conversation.changed" || event.kind === "conversation.read") {
    rewriteConversation(client, (event.payload as { id: string }).id);
    return;
  }
  if (event.kind === "notification.created") {
    reapplyNotification(client, event.payload as Notification);
    return;
  }
  applyEvent(client, event);
}
