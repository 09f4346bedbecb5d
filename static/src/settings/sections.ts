import {
  ArrowLeftRight,
  CalendarClock,
  FileUp,
  KeySquare,
  ListTree,
  type LucideIcon,
  MessageSquareOff,
  MessageSquareText,
  PhoneOff,
  Route,
  ShieldAlert,
  Tags,
  UsersRound,
  Workflow,
  Zap,
} from "lucide-react";
import type { Me } from "../api/types";

export interface Section {
  name:
    | "replies"
    | "macros"
    | "tags"
    | "fields"
    | "assignment"
    | "service"
    | "risk"
    | "imports"
    | "hygiene"
    | "segments"
    | "consent"
    | "rules"
    | "exchange"
    | "keys";
  path: string;
  icon: LucideIcon;
  /** What one must be allowed to see it. */
  needs: string;
}

/** The parts of the settings, in their order. A new one is a line here and a route in `App.tsx`. */
export const SECTIONS: readonly Section[] = [
  {
    name: "replies",
    path: "/settings/replies",
    icon: MessageSquareText,
    needs: "conversation.reply",
  },
  { name: "macros", path: "/settings/macros", icon: Zap, needs: "conversation.reply" },
  { name: "tags", path: "/settings/tags", icon: Tags, needs: "tag.manage" },
  { name: "fields", path: "/settings/fields", icon: ListTree, needs: "field.manage" },
  { name: "assignment", path: "/settings/assignment", icon: Route, needs: "work.arrange" },
  { name: "service", path: "/settings/service", icon: CalendarClock, needs: "service.manage" },
  { name: "risk", path: "/settings/risk", icon: ShieldAlert, needs: "risk.manage" },
  { name: "imports", path: "/settings/imports", icon: FileUp, needs: "contact.import" },
  { name: "hygiene", path: "/settings/hygiene", icon: PhoneOff, needs: "contact.suppress" },
  { name: "segments", path: "/settings/segments", icon: UsersRound, needs: "segment.see" },
  { name: "consent", path: "/settings/consent", icon: MessageSquareOff, needs: "consent.manage" },
  { name: "rules", path: "/settings/rules", icon: Workflow, needs: "rule.see" },
  {
    name: "exchange",
    path: "/settings/exchange",
    icon: ArrowLeftRight,
    needs: "exchange.arrange",
  },
  { name: "keys", path: "/settings/keys", icon: KeySquare, needs: "key.make" },
];

export function sectionsOf(me: Me): Section[] {
  return SECTIONS.filter(({ needs }) => me.permissions.includes(needs));
}
