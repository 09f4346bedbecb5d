import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { Conversation } from "../api/types";
import { useStoredFlag } from "../components/storage";
import { notifyDone } from "../components/toasts";

export interface AlertChoices {
  desktop: boolean;
  sound: boolean;
  toggleDesktop: () => void;
  toggleSound: () => void;
}

/** What is told of a conversation without being kept as a notification. */
export interface Alert {
  kind: "message.mine" | "queue.new";
  key: string;
  conversation: Conversation;
  words: string;
  onOpen: () => void;
}

interface Alerts extends AlertChoices {
  /** By the means this person and this browser have chosen. */
  tell: (alert: Alert) => void;
}

function mayNotify(): boolean {
  return typeof Notification !== "undefined" && Notification.permission === "granted";
}

/** Both are off until asked for. */
export function useAlerts(): Alerts {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [desktopWanted, setDesktop] = useStoredFlag("kefu.desktopAlerts", false);
  const [sound, setSound] = useStoredFlag("kefu.sound", false);
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
    ({ kind, key, conversation, words, onOpen }) => {
      if (!desktop && !sound) return;
      const title = conversation.contact.name;
      import("../notifications/announce")
        .then(({ announce }) => announce(client, { kind, key, title, words, onOpen }))
        .catch(() => undefined);
    },
    [desktop, sound, client],
  );

  return { desktop, sound, toggleDesktop, toggleSound: () => setSound(!sound), tell };
}
