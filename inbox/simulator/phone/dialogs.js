// Sheets over a phone: new customer, sample photos, places, list rows, a photo in full.
import { api } from "./api.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { list, t } from "./words.js";

/** Show a modal sheet inside `host`; resolves with what `choose` was given, or null when it was closed. */
export function sheet(host, title, build, extra = "") {
  return new Promise((resolve) => {
    let result = null;
    const dialog = h("dialog", { class: `sheet ${extra}`, "aria-label": title, onclose: () => { dialog.remove(); resolve(result); } });
    const choose = (value) => { result = value; dialog.close(); };
    dialog.append(
      h("header", {}, h("h2", {}, title), h("button", { type: "button", class: "round", "aria-label": t("close"), onclick: () => dialog.close() }, icon("close"))),
      ...[build(choose)].flat(),
    );
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    host.append(dialog);
    dialog.showModal();
  });
}

const any = (items) => items[Math.floor(Math.random() * items.length)];

export function askNewCustomer(host) {
  return sheet(host, t("add_customer"), (choose) => {
    const name = h("input", { name: "name", value: any(list("names")) ?? "", maxlength: 100, autocomplete: "off", required: true });
    const country = h("select", { name: "country" }, ["TW", "US", "GB", "AU"].map((code) => h("option", { value: code }, t(`country_${code}`))));
    const hidden = h("input", { type: "checkbox", name: "hide_phone" });
    const submit = (event) => {
      event.preventDefault();
      choose({ name: name.value.trim(), country: country.value, hide_phone: hidden.checked });
    };
    return h(
      "form",
      { onsubmit: submit },
      h("label", { class: "field" }, t("name"), name),
      h("label", { class: "field" }, t("country"), country),
      h("p", { class: "hint" }, t("fictional")),
      h("label", { class: "check" }, hidden, h("span", {}, t("hide_phone"), h("small", {}, t("hide_phone_hint")))),
      h("div", { class: "buttons" }, h("button", { type: "button", class: "plain", onclick: () => choose(null) }, t("cancel")), h("button", { class: "strong" }, t("create"))),
    );
  });
}

export function askSample(host) {
  return sheet(host, t("choose_sample"), (choose) =>
    h(
      "div",
      { class: "grid" },
      ["parcel", "mug", "receipt", "harbour"].map((name) =>
        h("button", { type: "button", onclick: () => choose(name) }, h("img", { src: api.sampleAddress(name, 320), alt: "", width: 160, height: 160 }), t(`sample_${name}`)),
      ),
    ),
  );
}

export function askPlace(host) {
  return sheet(host, t("choose_place"), (choose) =>
    h(
      "div",
      { class: "rows" },
      list("places").map((place) =>
        h("button", { type: "button", onclick: () => choose(place) }, icon("place"), h("span", {}, h("b", {}, place.name), h("small", {}, place.address))),
      ),
    ),
  );
}

/** The rows of a business's list message. */
export function askRow(host, content) {
  return sheet(host, content.action.button || t("choose"), (choose) =>
    content.action.sections.map((section) => [
      section.title && h("h3", {}, section.title),
      h(
        "div",
        { class: "rows" },
        section.rows.map((row) =>
          h("button", { type: "button", onclick: () => choose(row) }, h("span", {}, h("b", {}, row.title), row.description && h("small", {}, row.description))),
        ),
      ),
    ]).flat().filter(Boolean),
  );
}

export function showPhoto(host, address, caption) {
  return sheet(host, caption || t("image"), () => h("img", { class: "full", src: address, alt: caption || t("image") }), "photo-sheet");
}
