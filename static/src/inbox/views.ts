import {
  AlarmClock,
  CalendarClock,
  CheckCheck,
  Contact,
  Hourglass,
  Inbox,
  type LucideIcon,
  UserRound,
  UsersRound,
} from "lucide-react";
import type { Me, View } from "../api/types";

export const VIEWS: { view: View; icon: LucideIcon; key: string }[] = [
  { view: "mine", icon: UserRound, key: "1" },
  { view: "team", icon: Contact, key: "7" },
  { view: "unassigned", icon: Inbox, key: "2" },
  { view: "all", icon: UsersRound, key: "3" },
  { view: "at_risk", icon: Hourglass, key: "4" },
  { view: "snoozed", icon: AlarmClock, key: "5" },
  { view: "scheduled", icon: CalendarClock, key: "8" },
  { view: "resolved", icon: CheckCheck, key: "6" },
];

/** Whoever is in no team has no team's conversations. */
export function viewsOf(me: Me) {
  return VIEWS.filter(({ view }) => view !== "team" || me.team_ids.length > 0);
}

/** A view of the inbox, or a saved one by its id. */
export type Place = View | SavedPlace;
type SavedPlace = `saved-${string}`;

const SAVED = /^saved-([0-9a-f-]{36})$/;

function isView(value: string | undefined): value is View {
  return VIEWS.some(({ view }) => view === value);
}

export function isPlace(value: string | undefined): value is Place {
  return isView(value) || savedIdOf(value) !== null;
}

export function savedIdOf(place: string | undefined): string | null {
  return SAVED.exec(place ?? "")?.[1] ?? null;
}

export function placeOfSaved(id: string): Place {
  return `saved-${id}`;
}

export function pathTo(place: Place, conversationId?: string | null): string {
  return conversationId ? `/inbox/${place}/${conversationId}` : `/inbox/${place}`;
}
