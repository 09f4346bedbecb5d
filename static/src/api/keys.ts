import type { Asked, View } from "./types";

// Every query key in one place: the stream writes to the same keys the hooks read.
export const keys = {
  session: ["session"] as const,
  factor: ["factor"] as const,
  passkeys: ["passkeys"] as const,
  apiKeys: ["api-keys"] as const,
  exchange: (...of: string[]) => ["exchange", ...of] as const,
  /** Where I am signed in, and my known devices. */
  ownSessions: ["own-sessions"] as const,
  ownDevices: ["own-sessions", "devices"] as const,
  ownSessionList: ["own-sessions", "list"] as const,
  /** The beginning of everything about the bin. */
  bin: ["bin"] as const,
  binCounts: ["bin", "counts"] as const,
  binList: (state: string, q: string) => ["bin", "list", state, q] as const,
  people: ["people"] as const,
  teams: ["teams"] as const,
  rules: ["assignment-rules"] as const,
  work: ["work"] as const,
  /** The beginning of everything about what happens by itself. */
  automaticRules: ["rules"] as const,
  ruleList: (region: number) => ["rules", "list", region] as const,
  ruleReading: (region: number, draft: string) => ["rule-reading", region, draft] as const,
  ruleVersions: (id: string) => ["rules", "versions", id] as const,
  ruleRuns: (path: string) => ["rules", "runs", path] as const,
  ruleWhy: (conversation: string, rule: string) => ["rules", "why", conversation, rule] as const,
  ruleTrial: (id: string) => ["rule-trial", id] as const,
  ruleWords: (region: number) => ["rule-words", region] as const,
  /** Also the beginning of everything about one channel. */
  channels: ["channels"] as const,
  everythingOf: (channelId: string) => ["channels", channelId] as const,
  channel: (id: string) => ["channels", id, "detail"] as const,
  channelEvents: (id: string) => ["channels", id, "events"] as const,
  channelWebhooks: (id: string) => ["channels", id, "webhooks"] as const,
  templates: (channelId: string) => ["templates", channelId] as const,
  flows: (channelId: string) => ["flows", channelId] as const,
  /** Also the beginning of the saved views' counts. */
  counts: ["conversations", "counts"] as const,
  savedCounts: ["conversations", "counts", "saved"] as const,
  savedViews: ["saved-views"] as const,
  service: ["service"] as const,
  lists: ["conversations", "list"] as const,
  list: (asked: Asked | View) =>
    ["conversations", "list", typeof asked === "string" ? { view: asked } : asked] as const,
  conversation: (id: string) => ["conversations", "one", id] as const,
  /** `state`: what of it is told by the stream; whatever else there is to know is read again when that changes. */
  risksOf: (id: string) => ["risks", id] as const,
  risks: (id: string, state: string) => ["risks", id, state] as const,
  /** What conditions can ask in a region. */
  vocabularies: ["vocabulary"] as const,
  vocabulary: (regionId: number, about: string) => ["vocabulary", regionId, about] as const,
  segments: ["segments"] as const,
  segmentList: (regionId: number | null, archived: boolean) =>
    ["segments", "list", regionId, archived] as const,
  segmentSizes: (id: string) => ["segments", id, "sizes"] as const,
  segmentPeople: (id: string) => ["segments", id, "people"] as const,
  segmentTry: (regionId: number, conditions: string) =>
    ["segments", "try", regionId, conditions] as const,
  consentRules: ["consent-rules"] as const,
  riskSettings: ["risk-settings"] as const,
  boards: ["board"] as const,
  board: (filters: string) => ["board", filters] as const,
  spread: (personId: number) => ["spread", personId] as const,
  assignees: (id: string) => ["assignees", id] as const,
  assignments: (id: string) => ["assignments", id] as const,
  allMessages: ["messages"] as const,
  /** Infinite query; pages newest first. */
  messages: (conversationId: string) => ["messages", conversationId] as const,
  contact: (id: string) => ["contacts", id] as const,
  cards: ["card"] as const,
  card: (contactId: string) => ["card", contactId] as const,
  tags: ["tags"] as const,
  tagSettings: ["tags", "settings"] as const,
  fields: ["fields"] as const,
  contactList: (filters: string) => ["contact-list", filters] as const,
  notes: (contactId: string) => ["contacts", contactId, "notes"] as const,
  consents: (contactId: string) => ["privacy", contactId, "consents"] as const,
  legalHolds: (contactId: string) => ["privacy", contactId, "holds"] as const,
  contactExports: (contactId: string) => ["privacy", contactId, "exports"] as const,
  duplicates: (contactId: string) => ["privacy", contactId, "duplicates"] as const,
  mergePreview: (contactId: string, merged: string) =>
    ["privacy", contactId, "merge", merged] as const,
  erasures: ["privacy", "erasures"] as const,
  conversationsOf: (contactId: string) => ["contacts", contactId, "conversations"] as const,
  /** By the filters, as the address has them. */
  operations: (filters: string) => ["operations", filters] as const,
  seal: ["operations", "seal"] as const,
  /** Also the beginning of everything about notifications. */
  notifications: ["notifications"] as const,
  unread: ["notifications", "unread"] as const,
  notificationLists: ["notifications", "list"] as const,
  notificationList: (only: string) => ["notifications", "list", only] as const,
  notificationSettings: ["notifications", "settings"] as const,
  internalNotes: (conversationId: string) => ["internal-notes", conversationId] as const,
  mentionable: (conversationId: string) => ["mentionable", conversationId] as const,
  handovers: (conversationId: string) => ["handovers", conversationId] as const,
  /** The beginning of everything about requests and permissions for a time. */
  access: ["access"] as const,
  accessSummary: ["access", "summary"] as const,
  accessRequests: (box: string) => ["access", "requests", box] as const,
  grants: (since: string, until: string) => ["access", "grants", since, until] as const,
  permissionHealth: ["permission-health"] as const,
  reviews: ["reviews"] as const,
  reviewItems: (quarter: string) => ["reviews", "items", quarter] as const,
  /** The beginning of everything about trainees, held replies and reviews. */
  coaching: ["coaching"] as const,
  coachingSummary: ["coaching", "summary"] as const,
  coachingOf: (conversationId: string) => ["coaching", "thread", conversationId] as const,
  heldReplies: (box: string) => ["coaching", "held", box] as const,
  trainees: ["coaching", "trainees"] as const,
  progress: (userId: number) => ["coaching", "progress", userId] as const,
  qaReviews: (state: string, person: number | null) =>
    ["coaching", "reviews", state, person] as const,
  qaForms: ["coaching", "forms"] as const,
  /** `query`: as the server takes it. */
  search: (group: string, query: string) => ["search", group, query] as const,
  /** The beginning of everything about what customers write about. */
  keywords: ["keywords"] as const,
  keywordReport: (region: number, days: number) => ["keywords", "report", region, days] as const,
  keywordTrend: (term: string) => ["keywords", "trend", term] as const,
  keywordWords: (region: number) => ["keywords", "words", region] as const,
  keywordExamples: (term: string, days: number) => ["keywords", "examples", term, days] as const,
  cannedReplies: ["canned-replies"] as const,
  allPrepared: ["prepared"] as const,
  /** Also the beginning of everything prepared for it. */
  preparedFor: (conversationId: string) => ["prepared", conversationId] as const,
  /** `inbound`: how much the customer has written; what is suggested follows from their last words. */
  prepared: (conversationId: string, inbound: number) =>
    ["prepared", conversationId, inbound] as const,
  scheduled: (conversationId: string) => ["scheduled-replies", conversationId] as const,
  imports: ["imports"] as const,
  importDraft: (id: string) => ["import-draft", id] as const,
  /** The beginning of the lines of one import that were not taken. */
  problemsOf: (id: string) => ["import-problems", id] as const,
  importProblems: (id: string, phase: string) => ["import-problems", id, phase] as const,
  /** The beginning of everything about number hygiene. */
  hygiene: ["hygiene"] as const,
  hygieneFigures: ["hygiene", "figures"] as const,
  hygieneList: (name: string) => ["hygiene", "list", name] as const,
  macros: ["macros"] as const,
  macroLooks: (conversationId: string) => ["macro-look", conversationId] as const,
  macroLook: (conversationId: string, macroId: string) =>
    ["macro-look", conversationId, macroId] as const,
  assigneesOfMany: (ids: string) => ["assignees", "many", ids] as const,
};
