// Generated from the server's event types by `manage.py generate`. Do not edit.

export interface Author {
  id: number;
  name: string;
}

export interface CardRef {
  id: string;
}

export interface Catalogue {
  region_id: number;
  what: string;
}

export interface ChannelBrief {
  id: string;
  name: string;
  phone: string;
}

export interface ChannelState {
  id: string;
  state: string;
}

export interface Colleague {
  id: number;
  name: string;
  availability: string;
  is_here: boolean;
}

export interface Consent {
  id: string;
  contact_id: string;
  purpose: string;
  given: boolean;
  source: string;
  evidence: string;
  at: string;
  recorded_by: Author | null;
  recorded_at: string;
  holds: boolean;
  proof: Proof | null;
}

export interface Contact {
  id: string;
  name: string;
  phone: string | null;
  language: string | null;
  version: number;
  username: string | null;
  country: string | null;
  region_id: number;
  time_zone: string | null;
  identities: Identity[];
  first_seen_at: string;
  last_seen_at: string | null;
  marketing_stopped_at: string | null;
  held_at: string | null;
}

export interface ContactBrief {
  id: string;
  name: string;
  phone: string | null;
  language: string | null;
}

export interface ContactMerged {
  merged_id: string;
  kept_id: string;
  threads: Record<string, string>;
}

export interface Conversation {
  id: string;
  version: number;
  region_id: number;
  channel: ChannelBrief;
  contact: ContactBrief;
  state: string;
  priority: string;
  snooze: Snooze | null;
  woken_how: string | null;
  lock: Lock | null;
  scheduled: ScheduledBrief | null;
  risk: RiskBrief | null;
  tags: ShownTag[];
  case_number: number;
  held_count: number;
  assignee: Author | null;
  team: TeamBrief | null;
  last_message: Preview | null;
  last_activity_at: string;
  waiting_since: string | null;
  due_at: string | null;
  due_for: string | null;
  risk_at: string | null;
  window_closes_at: string | null;
  payment_marked_at: string | null;
  reads_back_to: string | null;
  inbound_count: number;
  answer_count: number;
  read_count: number | null;
  created_at: string;
}

export interface Draft {
  place: string;
  text: string;
  reply_to: string | null;
  files: DraftFile[];
  revision: number;
  changed_at: string;
}

export interface DraftFile {
  upload: Upload;
  caption: string;
}

export interface ExchangeChanged {
  id: string;
  kind: string;
}

export interface Failure {
  code: string;
  retryable: boolean;
  fault: string | null;
  action: string;
  retry_at: string | null;
  words: Record<string, Record<string, string>>;
}

export interface Handover {
  id: string;
  version: number;
  conversation_id: string;
  summary: Summary;
  given_by: Author | null;
  to_person: Author | null;
  to_team: TeamBrief | null;
  given_at: string;
  ended_at: string | null;
  ended_how: string | null;
  ended_by: Author | null;
}

export interface HeldState {
  id: string;
  message_id: string;
  conversation_id: string;
  trainee_id: number | null;
  state: string;
}

export interface Identity {
  kind: string;
  value: string;
  current: boolean;
}

export interface Import {
  id: string;
  region_id: number;
  subject: string;
  state: string;
  version: number;
  file_name: string;
  size: number;
  total: number | null;
  position: number;
  counts: Record<string, number>;
  checked: Record<string, number> | null;
  undo_counts: Record<string, number>;
  error: string;
  made_by: Author | null;
  made_at: string;
  begun_at: string | null;
  ended_at: string | null;
  undone_at: string | null;
  undo_until: string | null;
}

export interface InternalNote {
  id: string;
  version: number;
  conversation_id: string;
  client_ref: string;
  text: string;
  mentions: Mention[];
  files: Media[];
  author: Author;
  created_at: string;
  edited_at: string | null;
  deleted_at: string | null;
}

export interface KeywordsState {
  region_id: number;
}

export interface Left {
  id: string;
}

export interface Lock {
  by: Author | null;
  since: string;
  until: string;
  reason: string;
}

export interface Media {
  id: string;
  state: string;
  kind: string;
  mime_type: string | null;
  size: number | null;
  name: string | null;
  width: number | null;
  height: number | null;
  url: string;
  thumbnail_url: string | null;
}

export interface Mention {
  kind: string;
  id: number;
  name: string;
}

