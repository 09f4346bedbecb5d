import { useCallback, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Conversation, Message } from "../api/types";
import { useStoredFlag } from "../components/storage";
import { notifyDone } from "../components/toasts";

export interface AlertChoices {
  desktop: boolean;
  sound: boolean;
  toggleDesktop: () => void;
  toggleSound: () => void;
}

interface Alerts extends AlertChoices {
  /** Tells of an inbound message, by the means chosen; only while the page is not looked at. */
  tell: (conversation: Conversation, message: Message, onOpen: () => void) => void;
}

const SOUND_PAUSE_MS = 2000;

function mayNotify(): boolean {
  return typeof Notification !== "undefined" && Notification.permission === "granted";
}

/** Two soft tones, made here so that no file is loaded. */
function chime(): void {
  const audio = new AudioContext();
  const volume = audio.createGain();
  volume.connect(audio.destination);
  volume.gain.setValueAtTime(0.06, audio.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + 0.35);
  for (const [pitch, start] of [
    [660, 0],
    [880, 0.12],
  ] as const) {
    const tone = audio.createOscillator();
    tone.frequency.value = pitch;
    tone.connect(volume);
    tone.start(audio.currentTime + start);
    tone.stop(audio.currentTime + 0.4);
  }
  setTimeout(() => audio.close(), 600);
}

/** Both are off until asked for. */
export function useAlerts(): Alerts {
  const { t } = useTranslation();
  const [desktopWanted, setDesktop] = useStoredFlag("kefu.desktopAlerts", false);
  const [sound, setSound] = useStoredFlag("kefu.sound", false);
  const chimedAt = useRef(0);
  // Asked only of those who want them: the browser answers from another process, and the page waits for it.
  const desktop = desktopWanted && mayNotify();

  const toggleDesktop = useCallback(async () => {
    if (desktop) return setDesktop(false);
    const answer =
      typeof Notification === "undefined" ? "denied" : await Notification.requestPermission();
    setDesktop(answer === "granted");
    if (answer !== "granted") notifyDone(t("account.desktopAlertsBlocked"));
  }, [desktop, setDesktop, t]);

  const tell = useCallback<Alerts["tell"]>(
    (conversation, message, onOpen) => {
      if (document.hasFocus()) return;
      if (sound && Date.now() - chimedAt.current > SOUND_PAUSE_MS) {
        chimedAt.current = Date.now();
        chime();
      }
      if (!desktop) return;
      const shown = new Notification(conversation.contact.name, {
        body: message.content.text ?? t(`kind.${message.kind}`),
        tag: conversation.id,
        icon: "/static/favicon.svg",
      });
      shown.onclick = () => {
        window.focus();
        onOpen();
        shown.close();
      };
    },
    [desktop, sound, t],
  );

  return { desktop, sound, toggleDesktop, toggleSound: () => setSound(!sound), tell };
}
