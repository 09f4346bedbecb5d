import type { Conversation, Person } from "../api/types";

/** Who may be given a conversation, as far as the list of people tells; the server decides. Available ones first. */
export function assignable(people: Person[], conversation: Conversation, search: string): Person[] {
  const words = search.trim().toLocaleLowerCase();
  return people
    .filter((person) => person.region_ids.includes(conversation.region_id))
    .filter((person) => person.level !== "observer")
    .filter((person) => person.name.toLocaleLowerCase().includes(words))
    .sort(availableFirst);
}

function availableFirst(a: Person, b: Person): number {
  if (a.availability === b.availability) return a.name.localeCompare(b.name);
  return a.availability === "available" ? -1 : 1;
}
