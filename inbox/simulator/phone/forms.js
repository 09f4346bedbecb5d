// Sheets with something to fill in: a business's form, a username, the ad a customer comes from.
import { sheet } from "./dialogs.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { t } from "./words.js";

const buttons = (choose, label) => h("div", { class: "buttons" }, h("button", { type: "button", class: "plain", onclick: () => choose(null) }, t("cancel")), h("button", { class: "strong" }, label));

/** The fields a flow message names in its first screen's data; a usual few where it names none. */
function fieldsOf(content) {
  const data = content.action?.parameters?.flow_action_payload?.data;
  const named = data && typeof data === "object" ? Object.keys(data).slice(0, 8) : [];
  return named.length > 0 ? named.map((name) => [name, name, "text"]) : [["name", t("name"), "text"], ["date", t("date"), "date"], ["note", t("note"), "text"]];
}

/** The customer fills in a form; resolves with {field: value} or null. */
export function askForm(host, content) {
  const title = content.action?.parameters?.flow_cta || t("form");
  return sheet(host, title, (choose) => {
    const inputs = fieldsOf(content).map(([name, label, type]) => [label, h("input", { name, type, maxlength: 500, autocomplete: "off" })]);
    const submit = (event) => {
      event.preventDefault();
      choose(Object.fromEntries(inputs.map(([, input]) => [input.name, input.value.trim()])));
    };
    return h("form", { onsubmit: submit }, inputs.map(([label, input]) => h("label", { class: "field" }, label, input)), buttons(choose, t("send")));
  });
}

export function askUsername(host, present) {
  return sheet(host, t("username"), (choose) => {
    const input = h("input", { name: "username", value: present ?? "", maxlength: 35, pattern: "[a-z0-9._]{3,35}", autocomplete: "off", autocapitalize: "none", required: true });
    const submit = (event) => {
      event.preventDefault();
      choose(input.value.trim());
    };
    return h("form", { onsubmit: submit }, h("label", { class: "field" }, t("username"), input), h("p", { class: "hint" }, t("username_hint")), buttons(choose, t("save")));
  });
}

/** Words to put in place of a message's own; resolves with them or null. */
export function askWords(host, present) {
  return sheet(host, t("edit"), (choose) => {
    const input = h("textarea", { name: "text", rows: 4, maxlength: 4096, dir: "auto", required: true, value: present });
    const submit = (event) => {
      event.preventDefault();
      choose(input.value.trim());
    };
    return h("form", { onsubmit: submit }, h("label", { class: "field" }, t("edit_words"), input), buttons(choose, t("save")));
  });
}

export function askAd(host) {
  return sheet(host, t("come_from_ad"), (choose) =>
    h(
      "div",
      { class: "rows" },
      ["image", "video", "post", "status"].map((kind) =>
        h("button", { type: "button", onclick: () => choose(kind) }, icon("ad"), h("span", {}, h("b", {}, t(`ad_${kind}`)), h("small", {}, t(`ad_${kind}_hint`)))),
      ),
    ),
  );
}

export function askSure(host, title, words) {
  return sheet(host, title, (choose) =>
    h("form", { onsubmit: (event) => { event.preventDefault(); choose(true); } }, h("p", { class: "hint" }, words), buttons(choose, title)),
  );
}
