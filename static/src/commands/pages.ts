import {
  CalendarClock,
  KeyRound,
  type LucideIcon,
  RadioTower,
  Route,
  ScrollText,
  ShieldCheck,
  Trash2,
} from "lucide-react";

interface PageEntry {
  path: string;
  words: string;
  /** The permission without which it is nobody's. */
  may?: string;
  also: readonly string[];
  icon: LucideIcon;
}

/** Every page besides the inbox; `also` is what people call it. */
export const PAGES: readonly PageEntry[] = [
  {
    path: "/access",
    words: "access.title",
    also: ["rights", "grants", "requests", "權限", "申請", "授權"],
    icon: KeyRound,
  },
  {
    path: "/channels",
    words: "channels.title",
    may: "channel.manage",
    also: ["numbers", "whatsapp", "phone", "號碼", "門號"],
    icon: RadioTower,
  },
  {
    path: "/log",
    words: "log.title",
    may: "operations.see",
    also: ["audit", "history", "稽核", "紀錄"],
    icon: ScrollText,
  },
  {
    path: "/settings/assignment",
    words: "inbox.assigning",
    may: "work.arrange",
    also: ["assignment rules", "capacity", "skills", "分派", "自動指派"],
    icon: Route,
  },
  {
    path: "/settings/service",
    words: "inbox.service",
    may: "service.manage",
    also: ["business hours", "sla", "holidays", "營業時間", "假日"],
    icon: CalendarClock,
  },
  {
    path: "/bin",
    words: "bin.title",
    may: "conversation.delete",
    also: ["trash", "deleted", "restore", "回收桶", "還原", "刪除"],
    icon: Trash2,
  },
  {
    path: "/settings/security",
    words: "account.security",
    also: ["two-factor", "2fa", "totp", "authenticator", "雙重驗證", "驗證器"],
    icon: ShieldCheck,
  },
];
