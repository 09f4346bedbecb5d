// Drafts follow their author from one device to the next. What is typed here is kept here at once (`drafts.ts`) and told to
// the server a moment later; what was typed elsewhere is taken over where nothing newer stands. Of two versions both stay.
import { ApiError, api, isOffline } from "../api/client";
import type { components } from "../api/schema";
import type { Page, Upload } from "../api/types";
import { attachments } from "./attachments";
import { type KeptFile, keepKnown, knownOf, placesOf } from "./draftMemory";
import { adoptDraft, draftOf, flushDrafts, subscribeDrafts } from "./drafts";

export type ServerDraft = components["schemas"]["Draft"];
type File = ServerDraft["files"][number];

const SETTLE_MS = 1200;
const AGAIN_MS = 15_000;
const NOTE = "note.";
/** Other fields keep their drafts in this browser only. */
const PLACE = /^(note\.)?[0-9a-f-]{36}$/;

/** Here a place is a conversation's id, or `note.` and a contact's; to the server it is a path. */
export function pathOf(place: string): string {
  return place.startsWith(NOTE) ? `note/${place.slice(NOTE.length)}` : `reply/${place}`;
}

export function placeOf(path: string): string {
  const [kind = "", id = ""] = path.split("/");
  return kind === "note" ? NOTE + id : id;
}

type Told = Pick<ServerDraft, "text" | "files" | "revision">;

interface Wish {
  text: string;
  files: KeptFile[];
}

export class DraftSync {
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();
  private readonly busy = new Set<string>();
  /** Changed in this tab and not told: what another tab of this browser changes, that one tells. */
  private readonly changed = new Set<string>();
  /** The server's files as this tab has them: what is missing here of those was taken out here, of others it was not. */
  private readonly taken = new Map<string, readonly string[]>();
  /** Files the server does not take for a draft. */
  private readonly untaken = new Set<string>();
  private readonly missed = new Map<string, ServerDraft>();
  private readonly stops: (() => void)[] = [];
  /** What the server does not take (somebody else's by now, or no place of its own) stays in this browser. */
  private readonly refused = new Map<string, string>();
  private ended = false;

  constructor(private readonly userId: number) {}

  start(): void {
    this.stops.push(subscribeDrafts((place) => place && this.changedHere(place)));
    this.stops.push(attachments.subscribe(() => this.filesChanged()));
    void this.catchUp();
  }

  stop(): void {
    this.ended = true;
    for (const stop of this.stops) stop();
    for (const timer of this.timers.values()) clearTimeout(timer);
  }

  /** All of mine; also after the connection was away. */
  async catchUp(): Promise<void> {
    let told: ServerDraft[];
    try {
      told = (await api.get<Page<ServerDraft>>("drafts")).results;
    } catch {
      return; // the next connection tries again
    }
    if (this.ended) return;
    for (const draft of told) this.hear(draft);
    const there = new Set(told.map(({ place }) => placeOf(place)));
    for (const place of placesOf(this.userId)) {
      if (there.has(place)) {
        if (this.differs(place)) this.soon(place); // typed as the page was left
        continue;
      }
      const known = knownOf(this.userId, place);
      const untouched = known.revision > 0 && !this.differs(place);
      if (untouched) this.takeOver(place, { text: "", files: [], revision: known.revision });
      else this.soon(place);
    }
  }

  /** The server says what a draft is now; without text and files it is gone. */
  hear(draft: ServerDraft): void {
    const place = placeOf(draft.place);
    if (this.busy.has(place)) {
      this.missed.set(place, draft);
      return;
    }
    flushDrafts();
    const known = knownOf(this.userId, place);
    if (draft.revision < known.revision) return;
    // Told by another tab, or before this page was loaded: only the files are each page's own.
    if (draft.revision === known.revision) return this.takeFiles(place, draft.files);
    // What was changed here since is told in a moment, and meets the other version at the server.
    if (!this.differs(place) || this.isAs(place, draft)) this.takeOver(place, draft);
    else if (this.changed.has(place)) this.soon(place);
  }

  private changedHere(place: string): void {
    this.changed.add(place);
    this.soon(place);
  }

  private soon(place: string, after = SETTLE_MS): void {
    if (!PLACE.test(place)) return;
    clearTimeout(this.timers.get(place));
    this.timers.set(
      place,
      setTimeout(() => void this.tell(place), after),
    );
  }

  private filesChanged(): void {
    const places = new Set([...attachments.places(), ...placesOf(this.userId)]);
    for (const place of places) {
      const kept = attachments.of(place).length + knownOf(this.userId, place).files.length;
      if (kept > 0 && this.differs(place)) this.changedHere(place);
    }
  }

