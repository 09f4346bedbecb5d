// What colleagues say inside a conversation: internal notes and handovers, newest first.
import type { InfiniteData, QueryClient } from "@tanstack/react-query";
import { keys } from "../api/keys";
import type { Handover, InternalNote, Page } from "../api/types";

type NotePages = InfiniteData<Page<InternalNote>>;

/** The newest version of each stays. */
export function applyInternalNote(client: QueryClient, note: InternalNote): void {
  client.setQueryData<NotePages>(keys.internalNotes(note.conversation_id), (data) => {
    if (!data) return data;
    const held = data.pages.flatMap(({ results }) => results).find(({ id }) => id === note.id);
    if (held && held.version >= note.version) return data;
    const pages = held
      ? data.pages.map((page) => ({
          ...page,
          results: page.results.map((one) => (one.id === note.id ? note : one)),
        }))
      : data.pages.map((page, index) =>
          index === 0 ? { ...page, results: newestFirst([note, ...page.results]) } : page,
        );
    return { ...data, pages };
  });
}

function newestFirst(notes: InternalNote[]): InternalNote[] {
  return notes.sort((a, b) => b.created_at.localeCompare(a.created_at) || b.id.localeCompare(a.id));
}

export function applyHandover(client: QueryClient, handover: Handover): void {
  client.setQueryData<Page<Handover>>(keys.handovers(handover.conversation_id), (page) => {
    if (!page) return page;
    const held = page.results.find(({ id }) => id === handover.id);
    if (held && held.version >= handover.version) return page;
    const others = page.results.filter(({ id }) => id !== handover.id);
    const results = [handover, ...others].sort((a, b) => b.given_at.localeCompare(a.given_at));
    return { ...page, results };
  });
}
