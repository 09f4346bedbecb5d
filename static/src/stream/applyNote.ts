import type { QueryClient } from "@tanstack/react-query";
import { keys } from "../api/keys";
import type { Note, Page } from "../api/types";
import { newestFirst } from "./order";

const byTime = newestFirst((note: Note) => note.created_at);

/**
 * Puts a note into its contact's loaded list, once: the author hears of it by the answer and by the stream,
 * in either order. Notes are never changed, so the one at hand is as good.
 */
export function applyNote(client: QueryClient, note: Note): void {
  client.setQueryData<Page<Note>>(keys.notes(note.contact_id), (page) => {
    if (!page || page.results.some(({ id }) => id === note.id)) return page;
    return { ...page, results: [...page.results, note].sort(byTime) };
  });
}
