// What a message holds. The schema leaves `content` open, as its keys depend on the kind of message.

export type Media = {
  id: string;
  state: "fetching" | "ready" | "failed";
  kind: string;
  mime_type: string | null;
  size: number | null;
  name: string | null;
  width: number | null;
  height: number | null;
  url: string;
  thumbnail_url: string | null;
};

export type SharedContact = {
  name: string;
  phones: string[];
  emails: string[];
  company?: string;
};

export type OrderItem = {
  name: string;
  quantity: number;
  price: number;
  currency: string;
};

export interface ListRow {
  id?: string;
  title: string;
  description?: string;
}

/** Of a list (rows) or of several products (the seller's ids). */
export interface Section {
  title?: string;
  rows?: ListRow[];
  products?: string[];
}

export interface Flow {
  id?: string;
  name?: string;
  label?: string;
  screen?: string;
}

/** Hundredths of the currency (Meta: payments). */
interface Amount {
  value: number;
  offset: number;
}

/** What an order message says; the parameters are Meta's own. */
export interface OrderToPay {
  reference_id?: string;
  currency?: string;
  total_amount?: Amount;
  order?: {
    status?: string;
    description?: string;
    items?: { name?: string; quantity?: number; amount?: Amount; sale_amount?: Amount }[];
    subtotal?: Amount;
    tax?: Amount;
    shipping?: Amount;
    discount?: Amount;
  };
}

/** The ad or post a customer came from. */
export interface Referral {
  source_type?: string;
  source_url?: string;
  headline?: string;
  body?: string;
  media_type?: string;
}

/** By kind; every key is optional, so unknown content still renders. */
export type MessageContent = {
  text?: string;
  media?: Media;
  voice?: boolean;
  animated?: boolean;
  latitude?: number;
  longitude?: number;
  name?: string;
  address?: string;
  url?: string;
  contacts?: SharedContact[];
  type?: string;
  title?: string;
  description?: string;
  id?: string;
  /** interactive: objects; template: plain strings. */
  buttons?: ({ id: string; title: string } | string)[];
  header?: string;
  footer?: string;
  payload?: string;
  language?: string;
  items?: OrderItem[];
  event?: string;
  /** It did not pass through us: sent from the phone, by another app, or before we were connected. */
  origin?: "phone" | "app" | "history";
  code?: string | number;
  /** interactive: what opens a list, what stands on a link. */
  button?: string;
  label?: string;
  sections?: Section[];
  flow?: Flow;
  catalog_id?: string;
  product?: string;
  order?: OrderToPay;
  /** A form's answers, as the customer's phone wrote them: JSON in a string, not to be trusted. */
  response?: string;
  forwarded?: boolean;
  referral?: Referral;
  group_id?: string;
  /** When the text was changed last; what it was before is in `earlier`. */
  edited_at?: string;
  earlier?: string[];
  /** Taken back by whoever sent it: what it said is not told. */
  revoked?: boolean;
};
