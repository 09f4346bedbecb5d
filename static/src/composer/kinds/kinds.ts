// The kinds of message that are put together in a form. Each name is also a key under `compose.kind`.
import type { Field } from "./fields";

export type KindName =
  | "location"
  | "contacts"
  | "button"
  | "list"
  | "cta_url"
  | "location_request_message"
  | "request_contact_info"
  | "product"
  | "product_list"
  | "flow";

export interface Kind {
  name: KindName;
  /** The type of the message; an interactive one has the kind as its own type. */
  type: "location" | "contacts" | "interactive";
  fields: readonly Field[];
  /** A file that was attached becomes its header. */
  pictured?: boolean;
}

const header: Field = { name: "header", kind: "line", max: 60 };
const footer: Field = { name: "footer", kind: "line", max: 60 };
const text: Field = { name: "text", kind: "words", max: 1024, required: true };
const catalogId: Field = { name: "catalog_id", kind: "line", max: 64, required: true };

const rows: Field = {
  name: "rows",
  kind: "group",
  least: 1,
  most: 10,
  fields: [
    { name: "title", kind: "line", max: 24, required: true },
    { name: "description", kind: "line", max: 72 },
  ],
};

export const kinds: readonly Kind[] = [
  {
    name: "button",
    type: "interactive",
    pictured: true,
    fields: [
      header,
      text,
      footer,
      {
        name: "buttons",
        kind: "group",
        least: 1,
        most: 3,
        unique: "title",
        fields: [{ name: "title", kind: "line", max: 20, required: true }],
      },
    ],
  },
  {
    name: "list",
    type: "interactive",
    fields: [
      header,
      { ...text, max: 4096 },
      footer,
      { name: "button", kind: "line", max: 20, required: true },
      {
        name: "sections",
        kind: "group",
        least: 1,
        most: 10,
        neededIfMany: "title",
        total: { of: "rows", most: 10 },
        fields: [{ name: "title", kind: "line", max: 24 }, rows],
      },
    ],
  },
  {
    name: "cta_url",
    type: "interactive",
    pictured: true,
    fields: [
      header,
      text,
      footer,
      { name: "label", kind: "line", max: 20, required: true },
      { name: "url", kind: "link", max: 2000, required: true },
    ],
  },
  {
    name: "location",
    type: "location",
    fields: [
      { name: "name", kind: "line", max: 256 },
      { name: "address", kind: "line", max: 256 },
      { name: "latitude", kind: "number", least: -90, most: 90, required: true },
      { name: "longitude", kind: "number", least: -180, most: 180, required: true },
    ],
  },
  {
    name: "contacts",
    type: "contacts",
    fields: [
      {
        name: "contacts",
        kind: "group",
        least: 1,
        most: 5,
        fields: [
          { name: "name", kind: "line", max: 256, required: true },
          { name: "company", kind: "line", max: 256 },
          { name: "phones", kind: "lines", max: 256, most: 10, required: true },
          { name: "emails", kind: "lines", max: 256, most: 10 },
        ],
      },
    ],
  },
  { name: "location_request_message", type: "interactive", fields: [text] },
  { name: "request_contact_info", type: "interactive", fields: [text] },
  {
    name: "product",
    type: "interactive",
    fields: [
      { ...text, required: false },
      footer,
      catalogId,
      { name: "product", kind: "line", max: 128, required: true },
    ],
  },
  {
    name: "product_list",
    type: "interactive",
    fields: [
      { ...header, required: true },
      text,
      footer,
      catalogId,
      {
        name: "sections",
        kind: "group",
        least: 1,
        most: 10,
        total: { of: "products", most: 30 },
        fields: [
          { name: "title", kind: "line", max: 24, required: true },
          { name: "products", kind: "lines", max: 128, most: 30, required: true },
        ],
      },
    ],
  },
  {
    name: "flow",
    type: "interactive",
    pictured: true,
    fields: [
      header,
      text,
      footer,
      {
        name: "flow",
        kind: "part",
        fields: [
          { name: "id", kind: "line", max: 64, required: true },
          { name: "label", kind: "line", max: 20, required: true },
          { name: "screen", kind: "line", max: 200 },
        ],
      },
    ],
  },
];

export function kindNamed(name: KindName): Kind {
  const found = kinds.find((kind) => kind.name === name);
  if (!found) throw new Error(`no such kind: ${name}`);
  return found;
}