export interface Message {
  id: string;
  version: number;
  conversation_id: string;
  direction: string;
  kind: string;
  content: Record<string, unknown>;
  status: string;
  at: string;
  sent_at: string | null;
  delivered_at: string | null;
  read_at: string | null;
  failed_at: string | null;
  author: Author | null;
  client_ref: string | null;
  quoted: Quoted | null;
  reactions: Reaction[];
  error: Failure | null;
}

export interface Note {
  id: string;
  contact_id: string;
  text: string;
  author: Author;
  created_at: string;
}

export interface Notification {
  id: string;
  kind: string;
  conversation_id: string | null;
  contact_name: string | null;
  actor: Author | null;
  note: string | null;
  data: Record<string, unknown>;
  created_at: string;
  read_at: string | null;
}

export interface NotificationsRead {
  ids: string[];
  until: string | null;
}

export interface Prepared {
  id: string;
  what: string;
}

export interface Preview {
  id: string;
  kind: string;
  direction: string;
  text: string;
  status: string;
  author_name: string | null;
  revoked: boolean;
  at: string;
}

export interface Proof {
  name: string;
  mime_type: string;
  size: number;
}

export interface PurchaseFigures {
  currency: string;
  orders: number;
  spent_minor: number;
  first_order_at: string;
  last_order_at: string;
}

export interface Purchases {
  contact_id: string;
  figures: PurchaseFigures[];
}

export interface Quoted {
  id: string | null;
  kind: string;
  direction: string;
  text: string;
  author_name: string | null;
}

export interface Reaction {
  emoji: string;
  side: string;
  name: string;
}

export interface Read {
  id: string;
  read_count: number;
}

export interface RequestState {
  id: string;
  state: string;
  version: number;
}

export interface Requeued {
  person_id: number;
  name: string;
  count: number;
}

export interface ReviewState {
  id: string;
  conversation_id: string;
  person_id: number;
  state: string;
}

export interface RiskBrief {
  kind: string;
  severity: number;
  state: string;
  raised_at: string;
  due_at: string | null;
  given_to: Author | null;
  taken_by: Author | null;
}

export interface ScheduledBrief {
  at: string;
  authors: number[];
  troubled: boolean;
}

export interface ScheduledReply {
  id: string;
  version: number;
  conversation_id: string;
  author: Author;
  kind: string;
  content: Record<string, unknown>;
  send_at: string;
  meanwhile: string;
  state: string;
  reason: string;
  inbound_count: number;
  created_at: string;
}

export interface ShownTag {
  id: string;
  name: string;
  colour: string;
  on: string;
}

export interface SlaWarning {
  conversation_id: string;
  contact_name: string;
  due_for: string;
  stage: string;
  due_at: string;
}

export interface Snooze {
  until: string;
  wake_at: string;
  wakes_on_reply: boolean;
  reason: string;
  by: Author | null;
}

export interface Summary {
  asked: string;
  done: string;
  open: string;
}

export interface TeamBrief {
  id: number;
  name: string;
}

export interface TeamName {
  id: number;
  name: string;
}

export interface TraineeshipState {
  user_id: number;
  running: boolean;
}

export interface Upload {
  id: string;
  kind: string;
  mime_type: string;
  size: number;
  name: string;
  width: number | null;
  height: number | null;
  voice: boolean;
}

/** What each kind of event carries. */
export interface EventPayloads {
  "access.changed": Record<string, never>;
  "bin.changed": Left;
  "card.changed": CardRef;
  "catalogue.changed": Catalogue;
  "channel.changed": ChannelState;
  "consent.recorded": Consent;
  "contact.changed": Contact;
  "contact.merged": ContactMerged;
  "contact.purchases_changed": Purchases;
  "conversation.changed": Conversation;
  "conversation.left": Left;
  "conversation.read": Read;
  "draft.changed": Draft;
  "exchange.changed": ExchangeChanged;
  "handover.changed": Handover;
  "held.changed": HeldState;
  "import.changed": Import;
  "internal_note.changed": InternalNote;
  "keywords.changed": KeywordsState;
  "message.changed": Message;
  "note.added": Note;
  "notification.created": Notification;
  "notification.read": NotificationsRead;
  "person.changed": Colleague;
  "prepared.changed": Prepared;
  "prepared.left": Left;
  "qa.changed": ReviewState;
  "request.changed": RequestState;
  "saved_view.changed": Left;
  "saved_view.left": Left;
  "scheduled_reply.changed": ScheduledReply;
  "session.ended": Record<string, never>;
  "sla.warned": SlaWarning;
  "team.changed": TeamName;
  "trainee.changed": TraineeshipState;
  "waiting.requeued": Requeued;
}
