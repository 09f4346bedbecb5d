// What was typed and not sent, per person and conversation (or note on a contact), kept across reloads in this browser.

import { outbox } from "../thread/outbox";
import { attachments } from "./attachments";

const PREFIX = "kefu.draft";

let person: number | null = null;

/** Whose drafts are meant; set when a thread opens. */
export function draftsOf(userId: number): void {
  person = userId;
}

function keyOf(userId: number, conversationId: string): string {
  return `${PREFIX}.${userId}.${conversationId}`;
}

/** Where it is kept which canned reply a draft came from; it goes with the draft. */
export function sourceKey(userId: number, place: string): string {
  return `${keyOf(userId, place)}#source`;
}

function draftKeys(): string[] {
  return Object.keys(localStorage).filter((key) => key.startsWith(`${PREFIX}.`));
}

type Listener = (place?: string) => void;
const listeners = new Set<Listener>();
const writers = new Set<() => void>();
const adopters = new Set<(place: string, before: string, text: string) => void>();

/** For lists that show "draft": called whenever any draft changes, with its place if it was one. */
export function subscribeDrafts(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell(place?: string): void {
  for (const listener of listeners) listener(place);
}

/** A field that saves a moment after each change says how to save at once. */
export function savesDrafts(save: () => void): () => void {
  writers.add(save);
  return () => writers.delete(save);
}

/** What stands in fields is saved now. */
export function flushDrafts(): void {
  for (const save of writers) save();
}

/** A draft came from another device or tab: the field that shows it takes it over. */
export function onAdopted(
  listener: (place: string, before: string, text: string) => void,
): () => void {
  adopters.add(listener);
  return () => adopters.delete(listener);
}

export function adoptDraft(place: string, text: string, userId: number): void {
  const before = draftOf(place, userId);
  if (before === text) return;
  saveDraft(place, text, userId);
  for (const adopt of adopters) adopt(place, before, text);
}

/** Tabs of one browser share what is kept: what another one wrote is taken over by the field that shows it. */
export function hearOtherTabs(userId: number): () => void {
  const prefix = keyOf(userId, "");
  const hear = ({ key, oldValue, newValue }: StorageEvent) => {
    if (!key?.startsWith(prefix) || key.includes("#")) return;
    for (const adopt of adopters) adopt(key.slice(prefix.length), oldValue ?? "", newValue ?? "");
    // The server hears of it from the tab that wrote it.
    tell();
  };
  window.addEventListener("storage", hear);
  return () => window.removeEventListener("storage", hear);
}

/** The server has it: it is no draft any more, unless something else stands there by now. */
export function endDraft(place: string, sent: string, userId: number): void {
  flushDrafts();
  if (draftOf(place, userId).trim() === sent.trim()) adoptDraft(place, "", userId);
}

/** The unsent text of a conversation, "" when there is none. */
export function draftOf(conversationId: string, userId: number | null = person): string {
  if (userId === null) return "";
  return localStorage.getItem(keyOf(userId, conversationId)) ?? "";
}

/** Blank text removes the draft. A full or forbidden storage loses the draft, not the typing. */
export function saveDraft(
  conversationId: string,
  text: string,
  userId: number | null = person,
): void {
  if (userId === null || text === draftOf(conversationId, userId)) return;
  try {
    if (text.trim()) localStorage.setItem(keyOf(userId, conversationId), text);
    else {
      localStorage.removeItem(keyOf(userId, conversationId));
      localStorage.removeItem(sourceKey(userId, conversationId));
    }
  } catch {
    return;
  }
  tell(conversationId);
}

/**
 * Somebody signed in: what others left in this browser goes. Drafts hold customers' words, and what could not be
 * sent must not go out under another name. One's own waits, also when the session had expired meanwhile.
 */
export function keepDraftsOf(userId: number): void {
  const others = draftKeys().filter((key) => !key.startsWith(`${PREFIX}.${userId}.`));
  for (const key of others) localStorage.removeItem(key);
  if (person !== null && person !== userId) forgetUnsent();
  if (others.length > 0) tell();
}

/** Somebody signed out: nothing of theirs stays in this browser. */
export function clearDrafts(): void {
  for (const key of draftKeys()) localStorage.removeItem(key);
  forgetUnsent();
  tell();
}

/** What is held by this page only. */
function forgetUnsent(): void {
  outbox.clear();
  attachments.clear();
  person = null;
}
