// The little row of emoji over a bubble.
import { h } from "./dom.js";
import { t } from "./words.js";

const EMOJI = ["👍", "❤️", "😂", "😮", "😢", "🙏"];

export class ReactionMenu {
  /** `choose(message, emoji)`; an empty emoji removes. */
  constructor(choose) {
    this.choose = choose;
    this.element = h("div", { class: "reaction-menu", role: "menu", "aria-label": t("react"), hidden: true, onkeydown: (event) => this.onKey(event) });
    document.addEventListener("click", (event) => !this.element.hidden && !this.element.contains(event.target) && !event.target.closest(".actions") && this.close());
  }

  open(message, near) {
    if (!message) return;
    const own = message.reactions.find((reaction) => reaction.side === "customer")?.emoji;
    this.opener = near.tagName === "BUTTON" ? near : null;
    this.element.replaceChildren(
      ...EMOJI.map((emoji) =>
        h("button", { type: "button", role: "menuitemradio", "aria-checked": String(own === emoji), "aria-label": t(own === emoji ? "remove_reaction" : "react_with", { emoji }), onclick: () => { this.close(); this.choose(message, own === emoji ? "" : emoji); } }, emoji),
      ),
    );
    this.element.hidden = false;
    const frame = this.element.parentElement.getBoundingClientRect();
    const spot = near.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = this.element;
    this.element.style.left = `${Math.max(8, Math.min(spot.left - frame.left, frame.width - width - 8))}px`;
    this.element.style.top = `${Math.max(8, spot.top - frame.top - height - 6)}px`;
    if (this.opener) this.element.querySelector("button").focus();
  }

  onKey(event) {
    const buttons = [...this.element.children];
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (event.key === "Escape") {
      this.close();
      this.opener?.focus();
    } else if (step) {
      event.preventDefault();
      buttons[(buttons.indexOf(document.activeElement) + step + buttons.length) % buttons.length].focus();
    }
  }

  close() {
    this.element.hidden = true;
  }
}
