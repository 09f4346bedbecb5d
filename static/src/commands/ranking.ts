import { fitAny } from "./match";
import { namesOf } from "./names";
import { type Command, GROUPS } from "./registry";

export interface Section {
  /** A translation key. */
  title: string;
  commands: Command[];
}

const FEW = 6;
const MANY = 30;
/** Without a query nobody reads all people, all canned replies and all tags. */
const ON_DEMAND = new Set(["person", "canned", "tag"]);

/** What the palette shows: by group while nothing is typed (lately used first), by how well it fits once something is. */
export function ranked(
  query: string,
  commands: readonly Command[],
  found: readonly Command[],
  recent: readonly string[],
): Section[] {
  const runnable = commands.filter(({ run, keysOnly }) => run && !keysOnly);
  const sections = query.trim() ? fitting(query, runnable, found) : resting(runnable, recent);
  return sections.filter((section) => section.commands.length > 0);
}

function resting(commands: readonly Command[], recent: readonly string[]): Section[] {
  const lately = recent
    .flatMap((id) => commands.find((command) => command.id === id) ?? [])
    .slice(0, FEW);
  const shown = new Set(lately.map(({ id }) => id));
  const groups = GROUPS.filter((group) => !ON_DEMAND.has(group)).map((group) => ({
    title: `commands.group.${group}`,
    commands: commands.filter((command) => command.group === group && !shown.has(command.id)),
  }));
  return [{ title: "commands.recent", commands: lately }, ...groups];
}

function fitting(
  query: string,
  commands: readonly Command[],
  found: readonly Command[],
): Section[] {
  const scored = commands
    .map((command) => ({ command, score: fitAny(query, namesOf(command)) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, MANY)
    .map(({ command }) => command);
  const results = { title: "commands.results", commands: scored };
  const people = { title: "commands.found", commands: [...found] };
  // A number, or nothing else that fits: somebody looks for a customer.
  return /^[+\d\s()-]+$/.test(query.trim()) ? [people, results] : [results, people];
}
