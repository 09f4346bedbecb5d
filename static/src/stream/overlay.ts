import type { QueryClient } from "@tanstack/react-query";
import type { Conversation, Message, Page } from "../api/types";
import { learnConversation, rewriteConversation } from "./applyConversation";
import { reapplyEvent } from "./applyEvent";
import { memoryOf } from "./memory";

type AnyEvent = { kind: string; payload: unknown };

const KEPT = 2000;

/**
 * Closes the gap between fetch and stream: an event that arrives while a list is being fetched would
 * be overwritten by the (older) answer. Events are remembered by number; when a fetch ends, those
 * that came after it began are applied again on top.
 */
export class Overlay {
  private readonly client: QueryClient;
  private readonly events: AnyEvent[] = [];
  private firstNumber = 0;
  private readonly marks = new Map<string, number>();

  constructor(client: QueryClient) {
    this.client = client;
  }

  record(event: AnyEvent): void {
    if (this.marks.size === 0) return;
    this.events.push(event);
    if (this.events.length > KEPT) {
      this.events.shift();
      this.firstNumber += 1;
    }
  }

  /** Follows the query cache until the returned function is called. */
  watch(): () => void {
    return this.client.getQueryCache().subscribe((notice) => {
      if (notice.type === "removed") this.close(notice.query.queryHash);
      if (notice.type !== "updated") return;
      const { action, query } = notice;
      if (action.type === "fetch") this.marks.set(query.queryHash, this.nextNumber());
      if (action.type === "error") this.close(query.queryHash);
      if (action.type === "success" && !action.manual) {
        const mark = this.marks.get(query.queryHash);
        this.close(query.queryHash, false);
        this.settle(query.queryKey, query.state.data, mark);
        this.trim();
      }
    });
  }

  private nextNumber(): number {
    return this.firstNumber + this.events.length;
  }

  private close(hash: string, trim = true): void {
    this.marks.delete(hash);
    if (trim) this.trim();
  }

  private trim(): void {
    if (this.marks.size > 0) return;
    this.firstNumber = this.nextNumber();
    this.events.length = 0;
  }

  private settle(key: readonly unknown[], data: unknown, mark: number | undefined): void {
    const { left } = memoryOf(this.client);
    for (const conversation of conversationsIn(key, data)) {
      // The server shows it again; had it been lost during the fetch, the event below says so.
      left.delete(conversation.id);
      if (!learnConversation(this.client, conversation)) {
        rewriteConversation(this.client, conversation.id);
      }
    }
    if (mark === undefined) return;
    if (mark < this.firstNumber) {
      // So much was told meanwhile that some of it is forgotten: only a newer answer can be right.
      this.client.invalidateQueries({ queryKey: key, exact: true });
      return;
    }
    const since = this.events.slice(mark - this.firstNumber);
    for (const event of since) reapplyEvent(this.client, event);
  }
}

function conversationsIn(key: readonly unknown[], data: unknown): Conversation[] {
  if (key[0] !== "conversations" || !data) return [];
  if (key[1] === "one") return [data as Conversation];
  if (key[1] !== "list") return [];
  const { pages } = data as { pages: Page<Conversation | Message>[] };
  return pages.flatMap((page) => page.results as Conversation[]);
}
