import type { QueryClient } from "@tanstack/react-query";
import { keys } from "../api/keys";
import type { Contact, Conversation, Note, WireMessage } from "../api/types";
import { applyContact, applyPerson, applySeen } from "./applyContact";
import { applyConversation, applyLeft, applyRead, rewriteConversation } from "./applyConversation";
import { applyMessage } from "./applyMessage";
import { applyNote } from "./applyNote";
import type { Colleague } from "./frames";

type AnyEvent = { kind: string; payload: unknown };

/** Kinds after which the counts beside the views may be different. */
const COUNTED = new Set(["conversation.changed", "conversation.left", "sla.warned"]);

export function changesCounts(event: AnyEvent): boolean {
  return COUNTED.has(event.kind);
}

/**
 * Writes one stream event into the query cache. Safe to call twice, late or out of order: the newest
 * version of each object stays. Unknown kinds are ignored, so that the server may add some.
 */
export function applyEvent(client: QueryClient, event: AnyEvent): void {
  switch (event.kind) {
    case "conversation.changed":
      applyConversation(client, event.payload as Conversation);
      break;
    case "message.changed":
      applyMessage(client, event.payload as WireMessage);
      applySeen(client, event.payload as WireMessage);
      break;
    case "conversation.left":
      applyLeft(client, (event.payload as { id: string }).id);
      break;
    case "conversation.read": {
      const { id, read_count } = event.payload as { id: string; read_count: number };
      applyRead(client, id, read_count);
      break;
    }
    case "contact.changed":
      applyContact(client, event.payload as Contact);
      break;
    case "note.added":
      applyNote(client, event.payload as Note);
      break;
    case "person.changed":
      applyPerson(client, event.payload as Colleague);
      break;
    case "session.ended":
      // One of mine; whether it is this page's, the server knows.
      client.invalidateQueries({ queryKey: keys.session });
      break;
    case "saved_view.changed":
    case "saved_view.left":
      client.invalidateQueries({ queryKey: keys.savedViews });
      client.invalidateQueries({ queryKey: keys.savedCounts });
      break;
    case "sla.warned":
      client.invalidateQueries({ queryKey: keys.list("at_risk") });
      break;
    case "channel.changed":
      applyChannel(client, (event.payload as { id: string }).id);
      break;
    case "access.changed":
      client.invalidateQueries();
      break;
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
  applyEvent(client, event);
}
