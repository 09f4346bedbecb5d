// What a mentor or a trainee has begun to write on a held reply is a draft: a row that scrolls out of sight, or another
// page, takes no words along.
import { placesOf } from "../composer/draftMemory";

const PLACE = /^held\.(\w+)\.(.+)\.(\d+)$/;

export interface HeldForm<Deed extends string> {
  deed: Deed;
  /** Where the words are kept. */
  place: string;
  /** Of the reply, as its reader saw it. */
  revision: number;
}

interface Held {
  id: string;
  revision: number;
}

export function heldForm<Deed extends string>({ id, revision }: Held, deed: Deed): HeldForm<Deed> {
  return { deed, place: `held.${deed}.${id}.${revision}`, revision };
}

/** The form that was left with words in it. */
export function leftForm<Deed extends string>(
  userId: number,
  { id }: Held,
  deeds: readonly Deed[],
): HeldForm<Deed> | null {
  for (const place of placesOf(userId)) {
    const [, name, of, revision] = PLACE.exec(place) ?? [];
    const deed = deeds.find((one) => one === name);
    if (deed && of === id) return { deed, place, revision: Number(revision) };
  }
  return null;
}
