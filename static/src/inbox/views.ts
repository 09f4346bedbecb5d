import { CheckCheck, Contact, Inbox, type LucideIcon, UserRound, UsersRound } from "lucide-react";
import type { Me, View } from "../api/types";

export const VIEWS: { view: View; icon: LucideIcon; key: string }[] = [
  { view: "mine", icon: UserRound, key: "1" },
  { view: "team", icon: Contact, key: "5" },
  { view: "unassigned", icon: Inbox, key: "2" },
  { view: "all", icon: UsersRound, key: "3" },
  { view: "resolved", icon: CheckCheck, key: "4" },
];

/** Whoever is in no team has no team's conversations. */
export function viewsOf(me: Me) {
  return VIEWS.filter(({ view }) => view !== "team" || me.team_ids.length > 0);
}

export function isView(value: string | undefined): value is View {
  return VIEWS.some(({ view }) => view === value);
}

export function pathTo(view: View, conversationId?: string | null): string {
  return conversationId ? `/inbox/${view}/${conversationId}` : `/inbox/${view}`;
}
