// Who else looks at the open conversation, and who types there. Said over the live connection, kept nowhere.
import type { HereFrame, Present } from "./frames";

const AGAIN_MS = 30_000;
/** The server lets a typist go after six seconds. */
const TYPING_AGAIN_MS = 3000;
const IDLE_MS = 4000;

type Say = (message: object) => void;

const nobody: readonly Present[] = [];

class Company {
  private place: string | null = null;
  private people: readonly Present[] = nobody;
  private say: Say | null = null;
  private typing = false;
  private toldAt = 0;
  private idle: ReturnType<typeof setTimeout> | undefined;
  private readonly listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** The others, at the place this tab is at. */
  readonly present = (): readonly Present[] => this.people;

  /** What is said goes out here, until the returned function is called. */
  speaks(say: Say): () => void {
    this.say = say;
    const again = setInterval(() => this.sayAgain(), AGAIN_MS);
    const turned = () => this.tell();
    document.addEventListener("visibilitychange", turned);
    return () => {
      clearInterval(again);
      document.removeEventListener("visibilitychange", turned);
      this.say = null;
      this.set(nobody);
    };
  }

  /** This tab shows a conversation, or none. */
  goTo(conversationId: string | null): void {
    const place = conversationId && `conversation:${conversationId}`;
    if (place === this.place) return;
    this.place = place;
    this.stopTyping();
    this.set(nobody);
    this.tell();
  }

  /** A key was pressed: told at once, then every few seconds, and taken back when it stays quiet. */
  types(): void {
    clearTimeout(this.idle);
    this.idle = setTimeout(() => {
      this.stopTyping();
      this.tell();
    }, IDLE_MS);
    const now = Date.now();
    if (this.typing && now - this.toldAt < TYPING_AGAIN_MS) return;
    this.typing = true;
    this.toldAt = now;
    this.tell();
  }

  /** It was sent, or thrown away. */
  rests(): void {
    if (!this.typing) return;
    this.stopTyping();
    this.tell();
  }

  sayAgain(): void {
    if (this.place) this.tell();
  }

  told({ place, people }: HereFrame): void {
    if (place === this.place) this.set(people);
  }

  /** What they typed is here: nobody waits for more of it, though the word that they stopped may come later. */
  answered(conversationId: string, personId: number): void {
    if (this.place !== `conversation:${conversationId}`) return;
    this.set(this.people.map((one) => (one.id === personId ? { ...one, typing: false } : one)));
  }

  private stopTyping(): void {
    clearTimeout(this.idle);
    this.typing = false;
  }

  /** A tab nobody looks at is nowhere. */
  private tell(): void {
    const here = document.visibilityState === "visible" ? this.place : null;
    this.say?.({ type: "here", place: here, typing: here !== null && this.typing });
  }

  private set(people: readonly Present[]): void {
    this.people = people;
    for (const listener of this.listeners) listener();
  }
}

export const company = new Company();
