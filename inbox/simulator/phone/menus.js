// A small menu under a button: what one can do with this chat, this person, this message.
import { h } from "./dom.js";
import { icon } from "./icons.js";

/** A button which opens a menu. `items()` gives [{icon, label, act}]; asked anew each time it opens. */
export function menuButton({ name, label, items, small = false }) {
  const menu = h("div", { class: "popup", role: "menu", "aria-label": label, hidden: true });
  const close = () => {
    menu.hidden = true;
    button.setAttribute("aria-expanded", "false");
  };
  const button = h("button", { type: "button", class: `round${small ? " small" : ""}`, "aria-label": label, title: label, "aria-haspopup": "menu", "aria-expanded": "false", onclick: () => (menu.hidden ? open() : close()) }, icon(name, small ? 18 : 22));
  const open = () => {
    menu.replaceChildren(
      ...items().map((item) =>
        h("button", { type: "button", role: "menuitem", onclick: () => { close(); item.act(); } }, icon(item.icon, 20), item.label),
      ),
    );
    menu.hidden = false;
    button.setAttribute("aria-expanded", "true");
    menu.querySelector("button")?.focus();
  };
  const place = h("div", { class: "popup-place", onkeydown: (event) => onKey(event) }, button, menu);
  const onKey = (event) => {
    const rows = [...menu.children];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape" && !menu.hidden) {
      close();
      button.focus();
    } else if (step && !menu.hidden) {
      event.preventDefault();
      rows[(rows.indexOf(document.activeElement) + step + rows.length) % rows.length].focus();
    }
  };
  // Away from the menu, or from the page: a listener which outlives its menu finds it gone and does nothing.
  document.addEventListener("click", (event) => !menu.hidden && !place.contains(event.target) && close());
  return place;
}
