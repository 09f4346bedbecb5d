// One open conversation on a phone.
import { api } from "./api.js";
import { bubble } from "./bubble.js";
import { Composer } from "./composer.js";
import { askRow, showPhoto } from "./dialogs.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { canDelete, canEdit, chatDeeds, deed } from "./deeds.js";
import { askForm, askWords } from "./forms.js";
import { menuButton } from "./menus.js";
import { ReactionMenu } from "./reactions.js";
import { summary } from "./summary.js";
import { dayKey, t } from "./words.js";

// Answers and news overtake each other: a message never goes back to an earlier status.
const RANK = { accepted: 0, failed: 0, sent: 1, delivered: 2, read: 3, played: 4 };
const NEAR = 80; // pixels from the end that still count as "at the end"

export class Chat {
  /** `phone` gives customer, number, screen (for sheets), fail(error), back(). */
  constructor(phone, number) {
    this.phone = phone;
    this.number = number;
    this.messages = new Map();
    this.shown = new Map(); // wamid → {stamp, element}
    this.menu = new ReactionMenu((message, emoji) => this.react(message, emoji));
    this.composer = new Composer({
      send: (message, file) => this.send(message, file),
      host: () => phone.screen,
      names: () => ({ business: number.verified_name, customer: phone.customer }),
      fail: (error) => phone.fail(error),
    });
    this.build();
    this.load();
  }

  build() {
    const { number, phone } = this;
    this.sub = h("small", {}, number.display_phone_number);
    this.list = h("ol", { role: "list", class: "messages", "aria-label": t("messages") });
    this.earlier = h("button", { type: "button", class: "plain earlier", hidden: true, onclick: () => this.loadEarlier() }, t("earlier"));
    this.typing = h("div", { class: "typing", hidden: true, "aria-hidden": true }, h("i"), h("i"), h("i"));
    this.empty = h("p", { class: "empty", hidden: true }, t("empty_chat"));
    this.scroller = h("div", { class: "scroller", tabindex: 0, role: "group", "aria-label": t("messages"), onscroll: () => this.onScroll() }, this.earlier, this.empty, this.list, this.typing);
    this.down = h("button", { type: "button", class: "round down", hidden: true, "aria-label": t("to_newest"), title: t("to_newest"), onclick: () => this.toEnd() }, icon("down"));
    this.offline = h("div", { class: "offline", hidden: phone.customer.online }, t("offline"));
    this.element = h(
      "div",
      { class: "chat" },
      h("header", { class: "chat-head" }, h("button", { type: "button", class: "round", "aria-label": t("back"), title: t("back"), onclick: () => phone.back() }, icon("back")), phone.avatar(number.verified_name), h("div", { class: "who" }, h("b", {}, number.verified_name), this.sub), menuButton({ name: "more", label: t("chat_menu"), items: () => chatDeeds(this) })),
      this.offline,
      h("div", { class: "middle" }, this.scroller, this.down, this.menu.element),
      this.composer.element,
    );
    this.list.addEventListener("load", () => this.stuck && this.toEnd(), true); // pictures grow after they arrive
    this.holdToReact();
    this.composer.allow(phone.customer.online);
    this.stuck = true;
  }

  /** A long press on a bubble opens the reactions, as on a real phone. */
  holdToReact() {
    let timer;
    const stop = () => clearTimeout(timer);
    this.list.addEventListener("pointerdown", (event) => {
      const item = event.target.closest(".bubble")?.closest("li");
      if (!item || event.pointerType === "mouse") return;
      timer = setTimeout(() => this.menu.open(this.messages.get(item.dataset.wamid), item.querySelector(".bubble")), 450);
    });
    for (const name of ["pointerup", "pointercancel", "pointermove"]) this.list.addEventListener(name, stop);
    this.list.addEventListener("contextmenu", (event) => event.target.closest(".bubble") && matchMedia("(pointer: coarse)").matches && event.preventDefault());
  }

  async load() {
    try {
      const { results, more, marketing_stopped } = await api.chat(this.phone.customer.id, this.number.phone_number_id);
      const before = this.messages;
      this.messages = new Map();
      for (const message of results) this.messages.set(message.wamid, this.later(before.get(message.wamid), message));
      // What arrived while the answer was on its way stays.
      const newest = results.at(-1)?.id ?? 0;
      for (const [wamid, message] of before) if (message.id > newest) this.messages.set(wamid, message);
      this.earlier.hidden = !more;
      this.marketingStopped = marketing_stopped;
      this.render();
      if (this.stuck) this.toEnd();
      this.readSoon();
    } catch (error) {
      this.phone.fail(error);
    }
  }

  async loadEarlier() {
    const oldest = this.ordered()[0];
    const height = this.scroller.scrollHeight;
    const { results, more } = await api.chat(this.phone.customer.id, this.number.phone_number_id, oldest?.id);
    for (const message of results) this.messages.set(message.wamid, message);
    this.earlier.hidden = !more;
    this.render();
    this.scroller.scrollTop += this.scroller.scrollHeight - height;
  }

  later(known, message) {
    return known && RANK[known.status] > RANK[message.status] ? known : message;
  }

