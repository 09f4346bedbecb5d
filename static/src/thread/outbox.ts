// Messages on their way to the server. A message lives here from the press of Enter until the server has
// it; what could not be sent stays, with its reason, until it goes or the agent throws it away.
// The same client_ref goes with every attempt, so the server never stores a message twice.
import { type ApiError, api } from "../api/client";
import type { WireMessage } from "../api/types";
import { asRefusal, type Draft, failedOnTheWay, isHeld, newWaiting, type Waiting } from "./waiting";

type Listener = () => void;

/** The signed-in session that messages leave under, and what is done with the answers. */
export interface Carrier {
  userId: number;
  sent(message: WireMessage): void;
  refused(waiting: Waiting, error: ApiError): void;
}

/** Returns true when a refused message was dealt with elsewhere and is to be dropped. */
type Taker = (waiting: Waiting, error: ApiError) => boolean;

const nothing: readonly Waiting[] = [];

export class Outbox {
  private readonly waiting = new Map<string, readonly Waiting[]>();
  private readonly listeners = new Set<Listener>();
  private readonly takers = new Map<string, Taker>();
  /** One at a time per conversation: the server gives each its place in the order of arrival. */
  private readonly busy = new Map<string, symbol>();
  private carrier: Carrier | null = null;

  readonly subscribe = (listener: Listener): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly of = (conversationId: string): readonly Waiting[] =>
    this.waiting.get(conversationId) ?? nothing;

  /** Messages leave from now on, until the returned function is called; also what an expired session held back. */
  open(carrier: Carrier): () => void {
    this.carrier = carrier;
    this.retryHeld();
    return () => {
      if (this.carrier === carrier) this.carrier = null;
    };
  }

  /** While a conversation is open, its composer may take a refused text back. */
  takeBack(conversationId: string, taker: Taker): () => void {
    this.takers.set(conversationId, taker);
    return () => {
      if (this.takers.get(conversationId) === taker) this.takers.delete(conversationId);
    };
  }

  send(draft: Draft): Waiting {
    const waiting = newWaiting(draft);
    this.write(draft.conversationId, [...this.of(draft.conversationId), waiting]);
    this.wake(draft.conversationId);
    return waiting;
  }

  retry(conversationId: string, ref: string): void {
    this.wake(conversationId, ref);
  }

  /** What was refused with `code` goes again, by somebody who knows of `answers` answers now. */
  sendKnowing(conversationId: string, code: string, answers: number): void {
    const items = this.of(conversationId).map((item) =>
      item.state === "failed" && item.error?.code === code && this.isMine(item)
        ? {
            ...item,
            body: { ...item.body, answers_seen: answers },
            state: "sending" as const,
            error: null,
          }
        : item,
    );
    this.write(conversationId, items);
    this.carry(conversationId);
  }

  discard(conversationId: string, ref: string): void {
    const items = this.of(conversationId);
    const left = items.filter((item) => item.ref !== ref);
    if (left.length < items.length) this.write(conversationId, left);
  }

  /** Everywhere, what failed on the way goes again. */
  retryHeld(): void {
    for (const conversationId of [...this.waiting.keys()]) this.wake(conversationId);
  }

  readonly isEmpty = (): boolean => this.waiting.size === 0;

  readonly holdsAny = (): boolean => [...this.waiting.values()].some((items) => items.some(isHeld));

  readonly hasFailed = (conversationId: string): boolean =>
    this.of(conversationId).some(({ state }) => state === "failed");

  /** Also what is queued behind a message on its way: nothing of it may run in the next person's session. */
  clear(): void {
    this.waiting.clear();
    this.busy.clear();
    this.tell();
  }

  /** The named message and whatever is held go, in the order written. */
  private wake(conversationId: string, ref?: string): void {
    const items = this.of(conversationId);
    const wakes = (item: Waiting) =>
      this.isMine(item) && (isHeld(item) || (item.ref === ref && item.state === "failed"));
    if (items.some(wakes)) {
      const woken = (item: Waiting) =>
        wakes(item) ? { ...item, state: "sending" as const, error: null } : item;
      this.write(conversationId, items.map(woken));
    }
    this.carry(conversationId);
  }

  private async carry(conversationId: string): Promise<void> {
    if (this.busy.has(conversationId)) return;
    const turn = Symbol(conversationId);
    this.busy.set(conversationId, turn);
    for (let next = this.next(conversationId); next; next = this.next(conversationId)) {
      await this.post(next);
      // Emptied meanwhile: another person's messages may be on their way under another turn.
      if (this.busy.get(conversationId) !== turn) return;
    }
    this.busy.delete(conversationId);
  }

  private next(conversationId: string): Waiting | undefined {
    return this.of(conversationId).find((item) => item.state === "sending" && this.isMine(item));
  }

  /** Nothing leaves under another person's name. */
  private isMine(waiting: Waiting): boolean {
    return this.carrier?.userId === waiting.author.id;
  }

  private async post(waiting: Waiting): Promise<void> {
    const { conversationId, ref } = waiting;
    const stillHere = () => this.isMine(waiting) && this.of(conversationId).includes(waiting);
    try {
      const message = await api.post<WireMessage>(
        `conversations/${conversationId}/messages`,
        waiting.body,
      );
      if (!stillHere()) return;
      // First the real one, then away with this one: the bubble is never missing for a frame.
      this.carrier?.sent(message);
      this.discard(conversationId, ref);
    } catch (error) {
      if (stillHere()) this.failed(waiting, asRefusal(error));
    }
  }

  private failed(waiting: Waiting, error: ApiError): void {
    const { conversationId, ref } = waiting;
    // What was written after it must not overtake it.
    if (failedOnTheWay(error)) return this.fail(conversationId, error);
    this.carrier?.refused(waiting, error);
    if (this.takers.get(conversationId)?.(waiting, error)) this.discard(conversationId, ref);
    else this.fail(conversationId, error, ref);
  }

  /** One, or all that were on their way. */
  private fail(conversationId: string, error: ApiError, ref?: string): void {
    const fails = (item: Waiting) => (ref ? item.ref === ref : item.state === "sending");
    this.write(
      conversationId,
      this.of(conversationId).map((item) =>
        fails(item) ? { ...item, state: "failed" as const, error } : item,
      ),
    );
  }

  private write(conversationId: string, items: readonly Waiting[]): void {
    if (items.length > 0) this.waiting.set(conversationId, items);
    else this.waiting.delete(conversationId);
    this.tell();
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}

export const outbox = new Outbox();
