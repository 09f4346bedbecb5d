// What the screen shows without an open chat.
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { summary } from "./summary.js";
import { momentOf, t } from "./words.js";

export function noNumbers() {
  return h("div", { class: "blank" }, icon("phone", 48), h("h2", {}, t("no_numbers")), h("p", {}, t("no_numbers_hint")));
}

export function welcome(phone) {
  const recent = phone.customers.slice(0, 12);
  return h(
    "div",
    { class: "welcome" },
    h("div", { class: "blank" }, icon("person", 48), h("h2", {}, t("welcome")), h("p", {}, t("welcome_hint")), h("button", { type: "button", class: "strong", onclick: () => phone.newCustomer() }, icon("plus", 18), t("add_customer"))),
    recent.length > 0 && h("h3", {}, t("recent")),
    h(
      "div",
      { class: "rows" },
      recent.map((row) => h("button", { type: "button", onclick: () => phone.hold(row) }, phone.avatar(row.name), h("span", {}, h("b", { dir: "auto" }, row.name), h("small", {}, row.hide_phone ? `@${row.username}` : row.phone_written)))),
    ),
  );
}

export function chatList(phone, chats) {
  const ordered = [...chats].sort((a, b) => (b.last?.at ?? "").localeCompare(a.last?.at ?? ""));
  return h(
    "div",
    { class: "chats" },
    h("header", { class: "list-head" }, h("h2", {}, t("chats")), phone.avatar(phone.customer.name)),
    h("div", { class: "rows" }, ordered.map((chat) => row(phone, chat))),
  );
}

function row(phone, { number, last, unread }) {
  const text = last ? `${last.direction === "in" ? `${t("you")}：` : ""}${summary(last.kind, last.content)}` : t("no_messages_yet");
  return h(
    "button",
    { type: "button", onclick: () => phone.openChat(number.phone_number_id) },
    phone.avatar(number.verified_name),
    h("span", { class: "grow" }, h("b", { dir: "auto" }, number.verified_name), h("small", { dir: "auto" }, text)),
    h("span", { class: "side" }, last && h("time", {}, momentOf(last.at)), unread > 0 && h("span", { class: "count" }, String(unread))),
  );
}
