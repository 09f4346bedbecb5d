import {
  AlarmClock,
  CheckCheck,
  Hourglass,
  Inbox,
  type LucideIcon,
  UserRound,
  UsersRound,
} from "lucide-react";
import type { View } from "../api/types";

export const VIEWS: { view: View; icon: LucideIcon }[] = [
  { view: "mine", icon: UserRound },
  { view: "unassigned", icon: Inbox },
  { view: "all", icon: UsersRound },
  { view: "at_risk", icon: Hourglass },
  { view: "snoozed", icon: AlarmClock },
  { view: "resolved", icon: CheckCheck },
];

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
