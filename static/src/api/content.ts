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
};
