// One message: day, bubble, quote, ticks, reactions, and the two actions a customer has.
import { contentOf } from "./content.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { menuButton } from "./menus.js";
import { summary } from "./summary.js";
import { dayOf, t, timeOf } from "./words.js";

export function bubble(message, { day, act, names }) {
  const own = message.direction === "in"; // `in` to the business: written on this phone
  return h(
    "li",
    { role: "listitem", "data-wamid": message.wamid, "data-direction": message.direction, "data-kind": message.kind, class: own ? "own" : "theirs" },
    day && h("div", { class: "day" }, h("span", {}, dayOf(message.at))),
    h(
      "div",
      { class: "line" },
      h(
        "div",
        { class: `bubble ${message.kind}` },
        message.forwarded && h("div", { class: "fine" }, t("forwarded")),
        message.quoted && quote(message.quoted, act, names),
        message.deleted ? h("div", { class: "odd" }, t("deleted")) : contentOf(message, act),
        h("div", { class: "meta" }, message.edited && !message.deleted && h("span", {}, t("edited")), h("time", { datetime: message.at }, timeOf(message.at)), message.kind !== "call" && ticks(message, own)),
      ),
      actions(message, act),
    ),
    message.reactions.length > 0 && reactions(message, act),
  );
}

function quote(quoted, act, names) {
  const who = quoted.direction === "in" ? t("you") : names.business;
  return h(
    "button",
    { class: "quote", type: "button", onclick: () => act.show(quoted.wamid) },
    quoted.direction && h("b", {}, who),
    h("span", { dir: "auto" }, summary(quoted.kind, quoted.content)),
  );
}

function ticks(message, own) {
  const words = t(`status_${message.status}`);
  const name = message.status === "sent" ? "tick" : message.status === "accepted" ? "clock" : "ticks";
  const label = own ? words : t("business_sees", { status: words });
  return h("span", { class: "ticks", role: "img", "data-status": message.status, "aria-label": label, title: label }, icon(name, 16));
}

function actions(message, act) {
  if (message.deleted || message.kind === "call") return null;
  const own = message.direction === "in" && act.own(message).length > 0;
  return h(
    "div",
    { class: "actions", role: "group", "aria-label": t("actions") },
    h("button", { type: "button", class: "round small", "aria-label": t("react"), title: t("react"), onclick: (event) => act.menu(message, event.currentTarget) }, icon("smile", 18)),
    h("button", { type: "button", class: "round small", "aria-label": t("reply"), title: t("reply"), onclick: () => act.reply(message) }, icon("reply", 18)),
    own && menuButton({ name: "more", label: t("own_message"), small: true, items: () => act.own(message) }),
  );
}

function reactions(message, act) {
  const own = message.reactions.find((reaction) => reaction.side === "customer");
  return h(
    "div",
    { class: "reactions" },
    message.reactions.map((reaction) =>
      reaction === own
        ? h("button", { type: "button", "aria-label": `${t("remove_reaction")} ${reaction.emoji}`, title: t("remove_reaction"), onclick: () => act.react(message, "") }, reaction.emoji)
        : h("span", {}, reaction.emoji),
    ),
  );
}
