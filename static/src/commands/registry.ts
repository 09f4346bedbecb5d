// Everything that can be done by a key or found in the palette, in one table: each page and feature puts its own commands
// in for as long as it is there. The `?` sheet, the palette and the keys all read this and nothing else.
import type { LucideIcon } from "lucide-react";
import { useEffect, useRef, useSyncExternalStore } from "react";

export const GROUPS = [
  "conversation",
  "list",
  "thread",
  "go",
  "saved",
  "person",
  "canned",
  "tag",
  "account",
  "help",
] as const;
export type Group = (typeof GROUPS)[number];

export interface Command {
  /** Unique, and the same on each visit: what was used lately is remembered by it. */
  id: string;
  group: Group;
  /** A translation key: searched in both languages. */
  words: string;
  /** A name that is nobody's to translate (a saved view, a person); shown instead of `words`. */
  name?: string;
  /** What else it may be called, in any language. */
  also?: readonly string[];
  /** A key without a modifier, by `event.key`. */
  key?: string;
  /** Keys as the sheet shows them, where they are more than `key` says. */
  shown?: readonly string[];
  icon?: LucideIcon;
  /** Without it the command is only told of: what listens for its keys is elsewhere. */
  run?: () => void;
  /** Works, but stands in no list of the palette (moving up and down). */
  keysOnly?: boolean;
}

const owners = new Map<symbol, readonly Command[]>();
const listeners = new Set<() => void>();
let all: readonly Command[] = [];

function tell(): void {
  all = [...owners.values()].flat();
  for (const listener of listeners) listener();
}

export function register(owner: symbol, commands: readonly Command[]): void {
  owners.set(owner, commands);
  tell();
}

export function unregister(owner: symbol): void {
  if (owners.delete(owner)) tell();
}

export function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const commandsNow = (): readonly Command[] => all;

export function useAllCommands(): readonly Command[] {
  return useSyncExternalStore(subscribe, commandsNow);
}

/** What stands in the list changes with these only; what a command does is always the newest. */
function signature(commands: readonly Command[]): string {
  return commands
    .map(({ id, name, key }) => `${id}\u0001${name ?? ""}\u0001${key ?? ""}`)
    .join("\u0002");
}

/** Puts commands into the table for as long as the component is there. */
export function useCommands(commands: readonly Command[]): void {
  const owner = useRef(Symbol("commands"));
  const latest = useRef(commands);
  latest.current = commands;
  const listed = signature(commands);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what is listed makes a new list
  useEffect(() => {
    const bound = latest.current.map((command, at) => ({
      ...command,
      run: command.run && (() => latest.current[at]?.run?.()),
    }));
    register(owner.current, bound);
  }, [listed]);
  useEffect(() => {
    const mine = owner.current;
    return () => unregister(mine);
  }, []);
}

/** Keys that two commands claim at once; there must be none. */
export function conflicts(commands: readonly Command[]): string[] {
  const claimed = commands.flatMap(({ key, run }) => (key && run ? [key] : []));
  return [...new Set(claimed.filter((key, at) => claimed.indexOf(key) !== at))];
}
