// The canned reply that what stands in a draft came from: it is counted, and its buttons go along. Kept beside the draft,
// so that neither a reload nor a look elsewhere takes the buttons off.
import type { CannedReply } from "../api/types";
import { sourceKey } from "../composer/drafts";

export type Source = Pick<CannedReply, "id" | "buttons">;

export function sourceOf(userId: number, place: string): Source | null {
  try {
    return JSON.parse(localStorage.getItem(sourceKey(userId, place)) ?? "null");
  } catch {
    return null;
  }
}

export function keepSource(userId: number, place: string, { id, buttons }: Source): void {
  try {
    localStorage.setItem(sourceKey(userId, place), JSON.stringify({ id, buttons }));
  } catch {
    // Then it leaves as words only.
  }
}

export function forgetSource(userId: number, place: string): void {
  localStorage.removeItem(sourceKey(userId, place));
}
