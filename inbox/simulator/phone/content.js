// What stands inside a bubble, by kind of message.
import { api } from "./api.js";
import { h, safeLink } from "./dom.js";
import { icon } from "./icons.js";
import { marked } from "./markup.js";
import { t } from "./words.js";

const text = (value) => value && h("div", { class: "text", dir: "auto" }, marked(value));
const fine = (value) => value && h("div", { class: "fine" }, value);

/** Elements of the bubble. `act` has `tap(reply)` for buttons, `open(address)` for photos, `choose(message)` for lists. */
export function contentOf(message, act) {
  const { kind, content } = message;
  const shown = SHOWN[kind]?.(content, act, message);
  return shown ?? [h("div", { class: "odd" }, t(kind === "unsupported" ? "unsupported" : "no_preview"))];
}

const SHOWN = {
  text: (content) => [text(content.body)],
  image: (content, act) => [photo(content, act), text(content.caption)],
  sticker: (content) => content.id && [h("img", { class: "sticker", src: api.mediaAddress(content.id), alt: t("sticker") })],
  video: (content) => content.id && [h("video", { src: api.mediaAddress(content.id), controls: true, preload: "metadata" }), text(content.caption)],
  audio: (content, act, message) => content.id && [h("audio", { src: api.mediaAddress(content.id), controls: true, preload: "metadata", "aria-label": t("audio"), onplay: () => act.played(message) })],
  call: (content) => [h("div", { class: "slip" }, icon(content.duration ? "call" : "missed", 24), h("span", {}, h("b", {}, t(content.duration ? "call" : "miss_call")), content.duration ? h("small", {}, t("call_seconds", { seconds: content.duration })) : null))],
  document: (content) => [document_(content), text(content.caption)],
  location: (content) => [place(content)],
  contacts: (content) => content.map(card),
  button: (content) => [text(content.text)],
  order: (content) => [h("div", { class: "text" }, `${t("order")} · ${content.product_items.length}`), text(content.text)],
  system: (content) => [fine(content.body ?? t("system"))],
  interactive,
  template,
};

function photo(content, act) {
  if (!content.id) return h("div", { class: "odd" }, t("no_preview"));
  const address = api.mediaAddress(content.id);
  return h(
    "button",
    { class: "photo", type: "button", "aria-label": t("open_photo"), onclick: () => act.open(address, content.caption) },
    h("img", { src: address, alt: content.caption || t("image"), loading: "lazy" }),
  );
}

function document_(content) {
  const name = content.filename || t("document");
  const size = content.file_size ? `${Math.max(1, Math.round(content.file_size / 1024))} KB` : content.mime_type;
  return h(
    "a",
    { class: "slip", href: content.id && api.mediaAddress(content.id), download: name, "aria-label": `${t("download")} ${name}` },
    icon("file", 28),
    h("span", {}, h("b", { dir: "auto" }, name), h("small", {}, size ?? "")),
  );
}

function place(content) {
  return h(
    "div",
    { class: "slip place" },
    icon("place", 28),
    h("span", {}, h("b", {}, content.name || t("location")), h("small", {}, content.address || `${content.latitude}, ${content.longitude}`)),
  );
}

function card(contact) {
  return h(
    "div",
    { class: "slip" },
    icon("person", 28),
    h("span", {}, h("b", {}, contact.name?.formatted_name ?? t("contact")), h("small", {}, contact.phones?.[0]?.phone ?? "")),
  );
}

function heading(header) {
  if (!header) return null;
  if (header.type === "text") return h("div", { class: "heading" }, header.text);
  const media = header[header.type];
  return media?.id && header.type === "image" ? h("img", { class: "header-image", src: api.mediaAddress(media.id), alt: "" }) : null;
}

function interactive(content, act, message) {
  if (content.button_reply || content.list_reply) {
    const reply = content.button_reply ?? content.list_reply;
    return [text(reply.title), fine(reply.description)];
  }
  if (content.nfm_reply) return [filled(content.nfm_reply)];
  return [heading(content.header), text(content.body?.text), fine(content.footer?.text), ...taps(content, act, message)];
}

/** What the customer filled in, as a list of names and values. */
function filled(reply) {
  let answers = {};
  try {
    answers = JSON.parse(reply.response_json);
  } catch {
    // Then only that something was sent is shown.
  }
  const rows = Object.entries(answers).filter(([name]) => name !== "flow_token");
  return h("div", { class: "slip" }, icon("form", 24), h("span", {}, h("b", {}, t("form_sent")), rows.map(([name, value]) => h("small", { dir: "auto" }, `${name}: ${typeof value === "object" ? JSON.stringify(value) : value}`))));
}

function taps(content, act, message) {
  const action = content.action ?? {};
  if (content.type === "button") {
    return action.buttons.map(({ reply }) => tap("reply", reply.title, () => act.tap(message, { type: "button_reply", id: reply.id, title: reply.title })));
  }
  if (content.type === "list") return [tap("list", action.button, () => act.choose(message))];
  if (content.type === "flow") return [tap("form", action.parameters?.flow_cta ?? t("form"), () => act.fill(message))];
  if (content.type === "location_request_message") return [tap("place", t("share_location"), () => act.sharePlace(message))];
  if (content.type === "request_contact_info") return [tap("card", t("share_contact"), () => act.shareCard(message))];
  if (content.type === "cta_url") return [away(action.parameters?.display_text, action.parameters?.url)];
  return [];
}

function template(content, act, message) {
  const media = content.media?.kind === "image" && content.media.id ? h("img", { class: "header-image", src: api.mediaAddress(content.media.id), alt: "" }) : null;
  const buttons = (content.buttons ?? []).map((button) =>
    button.type === "quick_reply"
      ? tap("reply", button.text, () => act.tap(message, { type: "button", text: button.text, payload: button.payload }))
      : button.type === "flow"
        ? tap("form", button.text, () => act.fill(message))
        : away(button.text, button.url),
  );
  return [media, content.header && h("div", { class: "heading" }, content.header), text(content.body), fine(content.footer), ...buttons];
}

const tap = (name, label, onclick) => h("button", { class: "tap", type: "button", onclick }, icon(name, 18), label);

function away(label, address) {
  const href = safeLink(address);
  if (!href) return h("span", { class: "tap" }, label ?? "");
  return h("a", { class: "tap", href, target: "_blank", rel: "noopener noreferrer nofollow" }, icon("link", 18), label ?? href);
}
