// Where each thread was left, for as long as this tab lives.
import type { VirtualItem } from "@tanstack/react-virtual";

export interface Position {
  /** The topmost row in view, and how far it was scrolled past its upper edge, in CSS pixels. */
  key: string;
  offset: number;
  /** Measured sizes, so that coming back needs no second layout. */
  sizes: VirtualItem[];
}

const positions = new Map<string, Position>();
const kept = 100;

/** Null: left at the end, where threads open anyway. */
export function keepPosition(conversationId: string, position: Position | null): void {
  positions.delete(conversationId);
  if (position) positions.set(conversationId, position);
  for (const oldest of positions.keys()) {
    if (positions.size <= kept) break;
    positions.delete(oldest);
  }
}

export function positionOf(conversationId: string): Position | null {
  return positions.get(conversationId) ?? null;
}

export function forgetPositions(): void {
  positions.clear();
}
