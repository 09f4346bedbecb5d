// The shapes of the wire: aliases of `schema.d.ts`, which is generated from the server's OpenAPI schema,
// refined only where that says "a string" and the server says one of a few.
// Times are ISO-8601 UTC strings ending in `Z`. Ids are UUID strings, except users and regions: integers.

import type { Over } from "../session/over";
import type { Media, MessageContent } from "./content";
import type { components } from "./schema";

export type {
  Media,
  MessageContent,
  OrderItem,
  OrderToPay,
  Referral,
  Section,
  SharedContact,
} from "./content";

type Schemas = components["schemas"];

/** `Shape` with some fields told more exactly; each must still fit what the schema says of it. */
type Refined<Shape, Fields extends Partial<Shape>> = Omit<Shape, keyof Fields> & Fields;

export type Level = "observer" | "agent" | "senior" | "supervisor" | "admin";
export type Language = "zh-hant" | "en";
export type Availability = "available" | "away";

export type Region = Schemas["Region"];
export type Person = Refined<Schemas["Person"], { level: Level; availability: Availability }>;
export type Team = Schemas["Team"];
export type Assignee = Schemas["Assignee"];
export type Assignees = Schemas["Assignees"];
export type Assignment = Schemas["Assignment"];
export type AssignmentRule = Schemas["AssignmentRule"];
export type Work = Schemas["Work"];
export type Me = Refined<
  Schemas["Me"],
  { level: Level; language: Language; availability: Availability }
>;
export type SignInStep = Refined<
  Schemas["SignInStepShape"],
  { name: "factor" | "enrolment" | "password" | "passkey" | "device" }
>;
/** What a session may lack that the security tier in force asks for. */
export type Lack = "second_factor" | "known_device" | "passkey" | "passkey_shown";
export type Tier = Refined<Schemas["TierShape"], { name: "basic" | "advanced" | "enterprise" }>;
/** Who is in, or what is asked for next. `over`: why nobody is any more. `idle`: how long they may do nothing. */
export interface Session {
  user: Me | null;
  over?: Over | null;
  idle?: Schemas["Idle"] | null;
  step?: SignInStep | null;
  tier?: Tier | null;
  recovery_codes?: string[];
  password_length?: number;
  /** Whether Kefu can send mails to its people. */
  mail?: boolean;
}
export type PersonBrief = Schemas["PersonBriefShape"];
export type Right = Schemas["RightShape"];
export type AccessRequest = Refined<
  Schemas["AccessRequest"],
  { state: "open" | "approved" | "refused" | "withdrawn" }
>;
export type Grant = Refined<Schemas["Grant"], { state: "ahead" | "running" | "over" }>;
export type Review = Schemas["Review"];
export type ReviewItem = Refined<
  Schemas["ReviewItem"],
  {
    kind: "permission" | "duty" | "grant";
    state: "open" | "confirmed" | "withdrawn" | "lapsed";
  }
>;
export type PermissionHealth = Schemas["PermissionHealth"];
export type RequestsSummary = Schemas["RequestsSummary"];
export type Channel = Refined<
  Schemas["Channel"],
  { provider: "meta" | "360dialog" | "simulator"; state: "active" | "paused"; pauses: Pause[] }
>;
export type Pause = Refined<
  Schemas["PauseShape"],
  { kind: "throttle" | "mend" | "account" | "person"; scope: "all" | "templates" | "utility" }
>;
export type ChannelDetail = Refined<Schemas["ChannelDetail"], { channel: Channel }>;
export type ChannelHealth = Schemas["HealthShape"];
export type Flow = Schemas["Flow"];
export type AccountEvent = Schemas["AccountEvent"];
export type StoredWebhook = Schemas["Webhook"];

export type Operation = Refined<Schemas["Operation"], { facts: Fact[]; actor: OperationActor }>;
type OperationActor = Refined<
  Schemas["ActorShape"],
  { kind: "person" | "key" | "rule" | "system" }
>;
export type Fact = Schemas["FactShape"];
export type Seal = Schemas["Seal"];

export type ContactBrief = Schemas["ContactBriefShape"];
export type Identity = Refined<
  Schemas["IdentityShape"],
  { kind: "bsuid" | "phone" | "wa_id" | "username" }
>;
export type Contact = Refined<Schemas["Contact"], { identities: Identity[] }>;
export type Author = Schemas["AuthorShape"];
export type Note = Schemas["Note"];

export type MessageKind = Schemas["MessageKindEnum"];
export type MessageStatus = Schemas["MessageStatusEnum"];
export type Direction = Schemas["DirectionEnum"];
export type LastMessage = Schemas["MessagePreview"];
/** `read_count` is this agent's: unread = inbound_count − read_count. Null in events: keep the one at hand. */
export type Conversation = Schemas["Conversation"];

export type Quoted = Schemas["Quoted"];
export type Reaction = Refined<Schemas["ReactionShape"], { side: "contact" | "team" }>;

/** As the server sends it: why it failed is told in every language (see `inOwnWords`). */
export type WireMessage = Refined<
  Schemas["Message"],
  { content: MessageContent; reactions: Reaction[]; error: Failure | null }
>;

type Failure = Refined<Schemas["FailureShape"], { fault: Fault | null; action: FailureAction }>;
export type Fault = "customer" | "business" | "template" | "whatsapp" | "network" | "kefu";
export type FailureAction =
  | "resend"
  | "wait"
  | "template"
  | "edit"
  | "number"
  | "stop"
  | "channel"
  | "none";

