// The stage: one phone or two, language and theme.
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { Phone } from "./phone.js";
import { currentLanguage, loadWords, t } from "./words.js";

const root = document.documentElement;
const app = document.getElementById("app");
const phones = new Map(); // 1 and perhaps 2
let active = 1; // the one shown where only one fits

const suffix = (index) => (index === 1 ? "" : String(index));

function wanted(index) {
  const asked = new URLSearchParams(location.search);
  return { customer: asked.get(`customer${suffix(index)}`), number: asked.get(`number${suffix(index)}`) };
}

function keepAddress(index, held) {
  const asked = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(held ?? { customer: null, number: null })) {
    if (value) asked.set(`${name}${suffix(index)}`, value);
    else asked.delete(`${name}${suffix(index)}`);
  }
  history.replaceState(null, "", asked.size ? `?${asked}` : location.pathname);
  const names = [...phones.values()].map((phone) => phone.customer?.name).filter(Boolean);
  document.title = [t("title"), ...names].join(" · ");
}

function addPhone(index) {
  const phone = new Phone(index, wanted(index), (held) => keepAddress(index, held));
  phones.set(index, phone);
  document.querySelector(".stage").append(phone.element);
}

function toggleSecond() {
  const second = phones.get(2);
  if (second) {
    phones.delete(2);
    second.end();
    keepAddress(2, null);
    active = 1;
  } else {
    active = 2;
    addPhone(2);
  }
  dress();
}

const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches);

function toggleTheme() {
  root.dataset.theme = isDark() ? "light" : "dark";
  window.demoPhone.keep("theme", root.dataset.theme);
  dress();
}

async function toggleLanguage() {
  const next = currentLanguage() === "en" ? "zh-hant" : "en";
  await loadWords(next);
  const asked = new URLSearchParams(location.search);
  if (asked.has("lang")) {
    asked.set("lang", next);
    history.replaceState(null, "", `?${asked}`);
  }
  build();
}

/** Labels and states which depend on how many phones there are. */
function dress() {
  const two = phones.has(2);
  const second = document.querySelector(".second");
  second.setAttribute("aria-pressed", String(two));
  second.querySelector("span").textContent = t(two ? "close_second" : "second_phone");
  second.setAttribute("aria-label", t(two ? "close_second" : "second_phone"));
  const theme = document.querySelector(".theme");
  theme.setAttribute("aria-label", t(isDark() ? "theme_light" : "theme_dark"));
  theme.replaceChildren(icon(isDark() ? "sun" : "moon", 20));
  const stage = document.querySelector(".stage");
  stage.dataset.count = String(phones.size);
  for (const [index, phone] of phones) phone.element.classList.toggle("behind", index !== active);
  const tabs = document.querySelector(".which");
  tabs.hidden = !two;
  tabs.replaceChildren(
    ...[...phones.keys()].map((index) =>
      h("button", { type: "button", "aria-pressed": String(index === active), onclick: () => { active = index; dress(); phones.get(index).chat?.readSoon(); } }, t("phone_n", { n: index })),
    ),
  );
}

function build() {
  const count = phones.has(2) || wanted(2).customer ? 2 : 1;
  for (const phone of phones.values()) phone.end();
  phones.clear();
  document.title = t("title");
  app.replaceChildren(
    h(
      "header",
      { class: "top" },
      h("div", { class: "brand" }, icon("phone", 26), h("div", {}, h("h1", {}, t("title")), h("p", {}, t("subtitle")))),
      h("nav", {}, h("button", { type: "button", class: "tinted second", onclick: toggleSecond }, icon("phones", 20), h("span")), h("button", { type: "button", class: "tinted language", "aria-label": t("switch_language"), onclick: toggleLanguage }, t("other_language")), h("button", { type: "button", class: "round theme", onclick: toggleTheme })),
    ),
    h("div", { class: "which", role: "group", hidden: true }),
    h("main", { class: "stage" }),
    h("footer", {}, t("notice")),
  );
  addPhone(1);
  if (count === 2) addPhone(2);
  dress();
}

await loadWords();
build();
