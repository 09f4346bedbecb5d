import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { useStoredFlag } from "../components/storage";
import { notifyDone } from "../components/toasts";

export interface AlertChoices {
  desktop: boolean;
  sound: boolean;
  toggleDesktop: () => void;
  toggleSound: () => void;
}

function mayNotify(): boolean {
  return typeof Notification !== "undefined" && Notification.permission === "granted";
}

/** Both are off until asked for. */
export function useAlerts(): AlertChoices {
  const { t } = useTranslation();
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

  return { desktop, sound, toggleDesktop, toggleSound: () => setSound(!sound) };
}
