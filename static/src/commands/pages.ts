import {
  CalendarClock,
  ChartNoAxesColumn,
  ContactRound,
  GraduationCap,
  KeyRound,
  KeySquare,
  LayoutDashboard,
  ListTree,
  type LucideIcon,
  MessageSquareText,
  Monitor,
  RadioTower,
  Route,
  ScrollText,
  Search,
  ShieldAlert,
  ShieldCheck,
  ShieldX,
  Tags,
  Trash2,
  Workflow,
  Zap,
} from "lucide-react";

interface PageEntry {
  path: string;
  words: string;
  /** The permission without which it is nobody's. */
  may?: string;
  also: readonly string[];
  icon: LucideIcon;
  key?: string;
}

/** Every page besides the inbox; `also` is what people call it. */
export const PAGES: readonly PageEntry[] = [
  {
    path: "/search",
    words: "search.title",
    may: "conversation.see",
    also: ["find", "messages", "history", "搜尋", "查詢", "找訊息"],
    icon: Search,
    key: "/",
  },
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
    path: "/keywords",
    words: "inbox.keywords",
    may: "keywords.see",
    also: ["keywords", "terms", "trends", "pain points", "關鍵詞", "熱門", "趨勢", "痛點"],
    icon: ChartNoAxesColumn,
  },
  {
    path: "/board",
    words: "inbox.board",
    may: "board.see",
    also: ["queue", "supervisor", "workload", "看板", "負荷", "主管"],
    icon: LayoutDashboard,
  },
  {
    path: "/board/wall",
    words: "commands.page.wall",
    may: "board.see",
    also: ["screen", "tv", "電視", "投影"],
    icon: Monitor,
  },
  {
    path: "/trainees",
    words: "commands.page.trainees",
    also: ["mentor", "qa", "reviews", "progress", "新人", "指導", "評核", "進度"],
    icon: GraduationCap,
  },
  {
    path: "/contacts",
    words: "contacts.title",
    may: "contact.see",
    also: ["customers", "people", "客戶", "顧客", "通訊錄"],
    icon: ContactRound,
  },
  {
    path: "/settings/tags",
    words: "commands.page.tags",
    may: "tag.manage",
    also: ["labels", "標籤", "分類"],
    icon: Tags,
  },
  {
    path: "/settings/fields",
    words: "commands.page.fields",
    may: "field.manage",
    also: ["custom fields", "properties", "自訂欄位", "屬性"],
    icon: ListTree,
  },
  {
    path: "/settings/replies",
    words: "commands.page.replies",
    may: "conversation.reply",
    also: ["templates", "snippets", "快速回覆", "範本"],
    icon: MessageSquareText,
  },
  {
    path: "/settings/macros",
    words: "commands.page.macros",
    may: "conversation.reply",
    also: ["automation", "巨集"],
    icon: Zap,
  },
  {
    path: "/settings/risk",
    words: "commands.page.risk",
    may: "risk.manage",
    also: ["fraud", "threat", "words", "詐騙", "風險", "關鍵字"],
    icon: ShieldAlert,
  },
  {
    path: "/settings/rules",
    words: "commands.page.rules",
    may: "rule.see",
    also: ["automation", "tags", "triggers", "自動化", "規則", "標籤"],
    icon: Workflow,
  },
  {
    path: "/settings/assignment",
    words: "commands.page.assignment",
    may: "work.arrange",
    also: ["assignment rules", "capacity", "skills", "分派", "自動指派"],
    icon: Route,
  },
  {
    path: "/settings/service",
    words: "commands.page.service",
    may: "service.manage",
    also: ["business hours", "sla", "holidays", "營業時間", "假日"],
    icon: CalendarClock,
  },
  {
    path: "/settings/keys",
    words: "commands.page.keys",
    may: "key.make",
    also: ["token", "integration", "program", "金鑰", "串接", "程式"],
    icon: KeySquare,
  },
  {
    path: "/bin",
    words: "bin.title",
    may: "conversation.delete",
    also: ["trash", "deleted", "restore", "回收桶", "還原", "已刪除"],
    icon: Trash2,
  },
  {
    path: "/erasures",
    words: "commands.page.erasures",
    may: "contact.erase",
    also: ["privacy", "gdpr", "erased", "proof", "隱私", "個資", "刪除證明"],
    icon: ShieldX,
  },
  {
    path: "/settings/security",
    words: "account.security",
    also: ["two-factor", "2fa", "totp", "authenticator", "雙重驗證", "驗證器"],
    icon: ShieldCheck,
  },
];
