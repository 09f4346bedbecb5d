import type {
  AccountEvent,
  Assignee,
  Channel,
  ChannelDetail,
  Contact,
  Conversation,
  Me,
  Message,
  Note,
  Pause,
  Person,
} from "../api/types";
import type { Card } from "../card/queries";

export const ben: Me = {
  id: 7,
  email: "ben@example.com",
  name: "Ben",
  level: "senior",
  duties: [],
  trainee: false,
  permissions: [
    "conversation.reply",
    "conversation.take",
    "conversation.assign",
    "conversation.resolve",
    "template.send",
    "payment.mark",
    "conversation.bulk",
    "view.share",
    "contact.edit",
    "note.add",
  ],
  regions: [{ id: 1, code: "TW", name: "台灣", time_zone: "Asia/Taipei" }],
  team_ids: [3],
  language: "en",
  time_zone: "Asia/Taipei",
  availability: "available",
  simulator_url: null,
  replies_held: false,
  mentors: false,
  voice_seconds: 900,
  password_expires_at: null,
};

const absent = { id: 8, name: "Cho", availability: "away", is_here: false } as const;

export const cho: Person = { ...absent, level: "agent", region_ids: [1] };

export function anAssignee(change: Partial<Assignee> = {}): Assignee {
  return {
    ...absent,
    load: 4,
    capacity: 20,
    languages: ["en"],
    skills: [],
    ...change,
  };
}

const question: NonNullable<Conversation["last_message"]> = {
  id: "m1",
  kind: "text",
  direction: "in",
  text: "你好",
  status: "received",
  author_name: null,
  revoked: false,
  at: "2026-03-01T08:00:00Z",
};

export function aConversation(change: Partial<Conversation> = {}): Conversation {
  return {
    id: "c1",
    version: 1,
    region_id: 1,
    channel: { id: "ch1", name: "Taipei shop", phone: "+886 900 000 001" },
    contact: { id: "p1", name: "王小明", phone: "+886 900 000 101", language: "zh_TW" },
    state: "open",
    priority: "normal",
    snooze: null,
    woken_how: null,
    lock: null,
    risk: null,
    tags: [],
    scheduled: null,
    due_at: null,
    due_for: null,
    risk_at: null,
    held_count: 0,
    case_number: 1,
    assignee: null,
    team: null,
    last_message: question,
    last_activity_at: "2026-03-01T08:00:00Z",
    waiting_since: null,
    window_closes_at: null,
    inbound_count: 1,
    answer_count: 0,
    read_count: 0,
    reads_back_to: null,
    payment_marked_at: null,
    created_at: "2026-02-01T08:00:00Z",
    ...change,
  };
}

export function aMessage(change: Partial<Message> = {}): Message {
  return {
    id: "m1",
    version: 1,
    conversation_id: "c1",
    direction: "in",
    kind: "text",
    content: { text: "你好" },
    status: "received",
    at: "2026-03-01T08:00:00Z",
    sent_at: null,
    delivered_at: null,
    read_at: null,
    failed_at: null,
    author: null,
    client_ref: null,
    quoted: null,
    reactions: [],
    error: null,
    ...change,
  };
}

export function aContact(change: Partial<Contact> = {}): Contact {
  return {
    id: "p1",
    name: "王小明",
    phone: "+886 900 000 101",
    language: "zh_TW",
    version: 1,
    username: null,
    country: "TW",
    region_id: 1,
    time_zone: "Asia/Taipei",
    identities: [],
    first_seen_at: "2026-02-01T08:00:00Z",
    last_seen_at: "2026-03-01T08:00:00Z",
    marketing_stopped_at: null,
    held_at: null,
    ...change,
  };
}
export function aCard(change: Partial<Card> = {}): Card {
  return {
    contact: aContact(),
    tags: [],
    fields: [],
    consents: [],
    notes: [],
    figures: [],
    sections: {},
    more: [],
    highlights: [],
    ...change,
  };
}

export function aNote(change: Partial<Note> = {}): Note {
  return {
    id: "n1",
    contact_id: "p1",
    text: "Prefers mornings",
    author: { id: 8, name: "Cho" },
    created_at: "2026-03-01T08:00:00Z",
    ...change,
  };
}

export function aChannel(change: Partial<Channel> = {}): Channel {
  return {
    id: "ch1",
    name: "Taipei shop",
    region_id: 1,
    phone: "+886900000001",
    provider: "meta",
    state: "active",
    paused_reason: null,
    pauses: [],
    alerts: 0,
    ...change,
  };
}

export function aPause(change: Partial<Pause> = {}): Pause {
  return {
    kind: "throttle",
    scope: "all",
    code: "130429",
    words: {
      en: { message: "Too many at a time.", remedy: "It goes on by itself." },
      "zh-hant": { message: "一次傳太多。", remedy: "會自動恢復。" },
    },
    began_at: "2026-03-01T08:00:00Z",
    until: "2026-03-01T09:00:00Z",
    sent_before: 612,
    burst: true,
    burst_messages: 500,
    burst_minutes: 10,
    ...change,
  };
}

export function aChannelDetail(change: Partial<ChannelDetail> = {}): ChannelDetail {
  return {
    channel: aChannel(),
    health: {
      can_send: "AVAILABLE",
      quality: "GREEN",
      throughput: "STANDARD",
      limit: "TIER_2K",
      verified_name: "Tea House",
      name_status: "APPROVED",
      number_status: "CONNECTED",
      review: "",
      ban: "",
      ban_date: "",
      payment: "",
      username: "",
      problems: [],
      answered_at: null,
      checked_at: "2026-03-01T08:00:00Z",
      check_error: null,
      stale: false,
    },
    provider_title: "Meta Cloud API",
    graph_version: "v26.0",
    callback_url: "https://kefu.example/webhooks/whatsapp/ch1",
    pace: 200,
    sent_lately: 12,
    queued: 3,
    set_aside: 0,
    last_webhook_at: "2026-03-01T08:00:00Z",
    past_pauses: [],
    ...change,
  };
}

export function anAccountEvent(change: Partial<AccountEvent> = {}): AccountEvent {
  const until = "2026-03-04T08:00:00+00:00";
  return {
    id: "e1",
    field: "account_update",
    event: "ACCOUNT_RESTRICTION",
    severity: "critical",
    told: { restrictions: [{ kind: "RESTRICTED_BIZ_INITIATED_MESSAGING", until }] },
    at: "2026-03-01T08:00:00Z",
    seen: false,
    ...change,
  };
}
