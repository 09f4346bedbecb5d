// One phone: who holds it, whom they write to, and what its screen shows.
import { api } from "./api.js";
import { Chat } from "./chat.js";
import { deed } from "./deeds.js";
import { askNewCustomer } from "./dialogs.js";
import { h } from "./dom.js";
import { Live } from "./live.js";
import { chatList, noNumbers, welcome } from "./lists.js";
import { Strip } from "./strip.js";
import { t, timeOf } from "./words.js";

export class Phone {
  /** `onChange({customer, number})` keeps the page's address; `wanted` is {customer, number}: ids or null. */
  constructor(index, wanted, onChange) {
    Object.assign(this, { index, onChange, customer: null, chat: null, numbers: [], customers: [] });
    this.strip = new Strip(this);
    this.clock = h("span", {});
    this.toast = h("div", { class: "toast", role: "alert", hidden: true });
    this.body = h("div", { class: "body" });
    this.screen = h("div", { class: "screen" }, h("div", { class: "status-bar", "aria-hidden": true }, this.clock, h("span", { class: "battery" })), this.body, this.toast);
    this.element = h("section", { class: "phone-place", "aria-label": t("phone_n", { n: index }) }, this.strip.element, h("div", { class: "frame" }, this.screen));
    this.live = new Live((news) => this.hear(news), (up) => this.connection(up));
    this.tick = setInterval(() => this.showTime(), 10000);
    this.showTime();
    this.seen = () => !document.hidden && this.chat?.readSoon();
    document.addEventListener("visibilitychange", this.seen);
    this.start(wanted);
  }

  end() {
    this.live.stop();
    clearInterval(this.tick);
    document.removeEventListener("visibilitychange", this.seen);
    this.element.remove();
  }

  showTime() {
    this.clock.textContent = timeOf(new Date().toISOString());
  }

  async start(wanted) {
    await this.refresh();
    const customer = await this.find(wanted.customer);
    if (wanted.customer && !customer) this.say(t("unknown_customer"));
    if (customer) this.hold(customer, wanted.number);
    else this.live.follow(null);
  }

  async refresh() {
    try {
      [this.numbers, this.customers] = await Promise.all([api.numbers(), api.customers()]);
    } catch (error) {
      this.fail(error);
    }
    this.strip.show();
    if (!this.chat) this.showList();
  }

  /** A customer by id, also one too old for the list; null when there is none. */
  async find(id) {
    if (!id) return null;
    return this.customers.find((row) => row.id === id) ?? (await api.customersById(id))[0] ?? null;
  }

  /** Put the phone into a customer's hand; with a number its chat opens. */
  hold(customer, number = null) {
    this.customer = customer;
    this.chat = null;
    this.live.follow(customer?.id ?? null);
    const only = this.numbers.length === 1 ? this.numbers[0].phone_number_id : null;
    this.openChat(number ?? only);
  }

  openChat(phoneNumberId) {
    const number = this.customer && this.numbers.find((row) => row.phone_number_id === phoneNumberId);
    this.chat = number ? new Chat(this, number) : null;
    if (this.chat) this.body.replaceChildren(this.chat.element);
    else this.showList();
    this.strip.show();
    this.onChange({ customer: this.customer?.id ?? null, number: number?.phone_number_id ?? null });
    if (this.chat && matchMedia("(pointer: fine)").matches) this.chat.composer.box.focus();
  }

  back() {
    this.openChat(null);
  }

  async showList() {
    if (this.numbers.length === 0) return this.body.replaceChildren(noNumbers());
    if (!this.customer) return this.body.replaceChildren(welcome(this));
    const chats = await api.chats(this.customer.id).catch(() => []);
    if (!this.chat) this.body.replaceChildren(chatList(this, chats));
  }

  async newCustomer() {
    const fields = await askNewCustomer(this.element);
    if (!fields) return;
    try {
      const customer = await api.createCustomer(fields);
      await this.refresh();
      this.hold(customer);
    } catch (error) {
      this.fail(error);
    }
  }

  async change(changes) {
    try {
      this.customer = await api.changeCustomer(this.customer.id, changes);
      this.chat?.changedCustomer();
    } catch (error) {
      this.fail(error);
    }
    this.strip.show();
  }

  /** Do something besides writing; true when it worked. */
  async does(what, more = {}) {
    try {
      this.customer = await deed(this.customer.id, what, more);
      this.chat?.changedCustomer();
      this.say(t(`did_${what}`));
      return true;
    } catch (error) {
      this.fail(error);
      return false;
    } finally {
      this.strip.show();
    }
  }

  hear(news) {
    if (news.type === "message" && this.chat?.number.phone_number_id === news.message.number) this.chat.take(news.message);
    else if (news.type === "message" && !this.chat) this.showList();
    else if (news.type === "typing" && this.chat?.number.phone_number_id === news.number) this.chat.showTyping(news.seconds);
    else if (news.type === "numbers" || news.type === "customers") this.refresh();
    else if (news.type === "customer") {
      this.customer = news.customer;
      this.chat?.changedCustomer();
      this.strip.show();
    } else if (news.type === "reset") this.startOver();
  }

  async startOver() {
    await this.refresh();
    const customer = await this.find(this.customer?.id);
    const number = this.chat?.number.phone_number_id;
    if (!customer) {
      if (this.customer) this.hold(null);
      return;
    }
    this.customer = customer;
    if (!this.chat) return;
    if (this.numbers.some((row) => row.phone_number_id === number)) {
      this.chat.changedCustomer();
      this.chat.load();
    } else this.openChat(null);
  }

  connection(up) {
    this.say(up ? "" : t("disconnected"), { stays: true });
  }

  fail(error) {
    this.say(t("failed", { why: error.message }));
  }

  say(text, { stays = false } = {}) {
    clearTimeout(this.toastTimer);
    this.toast.textContent = text;
    this.toast.hidden = !text;
    if (text && !stays) this.toastTimer = setTimeout(() => { this.toast.hidden = true; }, 5000);
  }

  avatar(name) {
    let sum = 0;
    for (const sign of name) sum = (sum * 31 + sign.codePointAt(0)) % 6;
    return h("span", { class: `avatar tint-${sum}`, "aria-hidden": true }, initialsOf(name));
  }
}

/** 陳怡君 → 君, 歐洲客服 Europe → 歐, Emily Hart → EH: of a Chinese person's name the last sign, as people call them. */
function initialsOf(name) {
  const words = name.trim().split(/\s+/).filter((word) => /^[\p{L}\p{N}]/u.test(word));
  const signs = [...(words[0] ?? name.trim())];
  if (/\p{Script=Han}/u.test(signs[0] ?? "")) return /^\p{Script=Han}{2,3}$/u.test(name.trim()) ? signs.at(-1) : signs[0];
  return words.length > 0 ? words.slice(0, 2).map((word) => [...word][0]).join("").toUpperCase() : signs[0] ?? "";
}
