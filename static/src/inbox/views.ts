import { CheckCheck, Inbox, type LucideIcon, UserRound, UsersRound } from "lucide-react";
import type { View } from "../api/types";

export const VIEWS: { view: View; icon: LucideIcon }[] = [
  { view: "mine", icon: UserRound },
  { view: "unassigned", icon: Inbox },
  { view: "all", icon: UsersRound },
  { view: "resolved", icon: CheckCheck },
];

export function isView(value: string | undefined): value is View {
  return VIEWS.some(({ view }) => view === value);
}

export function pathTo(view: View, conversationId?: string | null): string {
  return conversationId ? `/inbox/${view}/${conversationId}` : `/inbox/${view}`;
}
