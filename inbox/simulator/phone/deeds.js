// What a customer does besides writing: with this business, and as a person.
import { api } from "./api.js";
import { askAd, askSure, askUsername } from "./forms.js";
import { t } from "./words.js";

/** The menu of an open chat. `chat` gives phone, number, marketingStopped and send(message). */
export function chatDeeds(chat) {
  const { phone } = chat;
  const number = chat.number.phone_number_id;
  const does = (deed, more) => phone.does(deed, { number, ...more });
  const blocked = phone.customer.blocks.includes(number);
  return [
    { icon: "call", label: t("call"), act: () => does("call") },
    { icon: "missed", label: t("miss_call"), act: () => does("miss_call") },
    { icon: "ad", label: t("come_from_ad"), act: () => comeFromAd(chat) },
    { icon: "bell", label: t(chat.marketingStopped ? "resume_marketing" : "stop_marketing"), act: async () => {
      const wish = chat.marketingStopped ? "resume_marketing" : "stop_marketing";
      if (await does(wish)) chat.marketingStopped = wish === "stop_marketing";
    } },
    { icon: "block", label: t(blocked ? "unblock" : "block"), act: () => does(blocked ? "unblock" : "block") },
    { icon: "flag", label: t("report"), act: async () => (await askSure(phone.screen, t("report"), t("report_hint"))) && does("report", { block: true }) },
  ];
}

async function comeFromAd(chat) {
  const ad = await askAd(chat.phone.screen);
  if (ad) chat.send({ type: "text", text: t("ad_first_words"), ad }).catch((error) => chat.phone.fail(error));
}

/** The menu of whoever holds a phone. */
export function personDeeds(phone) {
  const named = phone.customer.username;
  return [
    { icon: "phone", label: t("change_number"), act: async () => (await askSure(phone.element, t("change_number"), t("change_number_hint"))) && phone.does("change_number") },
    { icon: "person", label: t(named ? "change_username" : "adopt_username"), act: async () => {
      const username = await askUsername(phone.element, named);
      if (username) phone.does("adopt_username", { username });
    } },
    ...(named ? [{ icon: "close", label: t("drop_username"), act: () => phone.does("drop_username") }] : []),
    { icon: "phones", label: t("change_device"), act: () => phone.does("change_device") },
  ];
}

/** What can be done with one's own message. */
export const canEdit = (message) => message.direction === "in" && !message.deleted && ["text", "image", "video", "document"].includes(message.kind);
export const canDelete = (message) => message.direction === "in" && !message.deleted && message.kind !== "call" && message.kind !== "system";

export const deed = (customer, does, more) => api.deed(customer, { does, ...more });