/** Why a message failed, in the reader's language. Without `words` it failed in this browser. */
export interface MessageError
  extends Pick<Failure, "code" | "retryable">,
    Partial<Pick<Failure, "fault" | "action" | "retry_at">> {
  message: string;
  remedy: string | null;
  words?: Failure["words"];
}

/** As the page keeps it. Shown at `at`; ordered by (at, id). */
export type Message = Omit<WireMessage, "error"> & { error: MessageError | null };

export type CannedReply = Schemas["CannedReply"];
export type CannedReplyBody = Schemas["CannedReplyBodyRequest"];
export type ImportedReplies = Schemas["ImportedReplies"];
export type PreparedFor = Refined<
  Schemas["ConversationReplies"],
  { offers: Record<string, string[]> }
>;
export type ScheduledReply = Refined<Schemas["ScheduledReply"], { content: MessageContent }>;
export type MacroStep = Schemas["StepBodyRequest"];
export type Macro = Refined<Schemas["Macro"], { steps: MacroStep[] }>;
export type MacroLook = Schemas["MacroLook"];
export type MacroRun = Schemas["MacroRun"];
export type Upload = Refined<Schemas["Upload"], { kind: MediaKind }>;
export type MediaKind = "image" | "video" | "audio" | "document" | "sticker";
export type MediaState = Media["state"];

export interface Page<T> {
  results: T[];
  next: string | null;
}

export type Counts = Schemas["Counts"];
export type View = keyof Counts;
export type Priority = Conversation["priority"];
export type Sort = "newest" | "pressing";

/** What a list of conversations is asked for: its query string, and what a saved view keeps. */
export interface Asked {
  view: View | "any";
  sort?: Sort;
  channel?: string;
  region?: string;
  /** "me", "nobody" or the id of somebody. */
  assignee?: string;
  /** One or several, with commas between. */
  priority?: string;
  payment?: "true" | "false";
  waiting?: "true" | "false";
  language?: string;
  /** Ids of tags, with commas between: one of them is on it. */
  tag?: string;
}

export type SavedView = Refined<Schemas["SavedView"], { filters: Partial<Asked> }>;
export type ViewCount = Schemas["ViewCount"];
/** A trainee's reply that waits for a mentor, or was decided on. */
export type HeldReply = Refined<Schemas["HeldReply"], { message: WireMessage }>;
export type Coaching = { held: HeldReply[]; remarks: Remark[] };
export type Remark = Schemas["RemarkShape"];
export type Trainee = Schemas["Trainee"];
export type Progress = Schemas["ProgressShape"];
export type QaReview = Schemas["QaReview"];
export type QaForm = Schemas["QaForm"];
export type Criterion = Schemas["QaCriterion"];
export type CoachingSummary = Schemas["CoachingSummary"];
export type BulkDeed = Schemas["BulkDeed"];
export type Notification = Schemas["Notification"];
export type Unread = Schemas["Unread"];
export type NotificationSettings = Schemas["NotificationSettings"];
export type KindChoice = Schemas["KindChoiceShape"];
export type InternalNote = Refined<Schemas["InternalNote"], { files: Media[] }>;
export type Mention = Schemas["Mention"];
export type Mentionable = Schemas["Mentionable"];
export type Handover = Schemas["Handover"];
export type Service = Schemas["Service"];
export type Vocabulary = Schemas["Vocabulary"];
export type Askable = Vocabulary["facts"][number];
export type ConditionOperator = Vocabulary["operators"][number];
export type Segment = Schemas["Segment"];
export type SegmentTry = Schemas["SegmentTry"];
export type SegmentPerson = Schemas["SegmentPerson"];
export type SegmentSize = Schemas["SegmentSize"];
export type ConsentRules = Schemas["ConsentRules"];
export type Risk = Schemas["Risk"];
export type RiskKind = Risk["kind"];
export type RiskSettings = Schemas["RiskSettings"];
export type RiskTried = Schemas["RiskTried"];
export type Board = Schemas["Board"];
export type BoardPerson = Schemas["BoardPerson"];
export type BoardTeam = Board["teams"][number];
export type SpreadMove = Schemas["Move"];
export type Promised = Service["promises"][number];

/** One refusal, already in the reader's language. */
export interface Refusal {
  code: string;
  message: string;
  field: string | null;
  remedy: string | null;
}

type SendFields = Schemas["SendBodyRequest"];

/** What one type of message must and may carry; the schema only says which fields exist. */
type Send<
  Type extends SendFields["type"],
  Needed extends keyof SendFields,
  Allowed extends keyof SendFields = never,
> = { type: Type; client_ref: string; answers_seen?: number | null; draft?: number } & Required<
  Pick<SendFields, Needed>
> &
  Partial<Pick<SendFields, Allowed>>;

export type SendBody =
  | Send<"text", "text", "reply_to" | "preview_url" | "canned_reply">
  | Send<MediaKind, "upload", "text" | "reply_to" | "voice" | "canned_reply">
  | Send<"contacts", "contacts", "reply_to">
  | Send<"interactive", "interactive", "upload" | "reply_to" | "canned_reply">
  | Send<"reaction", "message" | "emoji">
  | Send<"template", "template", "upload" | "reply_to">
  | Send<"location", "latitude" | "longitude", "name" | "address" | "reply_to">;
