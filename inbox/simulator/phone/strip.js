// The strip above a phone: who holds it and whom they write to. Not part of the phone itself.
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { menuButton } from "./menus.js";
import { personDeeds } from "./deeds.js";
import { t } from "./words.js";

export class Strip {
  constructor(phone) {
    this.phone = phone;
    this.customers = h("select", { "aria-label": t("customer"), onchange: () => phone.hold(phone.customers.find((row) => row.id === this.customers.value) ?? null) });
    this.numbers = h("select", { "aria-label": t("number"), onchange: () => phone.openChat(this.numbers.value || null) });
    this.online = this.toggle("online");
    this.receipts = this.toggle("read_receipts");
    this.person = menuButton({ name: "more", label: t("person_menu"), items: () => personDeeds(phone) });
    this.element = h(
      "div",
      { class: "strip", role: "group", "aria-label": t("who") },
      h("div", { class: "pair" }, icon("person", 20), this.customers, h("button", { type: "button", class: "tinted", "aria-label": t("new_customer"), onclick: () => phone.newCustomer() }, icon("plus", 18), h("span", {}, t("new_customer"))), this.person),
      h("div", { class: "pair" }, icon("phone", 20), this.numbers, h("div", { class: "toggles" }, this.online, this.receipts)),
    );
  }

  toggle(name) {
    const box = h("input", { type: "checkbox", role: "switch", onchange: () => this.phone.change({ [name]: box.checked }) });
    return h("label", { class: "switch" }, box, h("i", {}), h("span", {}, t(name)));
  }

  show() {
    const { phone } = this;
    const { customer, chat } = phone;
    const known = phone.customers.some((row) => row.id === customer?.id) || !customer ? phone.customers : [customer, ...phone.customers];
    const label = (row) => `${row.name} · ${row.hide_phone ? t("hidden_phone") : row.phone_written}`;
    fill(this.customers, t("choose_customer"), known.map((row) => [row.id, label(row)]), customer?.id);
    fill(this.numbers, t("choose_number"), phone.numbers.map((row) => [row.phone_number_id, `${row.verified_name} ${row.display_phone_number}`]), chat?.number.phone_number_id);
    this.numbers.disabled = !customer;
    this.person.hidden = !customer;
    for (const [toggle, value] of [[this.online, customer?.online], [this.receipts, customer?.read_receipts]]) {
      const box = toggle.querySelector("input");
      box.disabled = !customer;
      box.checked = Boolean(value);
    }
  }
}

function fill(select, empty, options, chosen) {
  // An open menu must not be rebuilt under the reader's finger: only when something changed.
  const stamp = JSON.stringify([empty, options]);
  if (select.dataset.stamp !== stamp) {
    select.dataset.stamp = stamp;
    select.replaceChildren(h("option", { value: "" }, empty), ...options.map(([value, text]) => h("option", { value }, text)));
  }
  select.value = chosen ?? "";
}
