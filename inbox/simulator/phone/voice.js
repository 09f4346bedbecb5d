// Recording a voice note with the browser's microphone. The simulator turns what the browser makes into what a phone makes.
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { t } from "./words.js";

const LONGEST_SECONDS = 300;
const WISHES = ["audio/ogg;codecs=opus", "audio/webm;codecs=opus", "audio/mp4"];

export class Recorder {
  /** `send(file)` gets the finished note, `fail(error)` what went wrong; `element` is the bar shown while recording. */
  constructor({ send, fail }) {
    Object.assign(this, { send, fail });
    this.time = h("span", { role: "timer" }, "0:00");
    this.element = h(
      "div",
      { class: "recording", hidden: true },
      h("i", { "aria-hidden": true }),
      h("span", { class: "grow" }, t("recording"), " ", this.time),
      h("button", { type: "button", class: "round", "aria-label": t("cancel"), title: t("cancel"), onclick: () => this.stop(false) }, icon("close")),
      h("button", { type: "button", class: "round send", "aria-label": t("send_voice"), title: t("send_voice"), onclick: () => this.stop(true) }, icon("send")),
    );
  }

  async start() {
    try {
      this.stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      this.fail(new Error(t("no_microphone")));
      return;
    }
    const type = WISHES.find((wish) => MediaRecorder.isTypeSupported(wish));
    const parts = [];
    this.recorder = new MediaRecorder(this.stream, { mimeType: type });
    this.recorder.ondataavailable = (event) => parts.push(event.data);
    this.recorder.onstop = () => this.finish(new Blob(parts, { type: this.recorder.mimeType }));
    this.recorder.start();
    this.began = Date.now();
    this.timer = setInterval(() => this.show(), 250);
    this.show();
    this.element.hidden = false;
  }

  show() {
    const seconds = Math.floor((Date.now() - this.began) / 1000);
    this.time.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    if (seconds >= LONGEST_SECONDS) this.stop(true);
  }

  stop(keep) {
    this.keep = keep;
    clearInterval(this.timer);
    this.element.hidden = true;
    if (this.recorder?.state === "recording") this.recorder.stop();
    for (const track of this.stream?.getTracks() ?? []) track.stop();
  }

  finish(blob) {
    if (this.keep && blob.size > 0) this.send(new File([blob], "voice", { type: blob.type }));
  }
}