  private async tell(place: string): Promise<void> {
    this.timers.delete(place);
    if (this.ended || this.busy.has(place)) return;
    if (!this.differs(place)) return void this.changed.delete(place);
    if (this.refused.get(place) === draftOf(place, this.userId)) return;
    const known = knownOf(this.userId, place);
    const wish = this.wish(place);
    this.busy.add(place);
    this.changed.delete(place);
    try {
      const body = { ...wish, revision: known.revision };
      const kept = await api.put<ServerDraft | undefined>(`drafts/${pathOf(place)}`, body);
      if (!this.ended) this.settled(place, wish, kept, known.revision);
    } catch (error) {
      if (error instanceof ApiError && (isOffline(error) || error.status >= 500)) {
        this.changed.add(place);
        this.soon(place, AGAIN_MS);
      } else {
        this.refused.set(place, wish.text);
      }
    } finally {
      this.busy.delete(place);
    }
    const missed = this.missed.get(place);
    this.missed.delete(place);
    if (missed) this.hear(missed);
    if (this.changed.has(place) && this.differs(place) && !this.timers.has(place)) this.soon(place);
  }

  private settled(place: string, wish: Wish, kept: ServerDraft | undefined, before: number): void {
    const now = kept ?? { text: "", files: [], revision: before + 1 };
    flushDrafts();
    const here = draftOf(place, this.userId);
    const merged = now.text !== wish.text;
    this.remember(place, now);
    const took = new Set(now.files.map(({ upload }) => upload.id));
    for (const { upload } of wish.files) if (!took.has(upload)) this.untaken.add(upload);
    this.takeFiles(place, now.files);
    if (!merged) return;
    // Somebody's other tab: its words are added to what stands here, changed meanwhile or not.
    const mine = wish.text.trimEnd();
    const both = here === wish.text ? now.text : now.text.replace(mine, () => here);
    adoptDraft(place, both, this.userId);
  }

  private takeOver(place: string, draft: Told): void {
    this.remember(place, draft);
    adoptDraft(place, draft.text, this.userId);
    this.takeFiles(place, draft.files);
  }

  private remember(place: string, { revision, text, files }: Told): void {
    keepKnown(this.userId, place, { revision, text, files: keptOf(files) });
  }

  /** Those that are new to this tab come, those that are gone there go; what was added or taken out here stays so. */
  private takeFiles(place: string, files: readonly File[]): void {
    if (place.startsWith(NOTE)) return;
    const before = this.taken.get(place) ?? [];
    const next = files.map(({ upload }) => upload.id);
    this.taken.set(place, next);
    const had = new Set([...before, ...this.ready(place).map(({ upload }) => upload)]);
    const fresh = files.filter(({ upload }) => !had.has(upload.id));
    attachments.restore(
      place,
      fresh.map(({ upload, caption }) => ({ upload: upload as Upload, caption })),
      new Set(before.filter((id) => !next.includes(id))),
    );
  }

  private ready(place: string): KeptFile[] {
    return attachments.of(place).flatMap((item) => {
      if (item.state !== "ready" || this.untaken.has(item.upload.id)) return [];
      return [{ upload: item.upload.id, caption: item.caption }];
    });
  }

  /** What the draft is to be. Files that this tab has not taken over yet are no change: the server still has them. */
  private wish(place: string): Wish {
    const known = knownOf(this.userId, place).files;
    const here = new Map(this.ready(place).map((file) => [file.upload, file]));
    const taken = new Set(this.taken.get(place));
    const left = known.filter(({ upload }) => here.has(upload) || !taken.has(upload));
    const kept = left.map((file) => here.get(file.upload) ?? file);
    const added = [...here.values()].filter(
      ({ upload }) => !known.some((one) => one.upload === upload),
    );
    return { text: draftOf(place, this.userId), files: [...kept, ...added] };
  }

  /** The same was written in another tab, or told by it. */
  private isAs(place: string, { text, files }: ServerDraft): boolean {
    return isSame(this.wish(place), { text, files: keptOf(files) });
  }

  private differs(place: string): boolean {
    return !isSame(this.wish(place), knownOf(this.userId, place));
  }
}

function keptOf(files: readonly File[]): KeptFile[] {
  return files.map(({ upload, caption }) => ({ upload: upload.id, caption }));
}

type Content = { text: string; files: readonly KeptFile[] };

function isSame(one: Content, other: Content): boolean {
  const line = ({ files }: Content) =>
    JSON.stringify(files.map(({ upload, caption }) => [upload, caption]));
  return one.text === other.text && line(one) === line(other);
}
