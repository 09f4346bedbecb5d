// For tests: a card with one of everything.
import { aCard } from "../test/builders";
import type { Card, Entry, FieldOnCard, PutTag } from "./queries";

const AT = "2026-02-01T08:00:00Z";

const vip: PutTag = {
  id: "t1",
  name: "VIP",
  colour: "yellow",
  group: "",
  description: "",
  at: AT,
  by: { id: 7, name: "Ben" },
  rule: null,
};
const size: FieldOnCard = {
  id: "f1",
  key: "size",
  label: "Shoe size",
  type: "number",
  options: [],
  required: false,
  value: "42",
  at: AT,
  by: null,
};
const order: Entry = {
  id: "o1",
  kind: "order",
  at: AT,
  title: "A-17",
  state: "returning",
  items: ["Teapot"],
  marks: [],
  amount_minor: 120000,
  currency: "TWD",
  url: null,
  conversation_id: null,
  by: null,
  ended_at: null,
};
const returning = {
  code: "returning",
  tone: "warn",
  values: { order: "A-17", items: "Teapot" },
  at: AT,
  source_kind: "order",
  source_id: "o1",
};

export function aFullCard(): Card {
  return aCard({
    tags: [vip],
    fields: [size],
    figures: [
      { currency: "TWD", orders: 6, spent_minor: 600000, first_order_at: AT, last_order_at: AT },
    ],
    sections: {
      orders: [order],
      cases: [
        { ...order, id: "1", kind: "case", title: "1", state: "resolved", conversation_id: "c1" },
      ],
      files: [{ ...order, id: "m1", kind: "file", title: "a.jpg", state: "image", url: "/a.jpg" }],
      links: [
        { ...order, id: "l1", kind: "link", title: "https://kefu.test", url: "https://kefu.test" },
      ],
    },
    highlights: [returning],
  });
}
