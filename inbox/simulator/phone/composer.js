// Writing: text, quote, attachments. Enter sends, unless an input method is still composing.
import { api } from "./api.js";
import { askPlace, askSample } from "./dialogs.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { summary } from "./summary.js";
import { Recorder } from "./voice.js";
import { t } from "./words.js";

export class Composer {
  /** `send(message, file)` posts and returns a promise; `host` holds the sheets; `names()` gives {business, customer}. */
  constructor({ send, host, names, fail }) {
    Object.assign(this, { sendMessage: send, host, names, fail });
    this.quoted = null;
    this.attached = null; // {file | sample, preview, type}
    this.element = h("div", { class: "composer" });
    this.build();
  }

  build() {
    this.bar = h("div", { class: "above" });
    this.box = h("textarea", { rows: 1, "aria-label": t("write"), placeholder: t("write"), dir: "auto", oninput: () => this.grow(), onkeydown: (event) => this.onKey(event), onpaste: (event) => this.onPaste(event) });
    this.button = h("button", { type: "button", class: "round send", "aria-label": t("send"), title: t("send"), onclick: () => this.send() }, icon("send"));
    this.files = h("input", { type: "file", hidden: true, tabindex: -1, "aria-hidden": true, onchange: () => this.onFile() });
    this.menu = h("div", { class: "attach-menu", role: "menu", hidden: true, "aria-label": t("attach") }, this.choices());
    this.recorder = new Recorder({ send: (file) => this.post({ type: "audio", voice: true }, file), fail: this.fail });
    this.mic = h("button", { type: "button", class: "round", "aria-label": t("record"), title: t("record"), onclick: () => this.recorder.start() }, icon("mic"));
    this.plus = h("button", { type: "button", class: "round", "aria-label": t("attach"), title: t("attach"), "aria-haspopup": "menu", "aria-expanded": "false", onclick: () => this.toggleMenu() }, icon("plus"));
    this.element.replaceChildren(this.bar, this.recorder.element, h("div", { class: "write" }, this.plus, this.menu, this.files, this.box, this.mic, this.button));
    this.element.addEventListener("keydown", (event) => event.key === "Escape" && !this.menu.hidden && (this.toggleMenu(false), this.plus.focus()));
    document.addEventListener("click", (event) => !this.menu.hidden && !this.element.contains(event.target) && this.toggleMenu(false));
  }

  choices() {
    const choice = (name, label, act) => h("button", { type: "button", role: "menuitem", onclick: () => { this.toggleMenu(false); act(); } }, icon(name), label);
    return [
      choice("mic", t("voice_file"), () => this.pick("audio", "audio/*")),
      choice("photo", t("photo"), () => this.pick("image", "image/jpeg,image/png,image/webp")),
      choice("picture", t("sample"), () => this.pickSample()),
      choice("file", t("document"), () => this.pick("document", "")),
      choice("place", t("location"), () => this.pickPlace()),
      choice("card", t("contact"), () => this.post({ type: "contacts", contacts: [this.ownCard()] })),
      choice("poll", t("poll"), () => this.post({ type: "unsupported", unsupported: "poll" })),
    ];
  }

  toggleMenu(open = this.menu.hidden) {
    this.menu.hidden = !open;
    this.plus.setAttribute("aria-expanded", String(open));
    if (open) this.menu.querySelector("button").focus();
  }

  onKey(event) {
    // 229 is what Safari reports while a candidate is being chosen.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    this.send();
  }

  onPaste(event) {
    const file = [...(event.clipboardData?.files ?? [])].find((item) => item.type.startsWith("image/"));
    if (file) this.attach({ file, type: "image" });
  }

  grow() {
    this.box.style.height = "auto";
    this.box.style.height = `${Math.min(this.box.scrollHeight, 132)}px`;
  }

  pick(type, accept) {
    this.files.accept = accept;
    this.picking = type;
    this.files.value = "";
    this.files.click();
  }

  onFile() {
    const file = this.files.files[0];
    if (file) this.attach({ file, type: this.picking });
  }

  async pickSample() {
    const sample = await askSample(this.host());
    if (sample) this.attach({ sample, type: "image" });
  }

  /** `asked` is the message which asked for it. */
  async pickPlace(asked) {
    const place = await askPlace(this.host());
    if (place) this.post({ type: "location", ...place, reply_to: asked?.wamid });
  }

  shareCard(asked) {
    this.post({ type: "contacts", contacts: [this.ownCard()], origin: "contact_request", reply_to: asked.wamid });
  }

  ownCard() {
    const { customer } = this.names();
    return { name: { formatted_name: customer.name, first_name: customer.name }, phones: [{ phone: customer.phone, wa_id: customer.wa_id, type: "CELL" }] };
  }

  attach(attachment) {
    this.forgetAttachment();
    const address = attachment.sample ? api.sampleAddress(attachment.sample, 160) : attachment.type === "image" ? URL.createObjectURL(attachment.file) : null;
    this.attached = { ...attachment, address };
    this.showBar();
    this.box.focus();
  }

  forgetAttachment() {
    if (this.attached?.address?.startsWith("blob:")) URL.revokeObjectURL(this.attached.address);
    this.attached = null;
  }

  quote(message) {
    this.quoted = message;
    this.showBar();
    this.box.focus();
  }

  showBar() {
    const remove = (label, act) => h("button", { type: "button", class: "round small", "aria-label": label, title: label, onclick: () => { act(); this.showBar(); this.box.focus(); } }, icon("close", 18));
    const who = this.quoted && (this.quoted.direction === "in" ? t("you") : this.names().business);
    const quote = this.quoted && h("div", { class: "quoting" }, h("span", {}, h("b", {}, t("replying_to", { name: who })), h("span", { dir: "auto" }, summary(this.quoted.kind, this.quoted.content))), remove(t("cancel_reply"), () => { this.quoted = null; }));
    const held = this.attached && h("div", { class: "held" }, this.attached.address ? h("img", { src: this.attached.address, alt: "" }) : icon("file", 28), h("span", {}, this.attached.file?.name ?? t(`sample_${this.attached.sample}`)), remove(t("remove_attachment"), () => this.forgetAttachment()));
    this.bar.replaceChildren(...[quote, held].filter(Boolean));
  }

  async send() {
    const text = this.box.value.trim();
    const { attached } = this;
    if (!text && !attached) return;
    const message = attached
      ? { type: attached.type, caption: text || undefined, sample: attached.sample, filename: attached.file?.name }
      : { type: "text", text };
    this.box.value = "";
    this.attached = null;
    this.grow();
    const sent = await this.post(message, attached?.file);
    if (sent) {
      if (attached?.address?.startsWith("blob:")) URL.revokeObjectURL(attached.address);
      return;
    }
    this.attached = attached;
    this.box.value ||= text;
    this.showBar();
  }

  /** True when the message went out; a failure is shown and nothing is lost. */
  async post(message, file) {
    const { quoted } = this;
    this.quoted = null;
    this.showBar();
    try {
      await this.sendMessage({ ...message, reply_to: quoted?.wamid ?? message.reply_to }, file);
      return true;
    } catch (error) {
      this.quoted = quoted;
      this.fail(error);
      return false;
    }
  }

  allow(online) {
    this.box.disabled = !online;
    this.button.disabled = !online;
    this.plus.disabled = !online;
    this.mic.disabled = !online;
    this.box.placeholder = online ? t("write") : t("offline_write");
  }
}
