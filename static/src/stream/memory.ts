import type { QueryClient } from "@tanstack/react-query";
import type { Conversation } from "../api/types";

/**
 * An agent's day meets tens of thousands of conversations. One let go of is known as little as by a page
 * opened just now, and is learned again by the next event.
 */
const MOST = 20_000;
const MOST_THREADS = 25;
const MOST_NOTIFIED = 500;

/** A map that lets go of what was set longest ago. */
export class RecentMap<V> extends Map<string, V> {
  private readonly most: number;

  constructor(most: number) {
    super();
    this.most = most;
  }

  override set(key: string, value: V): this {
    this.delete(key);
    super.set(key, value);
    if (this.size > this.most) this.delete(this.keys().next().value as string);
    return this;
  }
}

/**
 * What the cache alone cannot remember: the newest version of every conversation seen, also when no
 * loaded list holds it, so that a late or repeated event never puts an older state back.
 */
export interface Memory {
  conversations: Map<string, Conversation>;
  contactVersions: Map<string, number>;
  /** Conversations this agent lost sight of → the version known then. */
  left: Map<string, number>;
  /** Notifications counted already, by their ids. */
  notified: Map<string, true>;
  /** Threads closed, the last one last. */
  threads: Map<string, true>;
}

const memories = new WeakMap<QueryClient, Memory>();

export function memoryOf(client: QueryClient): Memory {
  let memory = memories.get(client);
  if (!memory) {
    memory = {
      conversations: new RecentMap(MOST),
      contactVersions: new RecentMap(MOST),
      left: new RecentMap(MOST),
      notified: new RecentMap(MOST_NOTIFIED),
      threads: new RecentMap(MOST_THREADS),
    };
    memories.set(client, memory);
  }
  return memory;
}

export function forget(client: QueryClient): void {
  memories.delete(client);
}

/** The newest state known of a conversation, whether or not it is in a list. */
export function knownConversation(client: QueryClient, id: string): Conversation | undefined {
  return memoryOf(client).conversations.get(id);
}