  ordered() {
    return [...this.messages.values()].filter((message) => message.visible).sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.id - b.id));
  }

  /** Bring the list in line with the messages, touching only what changed (a playing voice message plays on). */
  render() {
    const rows = this.ordered();
    let day = null;
    const elements = rows.map((message) => {
      const newDay = dayKey(message.at) !== day;
      day = dayKey(message.at);
      const stamp = JSON.stringify([message, newDay]);
      const known = this.shown.get(message.wamid);
      if (known?.stamp === stamp) return known.element;
      const element = bubble(message, { day: newDay, act: this.act(), names: { business: this.number.verified_name } });
      known?.element.replaceWith(element);
      this.shown.set(message.wamid, { stamp, element });
      return element;
    });
    elements.forEach((element, index) => {
      if (this.list.children[index] !== element) this.list.insertBefore(element, this.list.children[index] ?? null);
    });
    while (this.list.children.length > elements.length) this.list.lastChild.remove();
    this.empty.hidden = rows.length > 0;
  }

  act() {
    return {
      tap: (message, reply) => this.send({ ...reply, reply_to: message.wamid }).catch((error) => this.phone.fail(error)),
      choose: (message) => this.choose(message),
      fill: (message) => this.fill(message),
      sharePlace: (message) => this.composer.pickPlace(message),
      shareCard: (message) => this.composer.shareCard(message),
      played: (message) => this.played(message),
      own: (message) => this.ownMessage(message),
      open: (address, caption) => showPhoto(this.phone.screen, address, caption),
      menu: (message, near) => this.menu.open(message, near),
      reply: (message) => this.composer.quote(message),
      react: (message, emoji) => this.react(message, emoji),
      show: (wamid) => this.show(wamid),
    };
  }

  async choose(message) {
    const row = await askRow(this.phone.screen, message.content);
    if (row) await this.act().tap(message, { type: "list_reply", id: row.id, title: row.title, description: row.description });
  }

  /** A form of the business: what is filled in answers the message. */
  async fill(message) {
    const answers = await askForm(this.phone.screen, message.content);
    if (answers) this.does("submit_flow", { message: message.wamid, answers });
  }

  /** The first time a voice note of the business is heard it counts as played. */
  played(message) {
    if (message.direction === "out" && message.status !== "played" && this.phone.customer.read_receipts) this.does("play", { message: message.wamid });
  }

  ownMessage(message) {
    const words = message.content.body ?? message.content.caption ?? "";
    return [
      ...(canEdit(message) ? [{ icon: "edit", label: t("edit"), act: async () => {
        const text = await askWords(this.phone.screen, words);
        if (text && text !== words) this.does("edit", { message: message.wamid, text });
      } }] : []),
      ...(canDelete(message) ? [{ icon: "bin", label: t("delete"), act: () => this.does("delete", { message: message.wamid }) }] : []),
    ];
  }

  does(what, more) {
    return deed(this.phone.customer.id, what, { number: this.number.phone_number_id, ...more }).catch((error) => this.phone.fail(error));
  }

  show(wamid) {
    const item = this.shown.get(wamid)?.element;
    if (!item) return;
    item.scrollIntoView({ block: "center" });
    item.classList.add("found");
    setTimeout(() => item.classList.remove("found"), 1200);
  }

  async send(message, file) {
    const body = { number: this.number.phone_number_id, ...message };
    const sent = await api.send(this.phone.customer.id, body, file);
    if (sent.kind !== "reaction") this.take(sent);
    this.toEnd();
  }

  react(message, emoji) {
    const body = { number: this.number.phone_number_id, type: "reaction", message: message.wamid, emoji };
    api.send(this.phone.customer.id, body).catch((error) => this.phone.fail(error));
  }

  /** A new or changed message of this chat. */
  take(message) {
    const known = this.messages.get(message.wamid);
    const fresh = message.visible && !known?.visible;
    this.messages.set(message.wamid, this.later(known, message));
    const atEnd = this.stuck;
    this.render();
    if (!fresh) return;
    if (message.direction === "out") {
      this.showTyping(0);
      document.getElementById("announcer").textContent = t("from_business", { name: this.number.verified_name, text: summary(message.kind, message.content) });
    }
    if (atEnd) this.toEnd();
    else this.down.hidden = false;
    this.readSoon();
  }

  showTyping(seconds) {
    clearTimeout(this.typingTimer);
    this.typing.hidden = seconds === 0;
    this.sub.textContent = seconds === 0 ? this.number.display_phone_number : t("typing");
    if (seconds > 0) {
      if (this.stuck) this.toEnd();
      this.typingTimer = setTimeout(() => this.showTyping(0), seconds * 1000);
    }
  }

  /** Tell the platform that the chat was seen, if anybody can see it. */
  readSoon() {
    clearTimeout(this.readTimer);
    this.readTimer = setTimeout(() => {
      const unread = [...this.messages.values()].some((message) => message.direction === "out" && message.status === "delivered");
      const { customer } = this.phone;
      if (unread && !document.hidden && this.element.isConnected && customer.online && customer.read_receipts && this.element.offsetParent !== null) {
        api.read(customer.id, this.number.phone_number_id).catch(() => {});
      }
    }, 350);
  }

  changedCustomer() {
    this.offline.hidden = this.phone.customer.online;
    this.composer.allow(this.phone.customer.online);
    this.readSoon();
  }

  onScroll() {
    this.stuck = this.scroller.scrollHeight - this.scroller.scrollTop - this.scroller.clientHeight < NEAR;
    if (this.stuck) this.down.hidden = true;
    this.menu.close();
  }

  toEnd() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.stuck = true;
    this.down.hidden = true;
  }
}
